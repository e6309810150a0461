"""How long does a what-if over the nation take, beside deciding the nation once?"""

from collections.abc import AsyncIterator
from datetime import date

from benchmarks.crew import deciders
from benchmarks.measuring import Figure, Goal, Named, Rounds, in_turn
from benchmarks.nation import PROCESSES
from benchmarks.world import World
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch
from licence.projection.crew import Crew, crew_of
from licence.whatif.actions import Wanted, ask_what_if, work_out
from passport.drafting import editing
from passport.drafting.actions import Edit, begin, revise
from passport.drafting.facts import drafts
from passport.policy.facts import source_of
from passport.policy.toml import reading_of

WRITER = Actor.system("benchmarks")
ASKED = "PPST"


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the what-if with everything that it keeps, its job's chunks and its lists of people among it."""
    rounds = Rounds(world.size.rounds, world.size.warms_up)  # the nation is decided by as many processes
    people = [row[0] for row in await fetch("SELECT id FROM people.person ORDER BY id")]
    on = max(today(), await world.day())
    number = await _draft(on)
    async with deciders(world.database_url, people, processes=PROCESSES) as once, crew_of(PROCESSES) as crew:

        async def decide() -> None:
            await once.decide(on)

        async def try_out() -> None:
            await _tried(number, on, crew)

        yield await in_turn(
            Named("what-if over the nation, two processes", "whole nation decided, two processes", Goal(1.2)),
            decide, try_out, rounds=rounds,
        )  # fmt: skip


async def _tried(number: int, on: date, crew: Crew) -> None:
    await work_out(await ask_what_if(actor=WRITER, wanted=Wanted(number, on, (on,))), crew)


async def _draft(on: date) -> int:
    """Return the draft that makes safety training two-yearly, written once for each nation that is kept."""
    known = await drafts(on=on)
    if known:
        return known[0].version.number
    number = await begin(
        actor=WRITER, title="Safety training every two years", begins_on=on, reason="To measure"
    )
    table = next(
        one for one in reading_of(await source_of(number)).requirements.values() if one.code == ASKED
    )
    if table.validity is None:
        return number
    wanted = table.model_copy(update={"validity": table.validity.model_copy(update={"months": 24})})
    edit = Edit(
        editing.requirement(ASKED),
        f"Changed {ASKED}",
        "To measure",
        lambda text: editing.with_requirement(text, ASKED, wanted),
    )
    await revise(actor=WRITER, number=number, seen=1, edit=edit)
    return number
