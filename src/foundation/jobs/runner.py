"""How are due jobs carried out, so that a crash, a stop or a poisonous job loses nothing and holds up nobody?"""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from traceback import format_tb
from typing import Literal

import structlog

from foundation.jobs.handlers import Handler, Handlers
from foundation.jobs.leases import Lease, claim, fail, finish, in_a_line, release, renew
from foundation.jobs.stopping import unless_asked_to_stop
from foundation.jobs.upkeep import Watch, keep_up, leave

LANES = 3
"""Jobs that one worker carries out side by side, so that a long sweep does not hold up the post."""
TICK = 30.0  # seconds after which a worker looks, whether or not anybody rang
GRACE = 8.0  # seconds that running jobs have to finish once the worker is asked to stop
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before looking again when the database does not answer
RENEWALS = 3  # in the length of a lease
log = structlog.get_logger("attested.jobs")


class Runner:
    """One worker's share of the work: it looks when rung for and every half minute, and needs Valkey for neither."""

    def __init__(
        self, handlers: Handlers, *, watches: Sequence[Watch] = (), tick: float = TICK, grace: float = GRACE
    ) -> None:
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._handlers, self._watches = handlers, watches
        self._tick, self._grace = tick, grace
        self._running: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        self._looked_at, self._has_finished = float("-inf"), False

    def ring(self) -> None:
        """Have it look now."""
        self._bell.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Carry out what is due until asked to stop; then finish or give back what is running."""
        stop = asyncio.create_task(stopping.wait())
        pause = FIRST_PAUSE
        try:
            while not stopping.is_set():
                self._bell.clear()
                looked = bool(await unless_asked_to_stop(stopping, self._look_safely()))
                pause = FIRST_PAUSE if looked else min(pause * 2, LONGEST_PAUSE)
                await self._wait(stop, self._tick if looked else pause, heed_the_bell=looked)
        finally:
            stop.cancel()
            await self._wind_up()

    async def drain(self) -> None:
        """Carry out everything that is due, and whatever comes due by that, and return."""
        while True:
            await keep_up(self.worker, self._watches)
            if not await self._fill():
                return
            while self._running:
                await asyncio.wait(self._running)
                await self._fill()

    async def _look_safely(self) -> bool:
        try:
            # Once more whenever all is done: a schedule may wait for what has just been finished.
            if self._has_finished or time.monotonic() - self._looked_at >= self._tick:
                self._has_finished = False
                await keep_up(self.worker, self._watches)
                self._looked_at = time.monotonic()
            await self._fill()
        except Exception as failure:  # noqa: BLE001 - whatever ails the database, the worker outlives it
            log.warning("could not look for work", failure=repr(failure))
            return False
        return True

    async def _fill(self) -> bool:
        """Take up jobs while there are lanes free and jobs due; return whether there were any."""
        found = False
        while len(self._running) < LANES and (lease := await claim(self._handlers, self.worker)):
            found = True
            task = asyncio.create_task(self._carry_out(lease, self._handlers[lease.work.name]))
            self._running.add(task)
            task.add_done_callback(self._free)
        return found

    def _free(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._has_finished = not self._running
        self._bell.set()
        if not task.cancelled() and (failure := task.exception()):
            log.error(
                "could not say what became of a job; its lease will run out", failure=in_a_line(failure)
            )

    async def _wait(self, stop: asyncio.Task[Literal[True]], seconds: float, *, heed_the_bell: bool) -> None:
        bell = [asyncio.create_task(self._bell.wait())] if heed_the_bell else []
        await asyncio.wait([stop, *bell], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for one in bell:
            one.cancel()

    async def _carry_out(self, lease: Lease, handler: Handler) -> None:
        work, begun = lease.work, time.monotonic()
        with structlog.contextvars.bound_contextvars(job=work.name, job_id=work.id, attempt=work.attempt):
            try:
                await _held(lease, handler)
            except asyncio.CancelledError:
                await release(lease)
                log.info("job given back")
                raise
            except Exception as failure:  # noqa: BLE001 - a poisonous job must not stop the others
                await _bury_or_put_off(lease, failure)
                return
            if await finish(lease):
                log.info("job done", seconds=round(time.monotonic() - begun, 3))
            else:
                log.warning("job taken over by another worker before it was done here")

    async def _wind_up(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=self._grace)
        for task in (left := list(self._running)):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        with suppress(Exception):  # if even the database has gone, there is nobody to say goodbye to
            await leave(self.worker)


async def _held(lease: Lease, handler: Handler) -> None:
    """Carry a job out, and hold on to it meanwhile."""
    holding = asyncio.create_task(_hold(lease, handler))
    try:
        async with asyncio.timeout(handler.longest.total_seconds()):
            await handler.run(lease.work)
    finally:
        holding.cancel()


async def _hold(lease: Lease, handler: Handler) -> None:
    while True:
        await asyncio.sleep(handler.lease.total_seconds() / RENEWALS)
        try:
            await renew(lease, handler.lease)
        except Exception as failure:  # noqa: BLE001 - there are further renewals before the lease runs out
            log.warning("could not renew a lease", failure=repr(failure))


async def _bury_or_put_off(lease: Lease, failure: Exception) -> None:
    if await fail(lease, failure):
        log.error("job is dead: somebody has to look", failure=in_a_line(failure), stack=_stack(failure))
    else:
        log.warning("job failed and will be tried again", failure=in_a_line(failure), stack=_stack(failure))


def _stack(failure: BaseException) -> str:
    """Say where it failed, in our own lines alone: a message's further lines may quote people's data."""
    return "".join(format_tb(failure.__traceback__))
