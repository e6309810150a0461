"""What can stand in the way of vetting?"""

from foundation.problems import ConflictError, InvalidError


class NoPurposeError(InvalidError):
    """Say what you open the case for: the audit keeps it, and nothing is shown without it."""


class AlreadyProposedError(ConflictError):
    """This colleague is on the case, or has been proposed for it, already."""


class NotAVettingOfficerError(InvalidError):
    """Choose a vetting officer of your force who may deal with this person."""


class AgreedMeanwhileError(ConflictError):
    """Somebody else has answered this in the meantime."""


class SecondPersonError(ConflictError):
    """A second person has to agree: not whoever proposed it, and not the colleague it is about."""


class ConcludedError(ConflictError):
    """The case is concluded. Nothing can be added to it or decided in it any more."""


class ProposedOtherwiseError(ConflictError):
    """Another outcome has been proposed, and waits for a second vetting officer."""


class NoTermError(ConflictError):
    """Policy does not say how long this level of vetting holds, so that none can be granted."""


class NoCaseForOneselfError(InvalidError):
    """There is nobody of your force with this number about whom you may open a case."""
