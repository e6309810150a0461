"""What can stand in the way of showing and judging leadership?"""

from foundation.problems import ConflictError, InvalidError


class OfferedError(ConflictError):
    """This example was offered. It stays as it is; write another one to add to it."""


class AsideError(ConflictError):
    """This example is put aside. Bring it back before anything else."""


class UnfinishedExampleError(ConflictError):
    """Say when it was, what you did, and which standards it shows, before you offer it."""


class NoStandardError(InvalidError):
    """There is no such leadership standard."""


class NoWordsError(InvalidError):
    """Say what you saw, or what is missing: a judgement without words helps nobody."""
