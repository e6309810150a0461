"""What does a force's mapping say, which statements wait for somebody, and whose is an account?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Connection, Record

from foundation.database import fetch, fetch_one
from passport.statements.mapping import NONE, StatementMapping, mapping_of
from passport.statements.rules import Account, Mapped, Numbers, Outcome, Said

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class HeldMapping:
    """A mapping that somebody made on the page."""

    id: int
    mapped: Mapped
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A verb of an activity that nothing is mapped for, and how many statements say so."""

    verb: str
    activity: str | None
    statements: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Nameless:
    """An account that is nobody's we know, or whose statements make no sense, and how many there are."""

    actor: str
    outcome: Outcome
    statements: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody's answer: at most fifty of each, those most often said first."""

    unmapped: tuple[Unmapped, ...]
    nameless: tuple[Nameless, ...]


async def mapping_for(force_id: int) -> StatementMapping:
    """Return what a force maps: its page first, then its file; the first to speak of a verb and an activity prevails.

    :raises MappingError: the file cannot be used.
    """
    slug = await fetch_one("SELECT slug FROM people.force WHERE id = $1", force_id)
    written = mapping_of(slug["slug"]) if slug else NONE
    held = tuple(one.mapped for one in await mappings_of(force_id))
    return StatementMapping(written.accounts, (*held, *written.activities))


async def mappings_of(force_id: int) -> Sequence[HeldMapping]:
    """Return what was mapped on a force's page, the latest first."""
    rows = await fetch(
        """SELECT held.id, activity, verb, requirement.code AS requirement, needs_success, least_score, hours, held.recorded_at,
                  coalesce(known_as, given_names) || ' ' || family_name AS recorded_by
             FROM passport.statement_mapping AS held JOIN people.person ON person.id = recorded_by
             LEFT JOIN passport.requirement ON requirement.id = requirement_id
            WHERE force_id = $1 AND ended_at IS NULL ORDER BY held.id DESC""",
        force_id,
    )
    return [HeldMapping(row["id"], _mapped(row), row["recorded_by"], row["recorded_at"]) for row in rows]


def _mapped(row: Record) -> Mapped:
    return Mapped(
        row["activity"],
        row["verb"],
        row["requirement"],
        row["needs_success"],
        row["least_score"],
        row["hours"],
    )


async def waiting(force_id: int) -> Waiting:
    """Return what waits for an answer in a force."""
    unmapped = await fetch(
        """SELECT verb, activity, count(*) AS statements, max(stored_at) AS last_at FROM passport.statement
            WHERE force_id = $1 AND outcome = 'nothing' GROUP BY verb, activity
            ORDER BY count(*) DESC, verb, activity LIMIT $2""",
        force_id,
        MOST_SHOWN,
    )
    nameless = await fetch(
        """SELECT actor, outcome, count(*) AS statements, max(stored_at) AS last_at FROM passport.statement
            WHERE force_id = $1 AND outcome IN ('nobody', 'impossible') GROUP BY actor, outcome
            ORDER BY count(*) DESC, actor LIMIT $2""",
        force_id,
        MOST_SHOWN,
    )
    return Waiting(
        tuple(Unmapped(*row) for row in unmapped),
        tuple(
            Nameless(row["actor"], Outcome(row["outcome"]), row["statements"], row["last_at"])
            for row in nameless
        ),
    )


_BY_NUMBER = """
SELECT DISTINCT person_id FROM people.identifier
 WHERE force_id = $1 AND value = $2 AND scheme = ANY($3) AND superseded_at IS NULL
   AND valid_from <= $4 AND coalesce(valid_until >= $4, true)
"""
_IN_THE_FORCE = """
SELECT person.id FROM people.person
 WHERE {whom} AND EXISTS (SELECT FROM people.post WHERE post.person_id = person.id AND post.force_id = $1
       AND superseded_at IS NULL AND valid_from <= $3 AND coalesce(valid_until >= $3, true))
"""
_SCHEMES: Mapping[Numbers, tuple[str, ...]] = {
    Numbers.PAYROLL: ("payroll",),
    Numbers.COLLAR: ("collar",),
    Numbers.ANY: ("payroll", "collar"),
    Numbers.NATIONAL: (),
}


async def person_of(
    reading: Connection, force_id: int, said: Said, accounts: Mapping[str, Numbers], *, on: date
) -> int | None:
    """Return who did it: whoever somebody named, or who had the account's number, or the mailbox, in the force on the day.

    None where it is nobody, or several.
    """
    named: int | None = await reading.fetchval(
        """SELECT person_id FROM passport.statement_actor
            WHERE force_id = $1 AND md5(actor) = md5($2) AND actor = $2 AND ended_at IS NULL""",
        force_id,
        said.actor,
    )
    if named is not None:
        return named
    found: set[int] = set()
    if said.mailbox is not None:
        address = said.mailbox.removeprefix("mailto:")
        rows = await reading.fetch(_IN_THE_FORCE.format(whom="lower(email) = $2"), force_id, address, on)
        found |= {row["id"] for row in rows}
    if said.account is not None and said.account.home_page in accounts:
        found |= await _by_account(reading, force_id, said.account, accounts[said.account.home_page], on=on)
    return found.pop() if len(found) == 1 else None


async def _by_account(
    reading: Connection, force_id: int, account: Account, numbers: Numbers, *, on: date
) -> set[int]:
    rows = await reading.fetch(_BY_NUMBER, force_id, account.name, list(_SCHEMES[numbers]), on)
    found = {row["person_id"] for row in rows}
    if numbers in {Numbers.NATIONAL, Numbers.ANY}:
        rows = await reading.fetch(
            _IN_THE_FORCE.format(whom="national_id = upper($2)"), force_id, account.name, on
        )
        found |= {row["id"] for row in rows}
    return found
