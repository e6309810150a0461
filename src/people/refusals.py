"""What is a person told when the database refuses what they asked to record?"""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from foundation.problems import BusyError, ConflictError, InvalidError, NotFoundError


class PeriodTakenError(ConflictError):
    """Another record of the same kind already covers some of these days. End or correct that one first."""


class LoopInLineError(ConflictError):
    """On some of these days the line would come back to the same person. Nobody supervises themselves."""


class AlreadyRecordedError(ConflictError):
    """That is already recorded."""


class MissingError(NotFoundError):
    """This names a person, force or unit that is not recorded."""


class UnfitError(InvalidError):
    """These particulars do not fit together. Check the days, the kind of post and the rank."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn a refusal of the database into words; wrap it around the whole transaction, which is then undone.

    :raises ConflictError: a period overlaps, a line loops, or a thing is recorded twice.
    :raises NotFoundError: a person, force or unit does not exist.
    :raises InvalidError: the particulars contradict one another.
    :raises BusyError: another writer was in the way; nothing was changed.
    """
    try:
        yield
    except asyncpg.ExclusionViolationError as refusal:
        raise _overlap(refusal) from refusal
    except asyncpg.UniqueViolationError as refusal:
        raise AlreadyRecordedError from refusal
    except asyncpg.ForeignKeyViolationError as refusal:
        raise MissingError from refusal
    except (asyncpg.CheckViolationError, asyncpg.NotNullViolationError) as refusal:
        raise UnfitError from refusal
    except (asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError) as refusal:
        raise BusyError from refusal


def _overlap(refusal: asyncpg.ExclusionViolationError) -> ConflictError:
    # The trigger that looks for loops borrows the code of an exclusion and gives its own name.
    is_loop = getattr(refusal, "constraint_name", None) == "line_has_no_loops"
    return LoopInLineError() if is_loop else PeriodTakenError()
