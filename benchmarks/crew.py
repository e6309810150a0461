"""How is the whole nation decided on several processes, with nothing kept?"""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from multiprocessing.connection import Connection

from foundation.database import DATABASE
from licence.projection.crew import fewer_looks_for_cycles
from licence.standing.facts import facts_of
from licence.standing.policies import in_force
from licence.standing.rules import outline

CHUNK = 2_000


class Deciders:
    """Processes that each decide a share of everybody; they are begun before anything is timed."""

    def __init__(self, pipes: Sequence[Connection], people: Sequence[int]) -> None:
        """Cut the people into chunks, dealt out in turn."""
        self._pipes = pipes
        chunks = [people[start : start + CHUNK] for start in range(0, len(people), CHUNK)]
        self._shares = [chunks[place :: len(pipes)] for place in range(len(pipes))]

    async def decide(self, on: date) -> int:
        """Decide about everybody on a day, and return how many there were."""
        for pipe, share in zip(self._pipes, self._shares, strict=True):
            pipe.send((on, share))
        return sum([await asyncio.to_thread(pipe.recv) for pipe in self._pipes])


@asynccontextmanager
async def deciders(
    database_url: str, people: Sequence[int], *, processes: int = 2
) -> AsyncIterator[Deciders]:
    """Keep processes that decide for as long as the block lasts."""
    spawning = multiprocessing.get_context("spawn")
    pipes, crew = [], []
    for _ in range(processes):
        ours, theirs = spawning.Pipe()
        process = spawning.Process(target=_work, args=(theirs, database_url), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        crew.append(process)
    try:
        yield Deciders(pipes, people)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in crew:
            await asyncio.to_thread(process.join)


def _work(pipe: Connection, database_url: str) -> None:
    asyncio.run(_decide_what_comes(pipe, database_url))


async def _decide_what_comes(pipe: Connection, database_url: str) -> None:
    await DATABASE.open(database_url, size=1)
    try:
        while True:
            on, chunks = pipe.recv()
            done = 0
            with fewer_looks_for_cycles():
                for chunk in chunks:
                    done += await decide_chunk(chunk, on)
            pipe.send(done)
    except EOFError:
        return
    finally:
        await DATABASE.close()


async def decide_chunk(chunk: Sequence[int], on: date) -> int:
    """Decide about some people, keeping nothing."""
    governing = await in_force()
    known = await facts_of(chunk, offers_meet=governing.force_duties)
    for facts in known.values():
        outline(facts, governing.of(facts, on), on)
    return len(known)
