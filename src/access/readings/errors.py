"""What can stand in the way of looking at somebody's record?"""

from foundation.problems import BusyError


class NotRecordedError(BusyError):
    """It could not be recorded that you looked at this, so nothing is shown. Try again in a moment."""
