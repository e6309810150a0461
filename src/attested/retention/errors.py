"""What can be wrong with a purge or a hold?"""

from foundation.problems import ConflictError, InvalidError


class NothingTooOldError(ConflictError):
    """Nothing of this kind has been kept too long."""


class NotDecidedError(InvalidError):
    """How long this is kept has not been decided, so nothing of it is purged."""


class AlreadyProposedError(ConflictError):
    """A purge of this kind waits for an answer already, or runs."""


class AnsweredError(ConflictError):
    """Somebody has answered this proposal already."""


class OwnProposalError(InvalidError):
    """Whoever proposed a purge cannot be the one who agrees to it."""


class HeldError(ConflictError):
    """There is a hold on this already."""


class NoHoldReasonError(InvalidError):
    """Say why it must not go: whoever reads the hold later should understand it."""
