"""What can stand in the way of a policy?"""

from datetime import date

from foundation.problems import ConflictError, InvalidError, NotFoundError
from foundation.wording import as_date


class NoPolicyInForceError(ConflictError):
    """No policy is in force on that day."""

    def __init__(self, on: date) -> None:
        super().__init__(f"No policy is in force on {as_date(on)}, so nothing can be decided for that day.")


class NoSuchVersionError(NotFoundError):
    """There is no version of policy with that number."""


class NoSuchOverrideError(NotFoundError):
    """There is no setting of a force with that number."""


class AlreadyDecidedError(ConflictError):
    """That version is no longer a draft. A change to policy is a new version, with a number of its own."""


class SamePersonError(ConflictError):
    """A second person approves: whoever drafted cannot."""


class InThePastError(ConflictError):
    """Policy cannot be changed for days that have passed. Choose today or a later day."""


class DayTakenError(ConflictError):
    """Another approved version is in force from that same day."""


class AlreadyInForceError(ConflictError):
    """That version is in force, or was. What has governed decisions cannot be withdrawn; approve a newer version."""


class ChangedMeanwhileError(ConflictError):
    """The draft is no longer the text that was read. Read it again before approving it."""


class NobodyNamedError(InvalidError):
    """Name who answers for this: policy is drafted by one person and approved by another."""


class AlreadySetUpError(ConflictError):
    """A version of policy has been approved before; the next one is loaded by one person and approved by another."""


class NotOverridableError(ConflictError):
    """Policy does not let a force set that for itself."""


class NotAValueError(InvalidError):
    """That is not a value for this setting."""


class OverlapsError(ConflictError):
    """The force has set this for itself on some of these days already. End that setting first."""


class PeriodError(InvalidError):
    """The last day lies before the first."""


class NoReasonError(InvalidError):
    """Say why."""
