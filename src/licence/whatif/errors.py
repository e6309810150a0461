"""What can stand in the way of a what-if, or of an approval that rests on one?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class NoSuchWhatIfError(NotFoundError):
    """There is no what-if of this number within reach."""


class DaysError(InvalidError):
    """Choose one to six days, none before the draft would be in force nor more than three years after."""


class NoWhatIfError(ConflictError):
    """Nobody has worked out what this draft would change. Run a what-if over the nation for its first day, and read it first."""


class StaleWhatIfError(ConflictError):
    """The what-if is about something else now: the draft, or what is in force, has changed since. Run it again and read it."""


class UnfinishedWhatIfError(ConflictError):
    """The what-if is still being worked out. Read it when it is finished."""


class OtherDayError(ConflictError):
    """The what-if was worked out for another first day. Run it for the day from which the draft is to be in force."""


class ExpiredDraftError(ConflictError):
    """The draft starts from a version that is no longer in force on its day. Bring it up to date first."""


class AlreadyOverError(ConflictError):
    """The what-if is over already: there is nothing left to stop."""
