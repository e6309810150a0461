"""What can stand in the way of writing, sharing and verifying one's development?"""

from foundation.problems import ConflictError, InvalidError


class FixedError(ConflictError):
    """Somebody has this entry before them, or has read it. Its words stay as they are; add to it instead."""


class NotFixedError(ConflictError):
    """Nobody has read this entry yet. Change its words, or share it first."""


class DiscardedError(ConflictError):
    """This entry is put aside. Bring it back before anything else."""


class UnfinishedError(ConflictError):
    """Say when it was, what happened, so what, and now what, before you share this entry."""


class SharedAlreadyError(ConflictError):
    """This entry is shared with them already."""


class NoSupervisorError(ConflictError):
    """Nobody is recorded as your supervisor today. Share it with a colleague, or ask HR to put your line right."""


class NotAColleagueError(InvalidError):
    """Nobody else of your force has this number. Enter the national identifier of a colleague."""


class VerifiedByThemError(ConflictError):
    """They have verified this entry, so that it stays with them: what somebody stands for they must be able to see."""


class VerifiedWithFileError(ConflictError):
    """This entry was verified with this file beside it, so that the file stays."""


class NoShareError(ConflictError):
    """This entry is not shared with them any more."""


class VerifiedAlreadyError(ConflictError):
    """You have verified this entry already."""


class TakenBackError(ConflictError):
    """Its author has taken this entry back in the meantime. Nothing was recorded."""
