"""What is the least a test must say to have a person, their post, their line, their evidence and their licence?

Plain rows in the real tables: no action, no rule. Days are given where they matter; the defaults make one constable of
response in Avon and Somerset, in post since 2019. Every builder returns the new row's number.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count

from foundation.clock import today
from foundation.database import as_owner, fetch_one, transaction
from people.persons.directory import refresh
from people.persons.rules import national_id

AVON = "E23000036"
JOINED = date(2019, 1, 7)
_DECIDERS = ("Dora", "Dev")
_numbers = (number for number in count(1_000_000_000) if national_id(number) is not None)


async def person(
    given: str = "Ada",
    family: str = "Okafor",
    *,
    joined_on: date | None = JOINED,
    email: str | None = None,
    protected: bool = False,
) -> int:
    """Enter a person, with a national identifier of their own."""
    return await _new(
        """INSERT INTO people.person (national_id, given_names, family_name, joined_on, email, is_protected)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        national_id(next(_numbers)), given, family, joined_on, email, protected,
    )  # fmt: skip


async def force_id(code: str = AVON) -> int:
    """Return a force's number by its code; the 43 are always there."""
    return await _new("SELECT id FROM people.force WHERE code = $1", code)


async def unit(name: str = "Response North", *, force: str = AVON) -> int:
    """Enter a unit of a force, or return the one there is."""
    return await _new(
        """WITH entered AS (INSERT INTO people.unit (force_id, name) SELECT id, $2 FROM people.force WHERE code = $1
                                ON CONFLICT (force_id, name) DO NOTHING RETURNING id)
           SELECT id FROM entered UNION ALL
           SELECT unit.id FROM people.unit JOIN people.force ON force.id = force_id WHERE code = $1 AND name = $2""",
        force, name,
    )  # fmt: skip


async def post(
    person_id: int,
    *,
    force: str = AVON,
    unit_name: str = "Response North",
    kind: str = "officer",
    rank: str | None = "constable",
    profiles: Sequence[str] = (),
    since: date = JOINED,
    until: date | None = None,
) -> int:
    """Put a person in post from a day, through a day or open; pass rank=None for staff, PCSOs and volunteers."""
    return await _new(
        """INSERT INTO people.post (person_id, force_id, unit_id, kind, rank, profiles, valid_from, valid_until)
           SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM people.force WHERE code = $2 RETURNING id""",
        person_id, force, await unit(unit_name, force=force), kind, rank, list(profiles), since, until,
    )  # fmt: skip


async def officer(
    given: str = "Ada", family: str = "Okafor", *, rank: str = "constable", email: str | None = None
) -> int:
    """Enter a person and their open post as an officer of the default unit."""
    person_id = await person(given, family, email=email)
    await post(person_id, rank=rank)
    return person_id


async def line(
    person_id: int,
    supervisor_id: int,
    *,
    since: date = JOINED,
    until: date | None = None,
    cover: bool = False,
    recorded_at: datetime | None = None,
) -> int:
    """Put a person under a supervisor; cover needs its last day."""
    return await _new(
        """INSERT INTO people.line (person_id, supervisor_id, is_cover, valid_from, valid_until, recorded_at)
           VALUES ($1, $2, $3, $4, $5, coalesce($6, clock_timestamp())) RETURNING id""",
        person_id, supervisor_id, cover, since, until, recorded_at,
    )  # fmt: skip


async def absence(
    person_id: int,
    since: date,
    until: date | None = None,
    *,
    kind: str = "parental",
    recorded_at: datetime | None = None,
) -> int:
    """Enter an absence, neutral whatever its kind."""
    return await _new(
        """INSERT INTO people.absence (person_id, kind, valid_from, valid_until, recorded_at)
           VALUES ($1, $2, $3, $4, coalesce($5, clock_timestamp())) RETURNING id""",
        person_id, kind, since, until, recorded_at,
    )  # fmt: skip


async def identifier(
    person_id: int,
    value: str,
    *,
    force: str = AVON,
    scheme: str = "collar",
    since: date = JOINED,
    until: date | None = None,
) -> int:
    """Give a person a number of their force: payroll or collar."""
    return await _new(
        """INSERT INTO people.identifier (person_id, force_id, scheme, value, valid_from, valid_until)
           SELECT $1, id, $3, $4, $5, $6 FROM people.force WHERE code = $2 RETURNING id""",
        person_id, force, scheme, value, since, until,
    )  # fmt: skip


async def requirement(code: str) -> int:
    """Enter a requirement's code, or return the number it has."""
    return await _new(
        """WITH entered AS (INSERT INTO passport.requirement (code) VALUES ($1) ON CONFLICT (code) DO NOTHING RETURNING id)
           SELECT id FROM entered UNION ALL SELECT id FROM passport.requirement WHERE code = $1""",
        code,
    )  # fmt: skip


async def evidence(
    person_id: int,
    code: str,
    completed_on: date,
    *,
    verified: bool = True,
    hours: float | None = None,
    recorded_at: datetime | None = None,
) -> int:
    """Enter that a person met a requirement on a day; unverified evidence awaits verification."""
    return await _new(
        """INSERT INTO passport.evidence
                  (person_id, requirement_id, completed_on, is_verified, hours, source, recorded_at)
           VALUES ($1, $2, $3, $4, $5::float8, 'test', coalesce($6, clock_timestamp())) RETURNING id""",
        person_id, await requirement(code), completed_on, verified, hours, recorded_at,
    )  # fmt: skip


async def dispensation(
    person_id: int,
    code: str,
    since: date,
    until: date | None = None,
    *,
    kind: str = "waiver",
    recorded_at: datetime | None = None,
) -> int:
    """Waive a requirement for a person, or say that their force failed to provide it (kind 'force failure')."""
    recorded_by, approved_by = await deciders()
    return await _new(
        """INSERT INTO passport.dispensation (person_id, requirement_id, kind, reason, valid_from, valid_until,
                  recorded_by, approved_by, recorded_at)
           VALUES ($1, $2, $3, 'as tested', $4, $5, $6, $7, coalesce($8, clock_timestamp())) RETURNING id""",
        person_id, await requirement(code), kind, since, until, recorded_by, approved_by, recorded_at,
    )  # fmt: skip


async def determination(
    person_id: int,
    kind: str,
    on: date,
    *,
    condition: str | None = None,
    recorded_at: datetime | None = None,
) -> int:
    """Enter a decision on a licence, by two people who are not its holder."""
    recorded_by, approved_by = await deciders()
    return await _new(
        """INSERT INTO licence.determination
                  (person_id, kind, effective_on, condition, reasons, recorded_by, approved_by, recorded_at)
           VALUES ($1, $2, $3, $4, 'as tested', $5, $6, coalesce($7, clock_timestamp())) RETURNING id""",
        person_id, kind, on, condition, recorded_by, approved_by, recorded_at,
    )  # fmt: skip


async def grant(person_id: int, on: date, *, recorded_at: datetime | None = None) -> int:
    """Grant a licence from a day."""
    return await determination(person_id, "grant", on, recorded_at=recorded_at)


async def offer(person_id: int, on: date) -> int:
    """Enter that the force offered its routine wellbeing check on a day."""
    return await _new_behind_a_wall(
        """INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on)
           SELECT $1, coalesce((SELECT force_id FROM people.post WHERE person_id = $1 ORDER BY valid_from DESC LIMIT 1), 1), $2
           RETURNING id""",
        person_id,
        on,
    )


async def deciders() -> tuple[int, int]:
    """Return two people who may decide about anybody else: one who proposes and one who agrees."""
    return await _decider(_DECIDERS[0]), await _decider(_DECIDERS[1])


async def _decider(given: str) -> int:
    there = await fetch_one(
        "SELECT id FROM people.person WHERE given_names = $1 AND family_name = 'Decider'", given
    )
    return there["id"] if there else await person(given, "Decider", joined_on=None)


async def _new(sql: str, *values: object) -> int:
    row = await fetch_one(sql, *values)
    assert row is not None, "the builder found nothing: is the force's code one of the 43?"
    return int(row["id"])


async def _new_behind_a_wall(sql: str, *values: object) -> int:
    async with as_owner():
        return await _new(sql, *values)


async def listed(on: date | None = None) -> None:
    """Bring the directory to what is recorded: sign-in and the search read it."""
    async with transaction() as connection:
        await refresh(connection, on=on or today())
