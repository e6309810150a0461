"""Which small force has something to find for every operation of the API, and who calls it?"""

from dataclasses import dataclass
from datetime import timedelta
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
from licence.projection.sweep import sweep
from passport.drafting.actions import begin
from tests.builders import AVON
from tests.clients import grant_role
from tests.files.handing_in import extract

PEOPLE = 120
SEED = 20260304
FILES = 4
JOBS = 4


@dataclass(frozen=True, slots=True)
class World:
    """The callers by role, none of them with another, and what there is to ask about."""

    callers: dict[str, int]
    family_name: str
    national_ids: tuple[str, ...]
    files: tuple[int, ...]
    jobs: tuple[int, ...]
    notices: tuple[int, ...]
    grants: tuple[int, ...]
    drafts: tuple[int, ...]


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
        files=await _numbers("SELECT id FROM foundation.intake ORDER BY id"),
        jobs=await _numbers("SELECT id FROM foundation.job WHERE state = 'dead' ORDER BY id"),
        notices=await _numbers("SELECT id FROM people.notice_delivery ORDER BY id LIMIT 6"),
        grants=await _grants(callers),
        drafts=await _drafts(callers["standards"]),
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
    actor, day = Actor(writer, "Sana Standards", "test"), today() + timedelta(days=60)
    return tuple(
        [
            await begin(actor=actor, title=f"Draft {place}", begins_on=day, reason="To try it")
            for place in range(4)
        ]
    )


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
