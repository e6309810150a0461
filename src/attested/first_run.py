"""What happens when everything is started for the first time, on a database where nobody is?"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from access.roles import Role
from attested.commands.telling import steps
from attested.demo import visitors
from attested.importing import Asked, commit, stage
from attested.seeding.actions import PURPOSE, SEEDED, seed
from attested.seeding.drafts import draft_shown
from attested.seeding.orders import SMALL_FORCE, Wish
from attested.seeding.school import write_school
from attested.seeding.visiting import Pair, write_of
from foundation.audit import Actor, Event, recorded
from foundation.database import DATABASE, ProgramRole, fetch, fetch_one
from foundation.intake.facts import Report, report
from licence.determinations.actions import grant_initial
from licence.planning.counting import count_coming
from licence.projection.sweep import sweep
from people.forces.facts import NamedForce, force_with_code

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SAMPLE_FORCE = "E23000036"
FILES = (("hr", SAMPLES / "hr-extract.csv"), ("learning", SAMPLES / "learning-export.csv"))
PEOPLE, SEED = 1500, 1
ACTOR = Actor.system("attested run")
FINISHED = "demonstration prepared"
DECIDERS = "HR Adviser"
REASONS = "First licences of the force, on the evidence of its learning system"


class NoDecidersError(RuntimeError):
    """The sample force has no two people whose names could stand under its first licences."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the first run made: the demonstration force, what came of the samples, and what was granted and decided."""

    people: int
    reports: tuple[Report, ...]
    licences: int
    decided: int
    notices: int


async def prepare(on: date) -> Prepared | None:
    """Fill an empty database with the demonstration; one that is in use, or was filled before, is left as it is.

    It may be stopped anywhere and started again: each step is known to be done by what it leaves behind.
    """
    wish = Wish(PEOPLE, SEED, on, SMALL_FORCE)
    if not await _is_ours(wish):
        return None
    with steps("Making up a force") as told:
        seeded = await seed(wish, told=told)
    with steps("Holding classes"):
        async with _as_the_pages():
            await write_school(on)
    reports = [await _imported(kind, path, on) for kind, path in FILES if path.exists()]
    licences = await _licences(await force_with_code(SAMPLE_FORCE, on), on) if reports else 0
    with steps("Deciding every licence") as told:
        swept = await sweep(on, told=told)
        await count_coming(on)
    with steps("Trying out a draft of policy"):
        await draft_shown(ACTOR, on)
        async with _as_the_pages():
            await write_of(await _pair(), on)
    async with recorded(ACTOR, Event(FINISHED, PURPOSE)):
        pass  # the line of audit is all there is to write: it says that nothing is left to do
    return Prepared(seeded.people, tuple(reports), licences, swept.stored, swept.notices)


@asynccontextmanager
async def _as_the_pages() -> AsyncIterator[None]:
    """Do with the rights of the pages what people do there: jobs may not."""
    url = str(DATABASE.config["dsn"])
    row = await fetch_one("SELECT current_user AS role")
    role = ProgramRole(row["role"] if row else ProgramRole.WORKER)
    await DATABASE.close()
    await DATABASE.open(url)
    try:
        yield
    finally:
        await DATABASE.close()
        await DATABASE.open(url, role=role)


async def _pair() -> Pair:
    """Return the two whom most visitors will be: the officer in grace and their supervisor."""
    officer, supervisor = [Actor(one.person_id, one.name) for one in (await visitors())[:2]]
    return Pair(officer, supervisor)


async def _is_ours(wish: Wish) -> bool:
    """Say whether nobody is here yet, or only what an earlier first run left half done."""
    if not await fetch_one("SELECT 1 FROM people.person LIMIT 1"):
        return True
    rows = await fetch(
        "SELECT event, detail::text FROM foundation.audit_event WHERE event IN ($1, $2)", SEEDED, FINISHED
    )
    before = {row["event"]: msgspec.json.decode(row["detail"]) for row in rows}
    return FINISHED not in before and before.get(SEEDED) == wish.noted


async def _imported(kind: str, path: Path, on: date) -> Report:
    """Import a sample, or return the report of when it was."""
    before = await fetch_one(
        "SELECT id FROM foundation.intake WHERE kind = $1 AND force_code = $2 AND state = 'committed' ORDER BY id LIMIT 1",
        kind,
        SAMPLE_FORCE,
    )
    if before is not None:
        return await report(before["id"])
    with steps(f"Importing {path.name}") as told:
        staged = await stage(Asked(kind, path, SAMPLE_FORCE, on), actor=ACTOR, progress=told)
        return await commit(staged.intake_id, actor=ACTOR)


async def _licences(force: NamedForce, on: date) -> int:
    """Let two people of the sample force grant its first licences, once; return how many there are."""
    if not await _granted_in(force.id):
        decides, agrees = await _deciders(force, on)
        with steps("Granting the first licences"):
            await grant_initial(
                actor=ACTOR, force_id=force.id, on=on, decided_by=decides, approved_by=agrees, reasons=REASONS
            )
    return await _granted_in(force.id)


async def _granted_in(force_id: int) -> int:
    row = await fetch_one(
        """SELECT count(*) FROM licence.determination JOIN people.directory USING (person_id)
            WHERE force_id = $1 AND kind = 'grant'""",
        force_id,
    )
    return row["count"] if row else 0


async def _deciders(force: NamedForce, on: date) -> Sequence[int]:
    """Give two of the force's staff the licensing desk, who hold no licence themselves."""
    rows = await fetch(
        """SELECT person_id FROM people.post WHERE force_id = $1 AND job_title = $2 AND superseded_at IS NULL
            AND valid_until IS NULL ORDER BY person_id LIMIT 2""",
        force.id,
        DECIDERS,
    )
    two = [row["person_id"] for row in rows]
    if len(two) < 2:  # noqa: PLR2004 - one decides, one agrees
        raise NoDecidersError
    event = Event("role granted", PURPOSE, detail={"role": Role.LICENSING_DESK, "people": two})
    async with recorded(ACTOR, event) as connection:
        await connection.execute(
            """INSERT INTO access.role_grant (person_id, role, force_id, valid_from)
               SELECT given, $2, $3, $4 FROM unnest($1::int[]) AS given WHERE NOT EXISTS
               (SELECT FROM access.role_grant WHERE person_id = given AND role = $2 AND force_id = $3)""",
            two,
            Role.LICENSING_DESK,
            force.id,
            on,
        )
    return two
