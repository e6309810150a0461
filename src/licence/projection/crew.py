"""How do several processes share the chunks of a sweep?"""

import asyncio
import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from multiprocessing.connection import Connection as Pipe
from typing import Protocol, TypeVar, cast

from foundation.database import DATABASE, ProgramRole
from foundation.problems import Problem
from licence.projection.errors import HandLostError

MANY_OBJECTS = 1_000_000
"""Several times as many as the facts of a chunk consist of."""

FEW = 8
"""Fewer chunks than these are done before a process has begun."""

_WITHIN: list[tuple[int, int, int]] = []
"""How often memory is usually searched, once for each that has it searched less often at this moment."""

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Task(Protocol[R_co]):
    """A chunk of people and what is to be done with them; it can be sent to another process."""

    async def carry_out(self) -> R_co:
        """Do it, and return what came of it."""


@contextmanager
def fewer_looks_for_cycles() -> Iterator[None]:
    """Let memory be searched for cycles less often while facts come and go.

    The facts of a chunk live until it is settled and hold no cycles: to look through them for some, time and again as
    they are made, takes as long as to make them. A worker's jobs run side by side: the last that ends makes it as usual.
    """
    _WITHIN.append(_WITHIN[0] if _WITHIN else gc.get_threshold())
    gc.set_threshold(MANY_OBJECTS)
    try:
        yield
    finally:
        usual = _WITHIN.pop()
        if not _WITHIN:
            gc.set_threshold(*usual)


class Hands(Protocol):
    """Whoever carries out chunks."""

    async def settle(self, chunks: Sequence[Task[R]], done: Callable[[R], None]) -> None:
        """Carry out the chunks, and tell of each when it is done."""


class Alone:
    """Carries chunks out in this process, one after another."""

    async def settle(self, chunks: Sequence[Task[R]], done: Callable[[R], None]) -> None:
        """Carry out the chunks in their order."""
        with fewer_looks_for_cycles():
            for chunk in chunks:
                done(await chunk.carry_out())


class Crew:
    """Processes of our own that carry out chunks, each on a connection of its own; they end when we do, however we end."""

    def __init__(self, pipes: Sequence[Pipe]) -> None:
        """Speak to each process through its pipe."""
        self._pipes = pipes

    async def settle(self, chunks: Sequence[Task[R]], done: Callable[[R], None]) -> None:
        """Hand out the chunks, the next to whoever is free; after a failure none, and those under way are waited for."""
        waiting = deque(chunks)
        handing = (self._hand_out(pipe, waiting, done) for pipe in self._pipes)
        for failure in await asyncio.gather(*handing, return_exceptions=True):
            if failure is not None:
                raise failure

    async def _hand_out(self, pipe: Pipe, waiting: deque[Task[R]], done: Callable[[R], None]) -> None:
        try:
            while waiting:
                done(await _carried_out(pipe, waiting.popleft()))
        except BaseException:
            waiting.clear()
            raise


async def _carried_out(pipe: Pipe, chunk: Task[R]) -> R:
    """Hand a chunk to a process, and return what came of it."""
    try:
        pipe.send(chunk)
        answer = await asyncio.to_thread(pipe.recv)
    except (EOFError, ConnectionError) as lost:
        raise HandLostError from lost
    if isinstance(answer, BaseException):
        raise answer
    return cast("R", answer)


class AsNeeded:
    """Carries few chunks out in this process, and has a crew begin when there are many for the first time."""

    def __init__(self, processes: int, lasting: AsyncExitStack) -> None:
        """Let the processes last as long as something else does."""
        self._processes, self._lasting = processes, lasting
        self._crew: Crew | None = None

    async def settle(self, chunks: Sequence[Task[R]], done: Callable[[R], None]) -> None:
        """Carry out the chunks, by as many hands as they are worth."""
        if self._crew is None and len(chunks) < FEW:
            await Alone().settle(chunks, done)
            return
        if self._crew is None:
            self._crew = await self._lasting.enter_async_context(crew_of(self._processes))
        await self._crew.settle(chunks, done)


@asynccontextmanager
async def hands(processes: int) -> AsyncIterator[Hands]:
    """Settle in this process, or in several of our own once they are worth it, which last as long as the block."""
    async with AsyncExitStack() as lasting:
        yield Alone() if processes <= 1 else AsNeeded(processes, lasting)


@asynccontextmanager
async def crew_of(processes: int) -> AsyncIterator[Crew]:
    """Settle in several processes of our own, which last as long as the block."""
    spawning = multiprocessing.get_context("spawn")
    crew, pipes = [], []
    try:
        for _ in range(processes):
            ours, theirs = spawning.Pipe()
            pipes.append(ours)
            hand = spawning.Process(target=_work, args=(theirs, str(DATABASE.config["dsn"])), daemon=True)
            hand.start()
            # They are the only ones at their end: when we are gone, even by kill -9, they read the end and go too.
            theirs.close()
            crew.append(hand)
        yield Crew(pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for hand in crew:
            await asyncio.to_thread(hand.join)


def _work(pipe: Pipe, database_url: str) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for whoever started us; the pipe tells us of the end
    asyncio.run(_settle_what_comes(pipe, database_url))


async def _settle_what_comes(pipe: Pipe, database_url: str) -> None:
    await DATABASE.open(database_url, size=1, role=ProgramRole.WORKER)
    try:
        with fewer_looks_for_cycles():
            while True:
                pipe.send(await _answer(pipe.recv()))
    except (EOFError, ConnectionError):
        return  # whoever handed out the chunks is gone, or has stopped; what was settled is kept
    finally:
        await DATABASE.close()


async def _answer(chunk: Task[R]) -> R | Exception:
    try:
        return await chunk.carry_out()
    except Problem as refusal:
        return refusal
    except Exception as failure:  # noqa: BLE001 - told to whoever handed out the chunk, and raised there
        return RuntimeError(f"{type(failure).__name__}: {failure}")
