"""What can be wrong with a file, its mapping, or the moment at which it is committed?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class UnreadableFileError(InvalidError):
    """This file cannot be read as a table of text."""

    title = "This file cannot be read"


class MappingError(InvalidError):
    """The mapping cannot be used."""

    title = "The mapping needs correcting"


class IntakeNotFoundError(NotFoundError):
    """There is no such intake."""


class IntakeEndedError(ConflictError):
    """This intake has already been committed or discarded."""


class OvertakenError(ConflictError):
    """What is recorded has changed since this file was staged. Nothing was committed: import the file again."""


class LinesUnaccountedForError(RuntimeError):
    """The verdicts do not add up to the lines read: a fault of ours, so nothing is kept."""
