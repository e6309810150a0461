"""A force whose licences stand in many ways, as the desk's list keeps them."""

from datetime import date, timedelta

from foundation.clock import today
from foundation.database import execute
from tests.builders import AVON, listed, officer, person, post, unit
from tests.clients import grant_role

LONG = ("Siobhán", "O’Shaughnessy-Ní Dhomhnaill")
POLISH = ("Zofia", "Łukasiewicz")


async def clerk(*, force: str = AVON) -> int:
    """Enter somebody of a force's licensing desk."""
    one, other = await officer("Desi", "Desk"), await officer("Grant", "Giver")
    await grant_role(one, "licensing desk", force=force, by=other)
    return one


async def standing(
    person_id: int,
    word: str = "active",
    *,
    lapses_on: date | None = None,
    rank: str | None = "constable",
    unit_name: str | None = "Response North",
    force: str = AVON,
    because: str = "[]",
) -> int:
    """Keep how a person's licence stands, as the nightly sweep would, and return their number."""
    await execute(
        """INSERT INTO licence.licence_standing (person_id, force_id, unit_id, kind, rank, standing, since, lapses_on,
                  next_due_on, because, stopped, policy_version, decided_on, next_change_on)
           SELECT $1, id, $2, 'officer', $3, $4, '2024-01-08', $5, $5, $8::jsonb, '{}', 1, $6, $6
             FROM people.force WHERE code = $7""",
        person_id,
        await unit(unit_name, force=force) if unit_name else None,
        rank,
        word,
        lapses_on,
        today(),
        force,
        because,
    )
    return person_id


async def holder(
    given: str, family: str, word: str = "active", *, lapses_in: int | None = 400, rank: str = "constable"
) -> int:
    """Enter an officer whose licence stands like this, and lapses in so many days."""
    lapses_on = None if lapses_in is None else today() + timedelta(days=lapses_in)
    return await standing(await officer(given, family, rank=rank), word, lapses_on=lapses_on, rank=rank)


async def a_force() -> None:
    """Enter people of every kind that the desk counts, and some that it does not."""
    await holder(*LONG, "in grace", lapses_in=12)
    await holder(*POLISH, "lapsed", lapses_in=-40, rank="sergeant")
    await holder("Ada", "Okafor", lapses_in=45)
    await holder("Ben", "Okafor", lapses_in=30)
    await holder("Cass", "Okafor", lapses_in=90)
    await holder("Dee", "Okafor", lapses_in=91)
    await holder("Eve", "Okafor", "provisional", lapses_in=0)
    await holder("Flo", "Okafor", "paused", lapses_in=None)
    await holder("Gus", "Okafor", "not held", lapses_in=None, rank="inspector")
    await standing(await officer("Ina", "Nowhere"), unit_name=None)
    staff = await person("Staff", "Member")
    await post(staff, kind="staff", rank=None)
    await standing(staff, "not held", rank=None)
    kent = await person("Ken", "Kent")
    await post(kent, force="E23000032")
    await standing(kent, "lapsed", force="E23000032")
    await listed()


async def many(people: int) -> None:
    """Enter many officers at once, whose licences lapse on few days, so that many lapse on the same one."""
    await execute(
        """WITH one AS (
               INSERT INTO people.person (national_id, given_names, family_name)
               SELECT 'AAAA-' || lpad(upper(to_hex(number + (SELECT coalesce(max(id), 0) FROM people.person))), 4, '0') || '-A', 'Given' || number, 'Many'
                 FROM generate_series(1, $1) AS number RETURNING id
           ), placed AS (
               INSERT INTO people.post (person_id, force_id, unit_id, kind, rank, valid_from)
               SELECT one.id, force.id, $2, 'officer', 'constable', '2020-01-01' FROM one, people.force WHERE code = $3
               RETURNING person_id, force_id
           )
           INSERT INTO licence.licence_standing (person_id, force_id, unit_id, kind, rank, standing, since, lapses_on,
                  because, policy_version, decided_on, next_change_on)
           SELECT person_id, force_id, $2, 'officer', 'constable', 'active', '2024-01-08',
                  CASE person_id % 8 WHEN 0 THEN NULL ELSE $4::date + (person_id % 8) END, '[]', 1, $4, $4
             FROM placed""",
        people,
        await unit(),
        AVON,
        today(),
    )
    await listed()
