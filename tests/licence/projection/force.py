"""Which people do these tests sweep, and how are the rows that they end with told apart?"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from asyncpg import Record

from foundation.database import fetch
from tests.builders import absence, determination, evidence, grant, offer, officer, person, post

GRANTED = date(2024, 1, 8)


async def force_of(people: int, *, seed: int, until: date) -> Sequence[int]:
    """Enter people whose lives are drawn by seed, with all that a standing rests on; some of it dated far ahead."""
    random = Random(seed)  # noqa: S311 - a life is no secret
    return [await _life(number, random, until) for number in range(people)]


async def _life(number: int, random: Random, until: date) -> int:
    joined = date(2016, 1, 4) + timedelta(days=random.randrange(3300))
    person_id = await person(f"Officer{number}", joined_on=joined)
    moves = joined + timedelta(days=random.randrange(200, 4000))
    kind, rank = random.choice([("officer", "constable"), ("officer", "sergeant"), ("staff", None)])
    await post(
        person_id, kind=kind, rank=rank, since=joined, until=moves, profiles=random.choice([[], ["taser"]])
    )
    if random.random() < 0.8:
        await post(
            person_id,
            since=moves + timedelta(days=1),
            unit_name="Custody",
            profiles=random.choice([[], ["taser"]]),
        )
    if random.random() < 0.9:
        await grant(person_id, max(joined, GRANTED))
    if random.random() < 0.1:
        await determination(person_id, random.choice(["suspend", "surrender", "revoke"]), _day(random, until))
    if random.random() < 0.3:
        start = _day(random, until)
        await absence(person_id, start, start + timedelta(days=random.randrange(10, 300)))
    for code in ("SAFETY", "CED", "TALK"):
        for day in {_day(random, until) for _ in range(random.randrange(4))}:
            await evidence(person_id, code, day, verified=random.random() < 0.9)
    for day in {_day(random, until) for _ in range(random.randrange(3))}:
        await offer(person_id, day)
    return person_id


def _day(random: Random, until: date) -> date:
    return until - timedelta(days=random.randrange(900))


async def trained(given: str, *, safety: date, email: str | None = None, granted: date = GRANTED) -> int:
    """Enter an officer with a licence, whose safety training was last done on a day and whose force kept its duty."""
    person_id = await officer(given, email=email)
    await grant(person_id, granted)
    await evidence(person_id, "SAFETY", safety)
    for year in range(2024, 2029):
        await evidence(person_id, "CHECK", date(year, 1, 1))
    return person_id


async def standings() -> Sequence[Record]:
    """Return every row that is kept, but for when it was written."""
    return await fetch(
        """SELECT person_id, force_id, unit_id, kind, rank, standing, since, expires_on, lapses_on, next_due_on,
                  because::text, held, stopped, conditions, policy_version, decided_on, next_change_on, row_version
             FROM licence.licence_standing ORDER BY person_id"""
    )


async def transitions(person_id: int | None = None) -> Sequence[Record]:
    """Return every move, in the order in which each person made them."""
    return await fetch(
        """SELECT person_id, from_standing, to_standing, effective_on, because::text, cause, policy_version, row_version
             FROM licence.transition WHERE $1::int IS NULL OR person_id = $1 ORDER BY person_id, row_version""",
        person_id,
    )


async def notices(person_id: int | None = None) -> Sequence[Record]:
    """Return every notice."""
    return await fetch(
        """SELECT person_id, matter, due_on, rung, headline, body, created_for FROM people.notice
            WHERE $1::int IS NULL OR person_id = $1 ORDER BY person_id, matter, due_on, rung""",
        person_id,
    )


async def miscounted() -> Sequence[Record]:
    """Return the counts that differ from what counting finds."""
    return await fetch(
        """WITH kept AS (SELECT * FROM licence.standing_count WHERE people <> 0),
                counted AS (SELECT coalesce(force_id, 0) AS force_id, coalesce(unit_id, 0) AS unit_id,
                                   coalesce(rank, '') AS rank, standing, count(*)::int AS people
                              FROM licence.licence_standing GROUP BY 1, 2, 3, 4)
           (TABLE kept EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE kept)"""
    )
