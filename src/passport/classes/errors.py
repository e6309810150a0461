"""What can stand in the way of a class, its places and its sheet?"""

from foundation.problems import ConflictError, InvalidError


class ClassSignedError(ConflictError):
    """This sheet has been signed. What was wrong with it can be corrected, with a reason."""


class HoursNeededError(InvalidError):
    """This class meets something that adds up hours. Say how many hours it counts for."""


class ClassCancelledError(ConflictError):
    """This class has been cancelled."""


class ClassToComeError(ConflictError):
    """This class has not been held yet. It can be signed on its day."""


class NotSignedError(ConflictError):
    """This sheet has not been signed yet: there is nothing to correct."""


class OwnMarkError(ConflictError):
    """Nobody signs for themselves. Another trainer marks how you did."""


class OwnClassError(ConflictError):
    """You passed this class yourself. Another trainer puts its day and hours right."""


class DayToComeError(InvalidError):
    """The day of a class that was signed must be today or in the past."""


class NoHoursError(InvalidError):
    """The hours must be a quarter of an hour or more, and fewer than a thousand."""


class NobodyOnItError(ConflictError):
    """There is nobody on this class to sign for. Add people first."""


class UnmarkedError(InvalidError):
    """Say of everybody how they did."""


class NothingChangedError(InvalidError):
    """Nothing is different from what was signed."""


class ReasonNeededError(InvalidError):
    """Say why: whoever reads the record later has to understand it."""


class NothingTaughtError(InvalidError):
    """Say which requirement the class meets."""


class NoSuchProviderError(InvalidError):
    """Your force has no such provider."""


class FullError(ConflictError):
    """A class has at most 60 places. Make another one for the rest."""


class NobodyFoundError(InvalidError):
    """Nobody of your force was found by that. Enter names, or national identifiers, collar or payroll numbers."""
