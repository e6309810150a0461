"""What is recorded of a force's people on the day of an extract?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Connection, Record

from foundation.database import fetch_one
from foundation.problems import NotFoundError
from people.extracts.rules import HeldAbsence, HeldLine, HeldPost, Known, Number
from people.posts.rules import AbsenceKind, Kind, Rank, RankBasis


class NoSuchForceError(NotFoundError):
    """There is no force of that code or name."""


@dataclass(frozen=True, slots=True)
class Force:
    """A force as an extract needs it."""

    id: int
    code: str
    slug: str


async def force_named(name: str) -> Force:
    """Find a force by its code, E23000036, or by its short name, avon-and-somerset.

    :raises NoSuchForceError: there is none.
    """
    row = await fetch_one(
        "SELECT id, code, slug FROM people.force WHERE upper(code) = upper($1) OR slug = lower($1)",
        name.strip(),
    )
    if row is None:
        raise NoSuchForceError(f"There is no force “{name}”: give its code, such as E23000036.")
    return Force(row["id"], row["code"], row["slug"])


_CURRENT = "superseded_at IS NULL AND valid_from <= $2 AND coalesce(valid_until >= $2, true)"
# Each source is reduced to the people of the force before they are joined; one row a person.
_KNOWN = f"""
WITH numbered AS (
    SELECT DISTINCT ON (value) value AS payroll, id, person_id, valid_from, {_CURRENT} AS is_current
      FROM people.identifier WHERE force_id = $1 AND scheme = 'payroll' AND superseded_at IS NULL
     ORDER BY value, valid_from DESC
), collar AS (
    SELECT DISTINCT ON (person_id) person_id, id, value, valid_from FROM people.identifier
     WHERE force_id = $1 AND scheme = 'collar' AND {_CURRENT} ORDER BY person_id, valid_from DESC
), placed AS (
    SELECT post.*, unit.name AS unit FROM people.post LEFT JOIN people.unit ON unit.id = unit_id WHERE {_CURRENT}
), led AS (
    SELECT * FROM people.line WHERE NOT is_cover AND {_CURRENT}
), away AS (
    SELECT * FROM people.absence WHERE {_CURRENT}
), before AS (
    SELECT person_id, max(valid_until) AS ended_on FROM people.post
     WHERE superseded_at IS NULL AND valid_until < $2 GROUP BY person_id
), later AS (
    SELECT person_id FROM people.post WHERE superseded_at IS NULL AND valid_from > $2
    UNION SELECT person_id FROM people.line WHERE superseded_at IS NULL AND NOT is_cover AND valid_from > $2
    UNION SELECT person_id FROM people.absence WHERE superseded_at IS NULL AND valid_from > $2
    UNION SELECT person_id FROM people.identifier WHERE superseded_at IS NULL AND valid_from > $2
)
SELECT numbered.payroll, numbered.person_id, numbered.id AS payroll_id, numbered.valid_from AS payroll_from,
       numbered.is_current, given_names, family_name, known_as, email, joined_on,
       collar.id AS collar_id, collar.value AS collar, collar.valid_from AS collar_from,
       placed.id AS post_id, placed.force_id, unit, kind, rank, rank_basis, job_title, profiles,
       (fte * 100)::int AS fte, placed.valid_from AS post_from,
       led.id AS line_id, led.supervisor_id, led.valid_from AS line_from,
       away.id AS absence_id, away.kind AS absence, away.valid_from AS absence_from,
       before.ended_on, later.person_id IS NOT NULL AS has_later
  FROM numbered JOIN people.person ON person.id = numbered.person_id
  LEFT JOIN collar USING (person_id) LEFT JOIN placed USING (person_id) LEFT JOIN led USING (person_id)
  LEFT JOIN away USING (person_id) LEFT JOIN before USING (person_id) LEFT JOIN later USING (person_id)
"""  # noqa: S608 - composed of our own constants
_KNOWN = _KNOWN.replace(" kind, rank,", " placed.kind, rank,")


async def known_people(connection: Connection, force_id: int, on: date) -> dict[str, Known]:
    """Return what is recorded on a day of everyone who has, or had, a payroll number of a force, by that number."""
    rows = await connection.fetch(_KNOWN, force_id, on)
    return {row["payroll"]: _known(row) for row in rows}


async def held_collars(connection: Connection, force_id: int, on: date) -> dict[str, int]:
    """Return who holds which collar number of a force on a day or later."""
    rows = await connection.fetch(
        """SELECT value, person_id FROM people.identifier WHERE force_id = $1 AND scheme = 'collar'
              AND superseded_at IS NULL AND coalesce(valid_until >= $2, true) ORDER BY valid_from DESC""",
        force_id, on,
    )  # fmt: skip
    return {row["value"]: row["person_id"] for row in rows}


async def used_numbers(connection: Connection, force_id: int) -> frozenset[tuple[str, str]]:
    """Return every number that anybody of a force has or had: its holder before keeps the days before."""
    rows = await connection.fetch(
        "SELECT DISTINCT scheme, value FROM people.identifier WHERE force_id = $1 AND superseded_at IS NULL",
        force_id,
    )
    return frozenset((row["scheme"], row["value"]) for row in rows)


async def in_post_without(connection: Connection, force_id: int, on: date, payrolls: Sequence[str]) -> int:
    """Count who is in post in a force on a day and not among some payroll numbers."""
    return int(
        await connection.fetchval(
            f"""SELECT count(DISTINCT post.person_id) FROM people.post
                 WHERE force_id = $1 AND {_CURRENT}
                   AND NOT EXISTS (SELECT FROM people.identifier
                                    WHERE identifier.person_id = post.person_id AND identifier.force_id = $1
                                      AND scheme = 'payroll' AND value = ANY($3) AND identifier.superseded_at IS NULL)
            """,  # noqa: S608
            force_id, on, list(payrolls),
        )
    )  # fmt: skip


def _known(row: Record) -> Known:
    collar = Number(row["collar_id"], row["collar"], row["collar_from"]) if row["collar_id"] else None
    line = HeldLine(row["line_id"], row["supervisor_id"], row["line_from"]) if row["line_id"] else None
    away = row["absence_id"]
    return Known(
        person_id=row["person_id"],
        family_name=row["family_name"],
        given_names=row["given_names"],
        known_as=row["known_as"],
        email=row["email"],
        joined_on=row["joined_on"],
        payroll=Number(row["payroll_id"], row["payroll"], row["payroll_from"]) if row["is_current"] else None,
        collar=collar,
        post=_post(row) if row["post_id"] else None,
        line=line,
        absence=HeldAbsence(away, AbsenceKind(row["absence"]), row["absence_from"]) if away else None,
        last_post_ended_on=row["ended_on"],
        has_later=row["has_later"],
    )


def _post(row: Record) -> HeldPost:
    return HeldPost(
        id=row["post_id"],
        force_id=row["force_id"],
        unit=row["unit"],
        kind=Kind(row["kind"]),
        rank=Rank(row["rank"]) if row["rank"] else None,
        rank_basis=RankBasis(row["rank_basis"]),
        job_title=row["job_title"],
        profiles=tuple(sorted(row["profiles"])),
        fte_hundredths=row["fte"],
        valid_from=row["post_from"],
    )
