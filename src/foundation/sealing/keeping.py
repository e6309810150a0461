"""Who seals, how often, and what if it fails? Every worker tries every ten seconds; one at a time leads."""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog

from foundation.problems import Problem
from foundation.sealing.actions import seal
from foundation.sealing.kept import heads_file, publish
from foundation.sealing.keys import key_file, signing_key

EVERY = 10.0  # seconds
log = structlog.get_logger("attested.sealing")


async def keep_sealing(stopping: asyncio.Event, *, every: float = EVERY) -> None:
    """Seal what was written and publish the heads until asked to stop; whatever fails, it is tried again."""
    while not stopping.is_set():
        try:
            await seal_all(key_file(), heads_file())
        except Problem as problem:
            log.error("the audit is not being sealed", problem=str(problem))  # noqa: TRY400 - its message says all
        except Exception as failure:  # noqa: BLE001 - whatever ails the database or the disk, the worker outlives it
            log.warning("the audit could not be sealed; it is tried again", failure=repr(failure))
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), every)


async def seal_all(key: Path, heads: Path) -> int:
    """Seal all that is waiting, then publish every head; return how many were added to the file.

    A head is published only when it is stored, so that a crash between the two leaves it to be published as it stands.
    """
    signs = signing_key(key)
    # Before sealing too: whoever changed the heads is found out before more is built on them.
    added = await publish(heads)
    while await seal(signs) is not None:
        pass
    return added + await publish(heads)
