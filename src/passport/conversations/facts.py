"""How do many people's next conversations stand: when was the last, who is away, and who is above them? No words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Record

from access.identity import Identity
from access.permissions import Permission
from access.roles import Role
from access.scope import scope
from foundation.database import fetch
from passport.conversations.framework import framework
from passport.conversations.rules import Above, Absence, Facts, Next, away, cadence_of, is_away, next_due
from passport.policy.facts import policies_on
from passport.policy.rules import AbsenceRule
from people.posts.rules import AbsenceKind, Kind, Period, Rank


@dataclass(frozen=True, slots=True)
class Stands:
    """A person, where they serve, who is above them, and how their next conversation stands."""

    person_id: int
    national_id: str
    name: str
    force_id: int
    unit_id: int | None
    unit: str | None
    above: Above
    next: Next


_ON_THE_DAY = "superseded_at IS NULL AND valid_from <= $2 AND coalesce(valid_until >= $2, true)"
_LINE = f"""LATERAL (SELECT supervisor_id FROM people.line WHERE line.person_id = {{whose}} AND {_ON_THE_DAY}
                      ORDER BY is_cover DESC LIMIT 1)"""  # noqa: S608 - our own names
_AWAY = """ARRAY(SELECT (kind, valid_from, valid_until) FROM people.absence
                  WHERE absence.person_id = {whose} AND superseded_at IS NULL ORDER BY valid_from)"""
# One row a person in post; service is unbroken as long as one post follows the other.
_STANDS = f"""
SELECT post.person_id, person.national_id,
       coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name,
       post.force_id, post.unit_id, unit.name AS unit, post.kind, post.rank,
       (SELECT max(first.valid_from) FROM people.post AS first
         WHERE first.person_id = post.person_id AND first.superseded_at IS NULL AND first.valid_from <= $2
           AND NOT EXISTS (SELECT FROM people.post AS before
                            WHERE before.person_id = first.person_id AND before.superseded_at IS NULL
                              AND before.valid_from < first.valid_from
                              AND coalesce(before.valid_until >= first.valid_from - 1, true))) AS serves_since,
       (SELECT max(held_on) FROM passport.conversation
         WHERE conversation.person_id = post.person_id AND held_on <= $2) AS held_on,
       {_AWAY.format(whose="post.person_id")} AS absences,
       led.supervisor_id, above.supervisor_id AS above_id,
       EXISTS (SELECT FROM people.post WHERE post.person_id = led.supervisor_id AND {_ON_THE_DAY}) AS is_in_post,
       {_AWAY.format(whose="led.supervisor_id")} AS supervisors_absences
  FROM people.post JOIN people.person ON person.id = post.person_id
  LEFT JOIN people.unit ON unit.id = post.unit_id
  LEFT JOIN {_LINE.format(whose="post.person_id")} AS led ON true
  LEFT JOIN {_LINE.format(whose="led.supervisor_id")} AS above ON true
 WHERE post.person_id = ANY($1) AND post.superseded_at IS NULL
   AND post.valid_from <= $2 AND coalesce(post.valid_until >= $2, true)
 ORDER BY post.person_id
"""  # noqa: S608 - our own names
_BELOW = f"""
SELECT line.person_id FROM people.line
 WHERE {_ON_THE_DAY} AND supervisor_id = ANY(ARRAY(
           SELECT line.person_id FROM people.line WHERE supervisor_id = $1 AND {_ON_THE_DAY}))
   AND line.person_id <> $1
"""  # noqa: S608 - our own names
_WITHIN = """
SELECT subject.person_id FROM people.directory AS subject
 WHERE subject.force_id = ANY($3::smallint[]) AND ($9::int IS NULL OR subject.unit_id = $9) AND {condition}
"""


async def standing_of(person_ids: Collection[int], on: date) -> Mapping[int, Stands]:
    """Return how many people's next conversations stand on a day; those who hold no post then are left out."""
    rows = await fetch(_STANDS, sorted(person_ids), on)
    policies = await policies_on(on) if rows else {}
    cadences = {force: cadence_of(policy) for force, policy in policies.items()}
    asked = framework().asked
    found = {}
    for row in rows:
        cadence = cadences[row["force_id"]]
        next_one = next_due(_facts(row), cadence, asked, on)
        found[row["person_id"]] = Stands(
            person_id=row["person_id"],
            national_id=row["national_id"],
            name=row["name"],
            force_id=row["force_id"],
            unit_id=row["unit_id"],
            unit=row["unit"],
            above=_above(row, cadence.absences, on),
            next=next_one,
        )
    return found


async def below_reports(supervisor_id: int, on: date) -> Sequence[int]:
    """Return whom a person's reports supervise on a day, who do not report to the person themselves."""
    direct = await fetch(f"SELECT person_id FROM people.line WHERE supervisor_id = $1 AND {_ON_THE_DAY}", supervisor_id, on)  # noqa: S608 # fmt: skip
    rows = await fetch(_BELOW, supervisor_id, on)
    return sorted({row["person_id"] for row in rows} - {row["person_id"] for row in direct})


async def within_reach(identity: Identity, unit_id: int | None, on: date) -> Sequence[int]:
    """Return whose standing a granted role reaches, in its force or its unit."""
    reach = scope(identity, Permission.CONVERSATION_STATUS)
    rows = await fetch(_WITHIN.format(condition=reach.CONDITION), *reach.values, on, unit_id)
    return [row["person_id"] for row in rows]


async def in_post(after: int, limit: int, on: date) -> Sequence[int]:
    """Return the numbers of people in post on a day, in order, beyond one."""
    rows = await fetch(
        f"SELECT DISTINCT person_id FROM people.post WHERE person_id > $1 AND {_ON_THE_DAY} ORDER BY 1 LIMIT $3",  # noqa: S608
        after,
        on,
        limit,
    )
    return [row["person_id"] for row in rows]


async def leads_on(on: date) -> Mapping[tuple[int, int | None], frozenset[int]]:
    """Return who leads each force, or one unit of it, on a day."""
    rows = await fetch(
        """SELECT force_id, unit_id, array_agg(person_id) AS leads FROM access.role_grant
            WHERE role = $1 AND valid_from <= $2 AND coalesce(valid_until >= $2, true) AND ended_at IS NULL
              AND (approved_at IS NOT NULL OR NOT needs_approval)
            GROUP BY force_id, unit_id""",
        Role.FORCE_LEAD,
        on,
    )
    return {(row["force_id"], row["unit_id"]): frozenset(row["leads"]) for row in rows}


def _facts(row: Record) -> Facts:
    return Facts(
        person_id=row["person_id"],
        kind=Kind(row["kind"]),
        rank=Rank(row["rank"]) if row["rank"] else None,
        serves_since=row["serves_since"],
        held_on=row["held_on"],
        absences=_absences(row["absences"]),
    )


def _above(row: Record, rules: Sequence[AbsenceRule], on: date) -> Above:
    spans = away(_absences(row["supervisors_absences"]), rules)
    return Above(row["supervisor_id"], row["is_in_post"], is_away(spans, on), row["above_id"])


def _absences(rows: Sequence[tuple[str, date, date | None]]) -> Sequence[Absence]:
    return [Absence(AbsenceKind(kind), Period(since, until)) for kind, since, until in rows]
