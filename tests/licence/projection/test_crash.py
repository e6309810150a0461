"""Does a sweep that is killed at any moment leave nothing behind that the next one does not put right?"""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest

from foundation.database import fetch
from licence.projection import chunks
from licence.projection.sweep import sweep, sweep_everyone
from licence.projection.verify import verify
from tests.attested.local.processes import descendants, lives, until
from tests.licence.projection.force import force_of, miscounted, notices, standings, transitions
from tests.licence.projection.ruling import in_force, ruling

pytestmark = pytest.mark.anyio

FIRST = date(2026, 1, 5)
SWEEPING = """
import asyncio, signal, sys
from datetime import date
from foundation.database import DATABASE
from licence.projection import chunks
from licence.projection.sweep import sweep_everyone

async def main() -> None:
    await DATABASE.open(sys.argv[1], size=1)
    left = int(sys.argv[4]) if len(sys.argv) > 4 else 0

    def told(*_: int) -> None:
        nonlocal left
        print("chunk", flush=True)
        left -= 1
        if not left:
            signal.pause()  # it cannot end before it is killed

    await sweep_everyone(date.fromisoformat(sys.argv[2]), processes=int(sys.argv[3]), told=told)

if __name__ == "__main__":
    chunks.SIZE = 4
    asyncio.run(main())
"""


def killed_after(done: int, *words: str) -> list[int]:
    """Start a sweep and kill it without warning when it has told of some chunks; return whom it had started."""
    with subprocess.Popen(
        [sys.executable, "-c", SWEEPING, *words], stdout=subprocess.PIPE, text=True
    ) as sweeping:
        assert sweeping.stdout
        for _ in range(done):
            assert sweeping.stdout.readline() == "chunk\n"
        below = descendants(sweeping.pid)
        os.kill(sweeping.pid, signal.SIGKILL)
    return below


@pytest.mark.parametrize("done", [1, 4])
async def test_a_sweep_killed_in_the_middle_is_finished_by_the_next(database: str, done: int) -> None:
    await in_force(ruling())
    on = FIRST + timedelta(days=60)
    people = await force_of(60, seed=7, until=on)
    await sweep(FIRST)
    before = await standings()
    killed_after(done, database, on.isoformat(), "1")
    halfway = await standings()
    assert halfway != before, "it was killed before it had done anything"
    await sweep(on)
    assert (await verify(on, everyone=True)).is_sound
    assert await miscounted() == []
    moves = await transitions()
    assert len({(row["person_id"], row["row_version"]) for row in moves}) == len(moves)
    for person_id in people:
        chain = [row for row in moves if row["person_id"] == person_id]
        assert [row["from_standing"] for row in chain] == [None, *(row["to_standing"] for row in chain[:-1])]
    told = [(row["person_id"], row["matter"], row["due_on"], row["rung"]) for row in await notices()]
    assert len(set(told)) == len(told)
    assert await fetch("SELECT FROM people.change") == []


async def test_the_processes_of_a_sweep_do_not_outlive_it(database: str) -> None:
    await in_force(ruling())
    await force_of(60, seed=8, until=FIRST)
    started = killed_after(3, database, FIRST.isoformat(), "2", "3")  # the last: when it goes no further
    assert len(started) >= 2
    until(lambda: not any(lives(one) for one in started), "the sweep's processes to end")
    await sweep(FIRST)
    assert (await verify(FIRST, everyone=True)).is_sound


async def test_a_sweep_that_is_stopped_stops_its_processes_after_their_chunk(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The accident: a worker asked to stop waits for a sweep of the whole country."""
    monkeypatch.setattr(chunks, "SIZE", 4)
    await in_force(ruling())
    await force_of(60, seed=9, until=FIRST)
    begun = asyncio.Event()
    sweeping = asyncio.create_task(sweep_everyone(FIRST, processes=2, told=lambda *_: begun.set()))
    await begun.wait()
    sweeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sweeping
    assert multiprocessing.active_children() == []
    await sweep(FIRST)
    assert (await verify(FIRST, everyone=True)).is_sound
