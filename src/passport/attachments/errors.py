"""What can stand in the way of a file that is, or was, attached?"""

from foundation.problems import ConflictError, InvalidError


class TakenAwayError(ConflictError):
    """This file has been taken away already."""


class NoReasonError(InvalidError):
    """Say why the file is taken away."""


class AttachedAlreadyError(ConflictError):
    """This very file is attached already."""


class TooManyFilesError(ConflictError):
    """No more files can be attached here."""
