"""What can stand in the way of a dispensation?"""

from foundation.problems import ConflictError, InvalidError


class AlreadyProposedError(ConflictError):
    """The same is proposed for them already, and waits for a second person."""


class HeldAlreadyError(ConflictError):
    """On some of these days they have it already."""


class SecondPersonError(ConflictError):
    """You proposed this yourself. A second person has to agree."""


class DecidedMeanwhileError(ConflictError):
    """Somebody has decided this in the meantime."""


class NotYoursError(ConflictError):
    """Only whoever proposed it can take it back."""


class DoesNotHoldError(ConflictError):
    """It does not hold any more: there is nothing to end."""


class NoRequirementError(InvalidError):
    """Select what they are dispensed from."""


class NobodyMeantError(InvalidError):
    """Enter the number of one person of your force, other than yourself and whoever supervises you."""


class ReasonNeededError(InvalidError):
    """Say why: whoever reads the record later has to understand it."""


class NoLastDayError(InvalidError):
    """A deferral needs its last day."""


class TooFarOffError(InvalidError):
    """It begins more than two years ago, or is put off for more than ten. Check the years."""


class BackwardsError(InvalidError):
    """The last day lies before the first."""
