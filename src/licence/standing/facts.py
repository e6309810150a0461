"""What is known of people for a decision on their licences, now or as known at an instant?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, cast
from uuid import UUID

from asyncpg import Connection, Record

from foundation.database import DATABASE, connection, transaction
from licence.standing.added_up import HOURS, Bring, with_hours_if_added_up
from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    LicenceFacts,
    Post,
)
from licence.standing.history import DAY_BITS, NO_COMPLETIONS, NO_HOURS, Completions, Hours, packed
from passport.policy.facts import MARK
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis

# One head and one row a person: each source filters on the ids itself, because the planner does not carry the filter
# across the joins (perf.md), and hands over its rows as columns side by side. What has many columns or rows comes as
# one word or one number a row, which costs a third to gather, send and read: a post's place as one word of which
# there are few, evidence as the numbers that `Completions` is made of, in the order of the covering index. Hours are
# no part of that index: they are read of those requirements only that some version of policy has ever added up.
_FACTS = """
SELECT person_id, person.joined_on, post.starts, post.ends, post.places,
       absence.starts, absence.ends, absence.kinds,
       determination.days, determination.kinds, determination.conditions,
       dispensation.asked, dispensation.kinds, dispensation.starts, dispensation.ends,
       met.completed, awaiting.completed, offer.days, {policy_mark}, {hours_of_each}
  FROM (SELECT id AS person_id, joined_on FROM people.person WHERE id {among}) AS person
  LEFT JOIN (SELECT {whose} array_agg(valid_from) AS starts, array_agg(valid_until) AS ends,
                    array_agg(kind || chr(30) || coalesce(rank, '') || chr(30) || rank_basis || chr(30) || force_id
                              || chr(30) || coalesce(unit_id::text, '') || chr(30) || array_to_string(profiles, chr(31))
                              || chr(30) || coalesce((SELECT name FROM people.unit WHERE unit.id = unit_id), '')) AS places
               FROM people.post WHERE person_id {among} AND {known} {gathered}) AS post {matched}
  LEFT JOIN (SELECT {whose} array_agg(valid_from) AS starts, array_agg(valid_until) AS ends, array_agg(kind) AS kinds
               FROM people.absence WHERE person_id {among} AND {known} {gathered}) AS absence {matched}
  LEFT JOIN (SELECT {whose} array_agg(effective_on) AS days, array_agg(kind) AS kinds,
                    array_agg(condition) AS conditions
               FROM licence.determination WHERE person_id {among} AND {known} {gathered}) AS determination {matched}
  LEFT JOIN (SELECT {whose} array_agg(requirement_id) AS asked, array_agg(kind) AS kinds,
                    array_agg(valid_from) AS starts, array_agg(valid_until) AS ends
               FROM passport.dispensation WHERE person_id {among} AND {known} {gathered}) AS dispensation {matched}
  LEFT JOIN ({evidence_met}) AS met {matched}
  LEFT JOIN ({evidence_awaiting}) AS awaiting {matched}
  LEFT JOIN (SELECT {whose} array_agg(offered_on) AS days
               FROM (SELECT person_id, offered_on FROM people.check_offered
                      WHERE person_id {among} AND {offer_known} ORDER BY person_id, offered_on DESC) AS ordered
              {gathered}) AS offer {matched}{hours}
"""

_EVIDENCE = """SELECT {whose} array_agg(requirement_id::bigint << {bits} | date '9999-12-31' - completed_on) AS completed
      FROM (SELECT person_id, requirement_id, completed_on FROM passport.evidence
             WHERE person_id {among} AND {known} AND {verified}
             ORDER BY person_id, requirement_id, completed_on DESC) AS ordered {gathered}"""

_OF_MANY = {
    "among": "= ANY($1)",
    "whose": "person_id,",
    "gathered": "GROUP BY person_id",
    "matched": "USING (person_id)",
}
# One person is asked about by `= $1`: its plan is made once and kept, whereas for `= ANY` of one the planner always
# hopes for better and takes five times as long to plan as the answer takes. Each source is a single row then, which
# has not to be gathered from others' and matched: that spares a sixth.
_OF_ONE = {"among": "= $1", "whose": "", "gathered": "", "matched": "ON true"}


def _statement(of: Mapping[str, str], known: str, offer_known: str, bring: Bring) -> str:
    def evidence(verified: str) -> str:
        return _EVIDENCE.format(**of, known=known, verified=verified, bits=DAY_BITS)

    return _FACTS.format(
        **of,
        known=known,
        offer_known=offer_known,
        policy_mark=MARK,
        evidence_met=evidence("is_verified"),
        evidence_awaiting=evidence("NOT is_verified"),
        hours_of_each="hours.done, hours.awaiting" if bring is Bring.HOURS else "NULL, NULL",
        hours=HOURS.format(**of, known=known) if bring is Bring.HOURS else "",
    )


_NOW = ("superseded_at IS NULL", "true")
_THEN = ("recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)", "recorded_at <= $2")

MARK_AT = 18
"""The place of the policy's mark in a row."""


class Statements(NamedTuple):
    """What asks for people's facts as known now, and as known at an instant."""

    now: str
    then: str


def _statements(of: Mapping[str, str], bring: Bring) -> Statements:
    return Statements(_statement(of, *_NOW, bring), _statement(of, *_THEN, bring))


# Each without hours and with them: where no policy adds any up, nobody pays for it.
OF_MANY = {bring: _statements(_OF_MANY, bring) for bring in Bring}
OF_ONE = {bring: _statements(_OF_ONE, bring) for bring in Bring}
AS_KNOWN_NOW = OF_MANY[Bring.DAYS].now

_KINDS = {str(kind): kind for kind in Kind}
_RANKS: dict[str, Rank | None] = {"": None, **{str(rank): rank for rank in Rank}}
_BASES = {str(basis): basis for basis in RankBasis}
_ABSENCES = {str(kind): kind for kind in AbsenceKind}
_DETERMINATIONS = {str(kind): kind for kind in DeterminationKind}
_DISPENSATIONS = {str(kind): kind for kind in DispensationKind}


async def facts_of(
    person_ids: Sequence[int], *, known: datetime | None = None, offers_meet: Collection[int] = ()
) -> dict[int, LicenceFacts]:
    """Return what is known of each person, for every day: one statement, one row a person.

    `known` is an instant: what was recorded by then, and not yet superseded. `offers_meet` are the requirements that
    are the force's duty and that its offers of a wellbeing check meet.
    """
    return (await read(person_ids, known)).facts(offers_meet)


@dataclass(frozen=True, slots=True)
class Read:
    """The rows that were read of people; `policy_mark` names the policy of the same instant."""

    rows: Sequence[Record]

    @property
    def policy_mark(self) -> UUID | None:
        """Return the mark that was read beside the facts, so that nobody has to ask whether the policy has changed."""
        return self.rows[0][MARK_AT] if self.rows else None

    def facts(self, offers_meet: Collection[int]) -> dict[int, LicenceFacts]:
        """Return what is known of each person, when it has been seen which requirements the force's offers meet."""
        meets = tuple(sorted(offers_meet))
        return {facts.person_id: facts for facts in _shaped(self.rows, meets)}


async def read(person_ids: Sequence[int], known: datetime | None = None) -> Read:
    """Read what is known of people, as `facts_of` does."""

    async def ask(bring: Bring) -> Sequence[Record]:
        return await _rows(person_ids, known, bring)

    return Read(await with_hours_if_added_up(ask, mark_at=MARK_AT))


async def _rows(person_ids: Sequence[int], known: datetime | None, bring: Bring) -> Sequence[Record]:
    if len(person_ids) == 1:
        async with connection() as lent:
            return await _asked(lent, OF_ONE[bring], person_ids[0], known)
    of_many = OF_MANY[bring]
    running = DATABASE.current_transaction.get()
    if running is not None:
        return await _asked_of_many(cast("Connection", running.connection), of_many, person_ids, known)
    async with transaction() as own:
        return await _asked_of_many(own, of_many, person_ids, known)


async def _asked_of_many(
    own: Connection, statements: Statements, person_ids: Sequence[int], known: datetime | None
) -> Sequence[Record]:
    # A plan for a list of any length believes in ten people, and would join thousands row by row for minutes; a plan
    # for this very list takes longer to make than to follow. Without joins row by row the one plan is good at any
    # length: every source comes in the order of its people, and is merged (traps P17).
    await own.execute("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_nestloop = off")
    rows = await _asked(own, statements, person_ids, known)
    await own.execute("SET LOCAL plan_cache_mode = auto; SET LOCAL enable_nestloop = on")
    return rows


async def _asked(
    lent: Connection, statements: Statements, whom: int | Sequence[int], known: datetime | None
) -> Sequence[Record]:
    if known is None:
        return await lent.fetch(statements.now, whom)
    return await lent.fetch(statements.then, whom, known)


def _shaped(rows: Sequence[Record], offers_meet: tuple[int, ...]) -> Iterator[LicenceFacts]:
    for row in rows:
        met, offers = row[15], row[17]
        if offers and offers_meet:
            met = _with_offers(met, offers, offers_meet)
        yield LicenceFacts(
            row[0],
            row[1],
            _posts(*row[2:5]) if row[2] else (),
            _absences(*row[5:8]) if row[5] else (),
            _determinations(*row[8:11]) if row[8] else (),
            _dispensations(*row[11:15]) if row[11] else (),
            Completions(met) if met else NO_COMPLETIONS,
            Completions(row[16]) if row[16] else NO_COMPLETIONS,
            _hours(row[19]) if row[19] else NO_HOURS,
            _hours(row[20]) if row[20] else NO_HOURS,
        )


def _hours(spent: Sequence[int]) -> Hours:
    return Hours(tuple(sorted(spent)))


def _posts(starts: Sequence[date], ends: Sequence[date | None], places: Sequence[str]) -> tuple[Post, ...]:
    return tuple(
        [
            Post(Period(start, end), *_place(place))
            for start, end, place in zip(starts, ends, places, strict=True)
        ]
    )


@lru_cache(maxsize=65536)
def _place(
    joined: str,
) -> tuple[Kind, Rank | None, RankBasis, frozenset[str], int, int | None, str | None]:
    """Return a post's place from the one word that the statement makes of it: few places serve a whole force."""
    kind, rank, basis, force_id, unit_id, profiles, unit = joined.split("\x1e", 6)
    return (
        _KINDS[kind],
        _RANKS[rank],
        _BASES[basis],
        frozenset(profiles.split("\x1f")) if profiles else frozenset(),
        int(force_id),
        int(unit_id) if unit_id else None,
        unit or None,
    )


def _absences(
    starts: Sequence[date], ends: Sequence[date | None], kinds: Sequence[str]
) -> tuple[Absence, ...]:
    return tuple(
        [
            Absence(Period(start, end), _ABSENCES[kind])
            for start, end, kind in zip(starts, ends, kinds, strict=True)
        ]
    )


def _determinations(
    days: Sequence[date], kinds: Sequence[str], conditions: Sequence[str | None]
) -> tuple[Determination, ...]:
    return tuple(
        [
            Determination(day, _DETERMINATIONS[kind], condition)
            for day, kind, condition in zip(days, kinds, conditions, strict=True)
        ]
    )


def _dispensations(
    asked: Sequence[int], kinds: Sequence[str], starts: Sequence[date], ends: Sequence[date | None]
) -> tuple[Dispensation, ...]:
    return tuple(
        [
            Dispensation(requirement_id, _DISPENSATIONS[kind], Period(start, end))
            for requirement_id, kind, start, end in zip(asked, kinds, starts, ends, strict=True)
        ]
    )


def _with_offers(
    met: Sequence[int] | None, offers: Sequence[date], offers_meet: tuple[int, ...]
) -> Sequence[int]:
    """Count each offer as meeting each of the force's duties, beside what evidence says of them."""
    rows = [*(met or ()), *[packed(duty, day) for duty in offers_meet for day in offers]]
    return sorted(set(rows))
