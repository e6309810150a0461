"""What can stand in the way of a privacy officer?"""

from foundation.problems import ConflictError


class AlertSeenError(ConflictError):
    """Somebody has dealt with this already."""


class DelayEndedError(ConflictError):
    """The name is not held back any more."""


class OwnDelayError(ConflictError):
    """You cannot hold back a name where you are the one who looked, or the one who was looked at."""
