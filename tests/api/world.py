"""Which small force has something to find for every operation of the API, and who calls it?"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from anyio import Path as AsyncPath

from attested import importing
from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import execute, fetch, transaction
from foundation.jobs.asking import ask
from foundation.sealing.keeping import seal_all
from licence.planning.counting import count_coming
from licence.projection.crew import Alone
from licence.projection.sweep import sweep
from licence.whatif.actions import Wanted, ask_what_if, work_out
from passport.drafting.actions import Edit, begin, revise
from passport.drafting.editing import requirement, without_requirement
from passport.own_settings.actions import propose
from passport.policy.overriding import NewSetting, override
from passport.policy.rules import Overridable
from tests.builders import AVON
from tests.clients import grant_role
from tests.files.handing_in import extract
from tests.licence.whatif.nation import as_the_worker

PEOPLE = 120
DRAFT_DAY = today() + timedelta(days=60)
SEED = 20260304
FILES = 4
JOBS = 4


@dataclass(frozen=True, slots=True)
class World:
    """The callers by role, none of them with another, and what there is to ask about."""

    callers: dict[str, int]
    family_name: str
    national_ids: tuple[str, ...]
    report: str
    files: tuple[int, ...]
    jobs: tuple[int, ...]
    notices: tuple[int, ...]
    grants: tuple[int, ...]
    drafts: tuple[int, ...]
    draft_day: date
    what_if: int
    proposals: tuple[int, ...]
    own_setting: int


async def world(folder: Path) -> World:
    """Make up a force, sweep it, hand in files for it and let jobs die."""
    on = today()
    await seed(Wish(PEOPLE, SEED, on, force=AVON))
    await sweep(on)
    await count_coming(on)
    callers = await _callers()
    for number in range(FILES):
        await _hand_in(
            folder / f"extract-{number}.csv", first=5_000_000 + 10 * number, by=callers["learning"]
        )
    await _dead_jobs()
    await _a_purge_proposed()
    await seal_all(folder / "key", folder / "heads")
    supervisor = callers["supervisor"]
    drafts = await _drafts(callers["standards"])
    # What forces set for themselves comes first: a what-if is about what is in force when it is asked for.
    own_setting, proposals = await _proposals(callers["learning"])
    return World(
        callers=callers,
        family_name=(
            await _strings("SELECT family_name FROM people.person WHERE id = $1", callers["officer"])
        )[0],
        national_ids=await _strings(
            """SELECT national_id FROM people.person JOIN people.line ON line.person_id = person.id
                WHERE superseded_at IS NULL AND (supervisor_id = $1 OR person.id = $1) ORDER BY person.id LIMIT 6""",
            supervisor,
        ),
        report=(await _strings("SELECT national_id FROM people.person WHERE id = $1", callers["officer"]))[0],
        files=await _numbers("SELECT id FROM foundation.intake ORDER BY id"),
        jobs=await _numbers("SELECT id FROM foundation.job WHERE state = 'dead' ORDER BY id"),
        notices=await _numbers("SELECT id FROM people.notice_delivery ORDER BY id LIMIT 6"),
        grants=await _grants(callers),
        drafts=drafts,
        draft_day=DRAFT_DAY,
        what_if=await _what_if(drafts[4]),
        proposals=proposals,
        own_setting=own_setting,
    )


async def _callers() -> dict[str, int]:
    granted = {
        row["role"]: row["person_id"]
        for row in await fetch("SELECT role, person_id FROM access.role_grant ORDER BY id DESC")
    }
    (led,) = await fetch(
        """SELECT supervisor_id, min(person_id) AS person_id FROM people.line
            WHERE superseded_at IS NULL AND valid_until IS NULL
              AND supervisor_id NOT IN (SELECT person_id FROM access.role_grant)
              AND person_id NOT IN (SELECT supervisor_id FROM people.line)
            GROUP BY supervisor_id ORDER BY count(*) DESC, supervisor_id LIMIT 1"""
    )
    return {
        "officer": led["person_id"],
        "supervisor": led["supervisor_id"],
        "desk": granted["licensing desk"],
        "learning": granted["learning and development"],
        "operator": granted["operator"],
        "lead": granted["force lead"],
        "privacy": granted["privacy officer"],
        "standards": granted["standards body"],
    }


async def _grants(callers: dict[str, int]) -> tuple[int, ...]:
    """Give the supervisor a role that waits for a second person, and another like it to end."""
    return (
        await grant_role(callers["supervisor"], "promotion board member", force=AVON, by=callers["lead"]),
        await grant_role(callers["supervisor"], "privacy officer", force=AVON, by=callers["lead"]),
    )


async def _drafts(writer: int) -> tuple[int, ...]:
    """Begin drafts of policy: one to change, and others to replace, to bring up to date and to discard."""
    actor = Actor(writer, "Sana Standards", "test")
    begun = [
        await begin(actor=actor, title=f"Draft {place}", begins_on=DRAFT_DAY, reason="To try it")
        for place in range(4)
    ]
    other = Actor.system("Another writer")
    last = await begin(actor=other, title="To approve", begins_on=DRAFT_DAY, reason="To try it")
    edit = Edit(
        requirement("JRFT"), "Ended JRFT", "To try it", lambda text: without_requirement(text, "JRFT")
    )
    await revise(actor=other, number=last, seen=1, edit=edit)
    return (*begun, last)


async def _what_if(number: int) -> int:
    """Have a draft that asks PPST of nobody worked out."""
    what_if_id = await ask_what_if(actor=Actor.system("test"), wanted=Wanted(number, DRAFT_DAY, (DRAFT_DAY,)))
    async with as_the_worker():
        await work_out(what_if_id, Alone())
    return what_if_id


async def _proposals(learning: int) -> tuple[int, tuple[int, ...]]:
    """Let the force set something for itself, and propose more."""
    kept = await override(
        actor=Actor.system("Dev"), proposed_by="Dora", new=_setting(Overridable.GRACE_DAYS, "JRFT", "60")
    )
    actor = Actor(learning, "Lena Handley", "test")
    proposed = [
        await propose(actor=actor, new=_setting(Overridable.GRACE_DAYS, code, "30"))
        for code in ("PPST", "FIRST-AID")
    ]
    return kept.id, tuple(proposed)


def _setting(setting: Overridable, code: str, value: str) -> NewSetting:
    return NewSetting(AVON, code, setting, value, "To try it", today())


async def _hand_in(path: Path, *, first: int, by: int) -> None:
    await AsyncPath(path).write_bytes(extract("Okafor", "Rao", "", first=first))
    await importing.stage(
        importing.Asked("hr", path, AVON, today(), path.name), actor=Actor(by, "Lena Handley", "test")
    )


async def _dead_jobs() -> None:
    async with transaction() as connection:
        for _ in range(JOBS):
            await ask(connection, "licence.sweep", {"on": "2026-03-04"})
    await execute(
        """UPDATE foundation.job SET state = 'dead', last_error = 'OSError: no luck', finished_at = clock_timestamp()
            WHERE name = 'licence.sweep' AND state = 'waiting'"""
    )


async def _a_purge_proposed() -> None:
    await execute(
        """INSERT INTO foundation.purge (kind, rule, before, found, oldest)
           VALUES ('sessions', 'Sessions: 90 days', '2026-08-01', 12, '2026-03-04')"""
    )


async def _numbers(sql: str) -> tuple[int, ...]:
    return tuple(row[0] for row in await fetch(sql))


async def _strings(sql: str, *values: object) -> tuple[str, ...]:
    return tuple(row[0] for row in await fetch(sql, *values))
