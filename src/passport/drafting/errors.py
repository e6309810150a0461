"""What can stand in the way of writing a draft?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class EditedMeanwhileError(ConflictError):
    """Somebody else changed this very part of the draft while you were writing. Nothing of yours or theirs is lost."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__()


class NothingChangedError(InvalidError):
    """That is what the draft says already."""


class NoSuchPartError(NotFoundError):
    """The draft has no such requirement or term."""


class OtherNumberError(InvalidError):
    """The file has another version's number. Give it the number of this draft."""
