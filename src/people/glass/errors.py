"""What can stand in the way of breaking the glass, or of reviewing that somebody did?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class CannotOpenError(InvalidError):
    """No record can be opened with this number for this reason. Check the number; some records open only for a risk to life, some never."""


class WithinReachError(ConflictError):
    """You may open this record as it is, without breaking the glass."""


class OneAtATimeError(ConflictError):
    """You have another record open. End that first: the glass opens one at a time."""


class NotOpenError(ConflictError):
    """It is not open any more."""


class GlassNotFoundError(NotFoundError):
    """There is nothing here that you may see."""


class AlreadyReviewedError(ConflictError):
    """Somebody has reviewed this already."""


class NotSecondPersonError(ConflictError):
    """Whoever broke the glass, and whoever's record it opened, cannot review it."""
