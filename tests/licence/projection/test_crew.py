"""What becomes of the chunks under way when one cannot be carried out, and of memory when the last is done?"""

import asyncio
import gc
from multiprocessing import Pipe

import pytest

from foundation.clock import today
from foundation.problems import BusyError
from licence.projection.chunks import Chunk, Settled, Whom
from licence.projection.crew import MANY_OBJECTS, Crew, fewer_looks_for_cycles
from licence.projection.settling import Tally

pytestmark = pytest.mark.anyio
SOON = 0.2  # seconds in which whoever does not wait has gone on


async def test_a_refusal_begins_nothing_more_and_waits_for_what_has_begun() -> None:
    """The accident: a what-if was refused and its names let go of while another process was about to keep more of them."""
    (quick, at_quick), (slow, at_slow) = Pipe(), Pipe()
    chunks = [Chunk(Whom.EVERYONE, [number], today(), waits=False) for number in range(9)]
    done: list[Settled] = []
    with quick, at_quick, slow, at_slow:
        settling = asyncio.create_task(Crew([quick, slow]).settle(chunks, done.append))
        for end in (at_quick, at_slow):
            assert isinstance(await asyncio.to_thread(end.recv), Chunk)
        at_quick.send(BusyError())
        assert not (await asyncio.wait([settling], timeout=SOON))[0]
        at_slow.send(Settled(1, Tally()))
        with pytest.raises(BusyError):
            await settling
        assert done == [Settled(1, Tally())]
        assert not any(end.poll() for end in (at_quick, at_slow)), "nobody was handed another"


def test_memory_is_searched_as_usual_once_the_last_job_has_ended() -> None:
    """The accident: of two jobs side by side, the one that ended last kept what the other had set, for good."""
    usual = gc.get_threshold()
    one, other = fewer_looks_for_cycles(), fewer_looks_for_cycles()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold()[0] == MANY_OBJECTS
    other.__exit__(None, None, None)
    assert gc.get_threshold() == usual
