"""How do several processes share the chunks of a sweep?"""

import asyncio
import gc
import multiprocessing
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection as Pipe
from typing import Protocol

from foundation.database import DATABASE, ProgramRole
from licence.projection.chunks import Chunk, settle_chunk
from licence.projection.errors import HandLostError
from licence.projection.settling import Tally

MANY_OBJECTS = 200_000
"""About as many as the facts of a chunk consist of."""

Done = Callable[[Chunk, Tally], None]


class Hands(Protocol):
    """Whoever settles chunks."""

    async def settle(self, chunks: Sequence[Chunk], done: Done) -> None:
        """Settle the chunks, and tell of each when it is done."""


class Alone:
    """Settles chunks in this process, one after another."""

    async def settle(self, chunks: Sequence[Chunk], done: Done) -> None:
        """Settle the chunks in their order."""
        for chunk in chunks:
            done(chunk, await settle_chunk(chunk))


class Crew:
    """Processes of our own that settle chunks, each on a connection of its own; they end when we do, however we end."""

    def __init__(self, pipes: Sequence[Pipe]) -> None:
        """Speak to each process through its pipe."""
        self._pipes = pipes

    async def settle(self, chunks: Sequence[Chunk], done: Done) -> None:
        """Hand out the chunks, the next to whoever is free."""
        waiting = iter(chunks)
        await asyncio.gather(*(self._hand_out(pipe, waiting, done) for pipe in self._pipes))

    async def _hand_out(self, pipe: Pipe, waiting: Iterator[Chunk], done: Done) -> None:
        for chunk in waiting:
            try:
                pipe.send(chunk)
                answer = await asyncio.to_thread(pipe.recv)
            except (EOFError, ConnectionError) as lost:
                raise HandLostError from lost
            if isinstance(answer, BaseException):
                raise answer
            done(chunk, answer)


@asynccontextmanager
async def hands(processes: int) -> AsyncIterator[Hands]:
    """Settle in this process, or in several of our own, which last as long as the block."""
    if processes <= 1:
        yield Alone()
        return
    spawning = multiprocessing.get_context("spawn")
    crew, pipes = [], []
    for _ in range(processes):
        ours, theirs = spawning.Pipe()
        hand = spawning.Process(target=_work, args=(theirs, str(DATABASE.config["dsn"])), daemon=True)
        hand.start()
        # They are the only ones at their end: when we are gone, even by kill -9, they read the end and go too.
        theirs.close()
        crew.append(hand)
        pipes.append(ours)
    try:
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
    # The facts of a chunk live until it is settled and hold no cycles: to look through them for some, time and again
    # as they are made, takes as long as to make them.
    gc.set_threshold(MANY_OBJECTS)
    await DATABASE.open(database_url, size=1, role=ProgramRole.WORKER)
    try:
        while True:
            pipe.send(await _answer(pipe.recv()))
    except (EOFError, ConnectionError):
        return  # whoever handed out the chunks is gone, or has stopped; what was settled is kept
    finally:
        await DATABASE.close()


async def _answer(chunk: Chunk) -> Tally | Exception:
    try:
        return await settle_chunk(chunk)
    except Exception as failure:  # noqa: BLE001 - told to whoever handed out the chunk, and raised there
        return RuntimeError(f"{type(failure).__name__}: {failure}")
