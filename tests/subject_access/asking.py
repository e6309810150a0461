"""Somebody who asks for everything held on them, and whoever judges what of it they get."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import msgspec

from access.confidential import Asker
from access.facts import identity_of
from access.roles import Role
from attested.subject_access.actions import ask_for_everything
from attested.subject_access.catalogue import Part
from attested.subject_access.facts import parts_of
from attested.subject_access.jobs import gather
from attested.subject_access.judging import DESKS, Desk, Verdict, judge, look_through
from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.database import DATABASE, ProgramRole, as_owner, fetch_one
from foundation.jobs.handlers import Work
from tests.builders import force_id, listed, officer
from tests.clients import grant_role
from tests.wellbeing.carers import Carers, attended, carers

CANARY = "Carla Canary"
SECRET = "Sleeps badly since the collision"
ADVERSE = "A debt that was not told of"


async def everybody() -> tuple[Carers, int, int]:
    """Enter everybody of care, a second clinician, and Carla, who is named in Ada's record; return them, and their numbers."""
    there = await carers()
    carla, priya = await officer("Carla", "Canary"), await officer("Priya", "Privacy")
    there.grants[priya] = await grant_role(priya, Role.PRIVACY_OFFICER, by=there.bea, approved_by=there.desi)
    await listed()
    return there, carla, priya


async def written(there: Carers, carla: int) -> None:
    """Enter what is held on Ada: a determination and a note that name Carla, a case, and what Carla did."""
    await attended(there.ada, date(2026, 11, 2))
    async with as_owner() as owner:
        await owner.execute(
            """INSERT INTO licence.determination (person_id, kind, effective_on, reasons, recorded_by, approved_by)
               VALUES ($1, 'grant', '2026-03-02', 'Carla Canary and Bea Boss saw it; Canary wrote it down', $2, $3)""",
            there.ada, carla, there.bea,
        )  # fmt: skip
        await owner.execute(
            """INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text) VALUES
               ($1, $2, $3, $4), ($1, $2, $3, 'Spoke with Carla Canary about her')""",
            there.ada, await force_id(), there.olga, SECRET,
        )  # fmt: skip
        await owner.execute(
            """INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
               VALUES (nextval('vetting.case_number'), $1, $2, 'recruitment vetting', '2026-03-02', $3)""",
            there.ada, await force_id(), there.vera,
        )  # fmt: skip
        await owner.execute(
            """INSERT INTO vetting.case_material (case_number, person_id, kind, text, recorded_by)
               SELECT number, person_id, 'adverse material', $1, $2 FROM vetting.vetting_case""",
            ADVERSE, there.vera,
        )  # fmt: skip
    async with recorded(
        Actor(carla, CANARY), Event("passport.opened", "supervision", there.ada, is_reading=True)
    ):
        pass
    async with recorded(
        Actor(there.ada, "Ada Okafor"), Event("evidence entered", "learning", carla, text=f"Saw {CANARY}")
    ):
        pass


async def asked(person_id: int, on: date | None = None) -> int:
    """Ask for everything, and return the number of the request."""
    return await ask_for_everything(actor=Actor(person_id, "Whoever"), on=on or today())


async def gathered(number: int) -> None:
    """Do what the worker does, with its rights."""
    async with as_the_worker():
        await gather(Work(1, "subject_access.gather", {"request": number}))


@asynccontextmanager
async def as_the_worker() -> AsyncIterator[None]:
    """Do with the worker's rights what is the worker's to do: the pages could not."""
    url = str(DATABASE.config["dsn"])
    await DATABASE.close()
    await DATABASE.open(url, size=2, role=ProgramRole.WORKER)
    try:
        yield
    finally:
        await DATABASE.close()
        await DATABASE.open(url, size=6)


async def asker(there: Carers, person_id: int) -> Asker:
    """Return somebody who asks in the role they were granted."""
    identity = await identity_of(person_id, today(), acting=there.grants.get(person_id))
    assert identity is not None
    return Asker(identity)


async def judged(
    there: Carers, person_id: int, part: Part, number: int, verdicts: dict[str, Verdict] | None = None
) -> None:
    """Have somebody judge a part: all of it is given, but what has a verdict of its own; items are named by what they hold."""
    who, desk = await asker(there, person_id), DESKS[part]
    found = await look_through(who, desk, number)
    chosen = {
        item.id: next((v for words, v in (verdicts or {}).items() if words in repr(item)), Verdict())
        for item in found.items
    }
    await judge(who, desk, number, digest=found.digest, verdicts=chosen)


async def copy_of(person_id: int, number: int) -> str:
    """Return everything that somebody can fetch, as text."""
    return msgspec.json.encode(await parts_of(person_id, number)).decode()


async def what_is_said_of(number: int, column: str) -> object:
    """Return a column of a request."""
    row = await fetch_one(f"SELECT {column} FROM access.subject_request WHERE id = $1", number)  # noqa: S608 - our own
    assert row is not None
    return row[0]


__all__ = [
    "ADVERSE",
    "CANARY",
    "SECRET",
    "Desk",
    "asked",
    "asker",
    "copy_of",
    "everybody",
    "gathered",
    "judged",
    "what_is_said_of",
    "written",
]
