"""Which small nation is there, and how is PPST made two-yearly in a draft of policy for it?"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta

from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import DATABASE, ProgramRole, fetch
from licence.projection.sweep import sweep
from passport.drafting import editing
from passport.drafting.actions import Edit, begin, revise
from passport.policy.facts import source_of
from passport.policy.shape import ValidityTable
from passport.policy.toml import reading_of
from tests.builders import AVON

NORA = Actor.system("Nora Writer")
NEIL = Actor.system("Neil Approver")
PEOPLE = 150
SOON = timedelta(days=20)


@asynccontextmanager
async def as_the_worker() -> AsyncIterator[None]:
    """Go on as the worker does, who alone may keep what a what-if comes to."""
    url = str(DATABASE.config["dsn"])
    await DATABASE.close()
    await DATABASE.open(url, size=2, role=ProgramRole.WORKER)
    try:
        yield
    finally:
        await DATABASE.close()
        await DATABASE.open(url)


async def a_force() -> date:
    """Make up a force, sweep it, and return the day."""
    await seed(Wish(PEOPLE, 20260304, today(), force=AVON))
    await sweep(today())
    return today()


async def draft_with_ppst_every(months: int, begins_on: date, *, grace_days: int = 28) -> int:
    """Draft that PPST holds for so many months, and return the draft's number."""
    number = await begin(actor=NORA, title="Safety training", begins_on=begins_on, reason="The review")
    table = next(
        one for one in reading_of(await source_of(number)).requirements.values() if one.code == "PPST"
    )
    there = table.validity or ValidityTable(months=1)
    wanted = table.model_copy(
        update={"validity": there.model_copy(update={"months": months}), "grace_days": grace_days}
    )
    edit = Edit(
        editing.requirement("PPST"),
        "Changed PPST",
        "The review",
        lambda text: editing.with_requirement(text, "PPST", wanted),
    )
    await revise(actor=NORA, number=number, seen=1, edit=edit)
    return number


async def standings() -> Mapping[int, tuple[str, tuple[str, ...]]]:
    """Return what is stored of everybody: the standing, and the powers that are stopped."""
    rows = await fetch("SELECT person_id, standing, stopped FROM licence.licence_standing")
    return {row["person_id"]: (row["standing"], tuple(sorted(row["stopped"]))) for row in rows}
