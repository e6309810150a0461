"""What can stand in the way of taking people's records away as a file?"""

from foundation.problems import ConflictError, NotFoundError


class NeedsColleagueError(ConflictError):
    """So many rows need a colleague's agreement: more than 500, with what you took of the same kind in 24 hours. Ask first."""


class ExportNotFoundError(NotFoundError):
    """There is nothing here that you may see."""


class NotWaitingError(ConflictError):
    """This does not wait for anybody's agreement any more."""


class OwnExportError(ConflictError):
    """Whoever asks for an export cannot agree to it."""
