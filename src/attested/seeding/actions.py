"""How is an empty database filled with a believable force or nation, once?"""

from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

import asyncpg
import msgspec
from asyncpg import Connection

from attested.seeding.loading import Way, finish, load, make_ready, tables, way_for
from attested.seeding.making import made
from attested.seeding.members import Order
from attested.seeding.orders import KnownForce, Wish, orders
from attested.seeding.policy import policy_in_force
from attested.seeding.records import NUMBERS_EACH
from attested.seeding.sheets import Into
from attested.seeding.training import write_training
from foundation.audit import Actor, Event, recorded
from foundation.database import DATABASE, fetch, fetch_one
from foundation.problems import ConflictError
from people.persons.directory import refresh

SEEDED = "demonstration seeded"
PURPOSE = "showing the system with people who do not exist"

Told = Callable[[int, int], None]
"""Is told how far it has come: people done, and people wanted."""


class NotEmptyError(ConflictError):
    """There are people in this database already. Made-up ones go only where nobody is."""


class MadeOtherwiseError(ConflictError):
    """This database was seeded before, from another number or with another number of people. Use an empty one."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What there is now; `is_repeat` says that it was all there before, and that nothing was changed."""

    people: int
    forces: int
    evidence: int
    lines: int
    determinations: int
    is_repeat: bool


def _untold(_done: int, _of: int) -> None:
    """Tell nobody."""


async def seed(wish: Wish, *, told: Told = _untold, is_careful: bool = False) -> Seeded:
    """Fill an empty database. Asked again for the same, it changes nothing.

    `is_careful` lets every trigger and reference be checked on the way, which takes far longer.

    :raises NotEmptyError: there are people who were not made up here.
    :raises MadeOtherwiseError: the people there were made up from another wish.
    :raises ImplausiblePeopleError: so few, or so many, could not be spread believably.
    """
    if await fetch_one("SELECT 1 FROM people.person LIMIT 1"):
        return await _repeated(wish)
    policy = await policy_in_force(wish.on)
    rows = await fetch("SELECT id, code, slug FROM people.force ORDER BY id")
    wanted = orders(wish, [KnownForce(*row) for row in rows], policy)
    counts = await _fill(wish, wanted, told, is_careful=is_careful)
    await _tidy()
    return Seeded(
        people=counts[Into.PERSON],
        forces=len(wanted),
        evidence=counts[Into.EVIDENCE] + 2 * counts[Into.CORRECTION] + counts[Into.ENTRY],
        lines=counts[Into.LINE],
        determinations=counts[Into.DETERMINATION],
        is_repeat=False,
    )


async def _fill(wish: Wish, wanted: list[Order], told: Told, *, is_careful: bool) -> Counter[Into]:
    event = Event(
        SEEDED, PURPOSE, detail={"seed": wish.seed, "people": wish.people, "force": wish.only_force}
    )
    counts: Counter[Into] = Counter()
    async with recorded(Actor.system("attested seed"), event) as writing:
        await writing.execute("SET LOCAL ROLE NONE")
        await writing.execute("LOCK TABLE people.person IN ACCESS EXCLUSIVE MODE")
        if await writing.fetchval("SELECT EXISTS (SELECT FROM people.person)"):
            raise NotEmptyError
        way = await way_for(writing, is_careful=is_careful)
        put_back = await make_ready(writing, way)
        async with aclosing(made(wanted)) as forces:
            async for book in forces:
                for sheet in book.sheets:
                    await load(writing, sheet, way)
                    counts[sheet.into] += sheet.rows
                told(counts[Into.PERSON], wish.people)
        await _settle(writing, wish, way)
        await finish(writing, put_back, way)
    return counts


async def _settle(writing: Connection, wish: Wish, way: Way) -> None:
    """Let the directory list everyone, and the numbers of identifiers run on from the last that was set aside."""
    await writing.execute("SELECT setval('people.national_number', $1)", (wish.people + 1) * NUMBERS_EACH)
    await writing.execute(_NUMBERED)
    if way.is_direct:
        for published in _PUBLISHED:
            await writing.execute(published)
        await writing.execute("ANALYZE people.person, people.post, people.identifier")
    await refresh(writing, on=wish.on)
    await write_training(writing, wish.on)


# What their own triggers do where rows go the careful way.
_PUBLISHED = (
    """INSERT INTO people.check_offered (person_id, offered_on, recorded_at)
       SELECT person_id, offered_on, recorded_at FROM wellbeing.check_offer""",
    """INSERT INTO licence.clearance_held (person_id, level, valid_from, valid_until, is_held, recorded_at)
       SELECT person_id, level, valid_from, valid_until, status = 'held', recorded_at FROM vetting.clearance""",
)
_NUMBERED = """
SELECT setval('vetting.case_number', (SELECT coalesce(max(number), 0) + 1 FROM vetting.vetting_case), false)
"""


async def _repeated(wish: Wish) -> Seeded:
    row = await fetch_one("SELECT detail FROM foundation.audit_event WHERE event = $1", SEEDED)
    if row is None:
        raise NotEmptyError
    if msgspec.json.decode(row["detail"]) != wish.noted:
        raise MadeOtherwiseError
    counted = await fetch_one(_COUNTED)
    assert counted is not None  # noqa: S101 - a row of counts there always is
    people, forces, evidence, lines, determinations = counted
    return Seeded(people, forces, evidence, lines, determinations, is_repeat=True)


_COUNTED = """
SELECT (SELECT count(*) FROM people.person), (SELECT count(DISTINCT force_id) FROM people.directory),
       (SELECT count(*) FROM passport.evidence), (SELECT count(*) FROM people.line),
       (SELECT count(*) FROM licence.determination)
"""


async def _tidy() -> None:
    """Let the planner know what there is now, and queries stay in the indices."""
    # As the login itself: VACUUM is for whoever owns the tables, and runs in no transaction that would end a role.
    own = await asyncpg.connect(str(DATABASE.config["dsn"]))
    try:
        for target in tables():
            await own.execute(f"VACUUM (ANALYZE) {target.schema}.{target.table}")
        await own.execute("VACUUM (ANALYZE) people.directory, people.check_offered")
    finally:
        await own.close()
