"""What can stand in the way of care?"""

from foundation.problems import ConflictError, InvalidError


class OfferAheadError(InvalidError):
    """An offer is recorded once it has been made, not before."""


class NoPurposeError(InvalidError):
    """Say what you look at somebody’s care for: the audit keeps it, and nothing is shown without it."""


class OfferedAlreadyError(ConflictError):
    """That support was offered on this day is recorded already."""


class NoSuchOfferError(ConflictError):
    """No support was offered to you on this day."""


class KnownEventError(ConflictError):
    """This event is on the record already."""


class NotInCareError(ConflictError):
    """Take the person into your care first: only whoever cares for them writes and reads notes."""


class InCareAlreadyError(ConflictError):
    """The person is in your care already."""


class ReleasedAlreadyError(ConflictError):
    """The person may read this note already, or it is not yours to release."""


class NoForceError(ConflictError):
    """The person is in no force today, so that none can offer or record anything."""
