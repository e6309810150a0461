"""What can stand in the way of a conversation?"""

from foundation.problems import ConflictError, InvalidError


class DraftChangedError(ConflictError):
    """This was changed in another window meanwhile. Nothing is lost: both are shown, and you choose."""


class DraftTooLongError(InvalidError):
    """This is longer than can be kept. Nothing was changed."""


class NothingSaidError(InvalidError):
    """Say in short what you talked about, or write under a topic."""


class NotHeldYetError(InvalidError):
    """A conversation is shared once it was held: its day cannot be in the future."""


class HeldLongAgoError(InvalidError):
    """A conversation is shared within a year of the day on which it was held. Check the year."""


class SignedAlreadyError(ConflictError):
    """This has been signed. What you want to say now can be added to it."""


class NotSharedError(ConflictError):
    """This is shared with nobody any more, or was before."""


class NoSupervisorError(ConflictError):
    """Nobody supervises you today, so there is nobody to let read."""
