"""What can stand in the way of taking people's records away as a file?"""

from foundation.problems import ConflictError, NotFoundError


class NeedsColleagueError(ConflictError):
    """More than 500 rows need a colleague's agreement, for the same filter and within 24 hours. Ask for it first."""


class ExportNotFoundError(NotFoundError):
    """There is nothing here that you may see."""


class NotWaitingError(ConflictError):
    """This does not wait for anybody's agreement any more."""


class OwnExportError(ConflictError):
    """Whoever asks for an export cannot agree to it."""
