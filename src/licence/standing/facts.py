"""What is known of people for a decision on their licences, now or as known at an instant?"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import cast

from asyncpg import Connection, Record

from foundation.database import DATABASE, connection, transaction
from licence.standing.decisions import (
    NO_COMPLETIONS,
    Absence,
    Completions,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    LicenceFacts,
    Post,
)
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis

FEW = 50
"""Up to so many people one plan, made once, serves them all; for more, the planner is told how many they are."""

# One head and one row a person: each source filters on the ids itself, because the planner does not carry the filter
# across the joins (perf.md), and hands over its rows as columns side by side. The evidence comes in the order of the
# covering index, which is the order that `Completions` asks for.
_FACTS = """
SELECT person.id, person.joined_on,
       post.starts, post.ends, post.kinds, post.ranks, post.bases, post.profiles, post.forces, post.units, post.unit_names,
       absence.starts, absence.ends, absence.kinds,
       determination.days, determination.kinds, determination.conditions,
       dispensation.asked, dispensation.kinds, dispensation.starts, dispensation.ends,
       met.asked, met.days, awaiting.asked, awaiting.days, offer.days
  FROM people.person AS person
  LEFT JOIN (SELECT person_id, array_agg(valid_from) AS starts, array_agg(valid_until) AS ends,
                    array_agg(kind) AS kinds, array_agg(rank) AS ranks, array_agg(rank_basis) AS bases,
                    array_agg(array_to_string(profiles, chr(31))) AS profiles, array_agg(force_id) AS forces,
                    array_agg(unit_id) AS units, array_agg(unit_name) AS unit_names
               FROM people.post LEFT JOIN (SELECT id AS unit_no, name AS unit_name FROM people.unit) AS unit ON unit_no = unit_id
              WHERE person_id = ANY($1) AND {known} GROUP BY person_id) AS post ON post.person_id = person.id
  LEFT JOIN (SELECT person_id, array_agg(valid_from) AS starts, array_agg(valid_until) AS ends, array_agg(kind) AS kinds
               FROM people.absence WHERE person_id = ANY($1) AND {known} GROUP BY person_id) AS absence
            ON absence.person_id = person.id
  LEFT JOIN (SELECT person_id, array_agg(effective_on) AS days, array_agg(kind) AS kinds,
                    array_agg(condition) AS conditions
               FROM licence.determination WHERE person_id = ANY($1) AND {known} GROUP BY person_id) AS determination
            ON determination.person_id = person.id
  LEFT JOIN (SELECT person_id, array_agg(requirement_id) AS asked, array_agg(kind) AS kinds,
                    array_agg(valid_from) AS starts, array_agg(valid_until) AS ends
               FROM passport.dispensation WHERE person_id = ANY($1) AND {known} GROUP BY person_id) AS dispensation
            ON dispensation.person_id = person.id
  LEFT JOIN ({evidence_met}) AS met ON met.person_id = person.id
  LEFT JOIN ({evidence_awaiting}) AS awaiting ON awaiting.person_id = person.id
  LEFT JOIN (SELECT person_id, array_agg(offered_on ORDER BY offered_on DESC) AS days
               FROM wellbeing.published_offer WHERE person_id = ANY($1) AND {offer_known} GROUP BY person_id) AS offer
            ON offer.person_id = person.id
 WHERE person.id = ANY($1)
"""

_EVIDENCE = """SELECT person_id, array_agg(requirement_id) AS asked, array_agg(completed_on) AS days
      FROM (SELECT person_id, requirement_id, completed_on FROM passport.evidence
             WHERE person_id = ANY($1) AND {known} AND {verified}
             ORDER BY person_id, requirement_id, completed_on DESC) AS ordered GROUP BY person_id"""


def _statement(known: str, offer_known: str) -> str:
    return _FACTS.format(
        known=known,
        offer_known=offer_known,
        evidence_met=_EVIDENCE.format(known=known, verified="is_verified"),
        evidence_awaiting=_EVIDENCE.format(known=known, verified="NOT is_verified"),
    )


AS_KNOWN_NOW = _statement("superseded_at IS NULL", "true")
AS_KNOWN_AT = _statement(
    "recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)", "recorded_at <= $2"
)

_KINDS = {str(kind): kind for kind in Kind}
_RANKS: dict[str | None, Rank | None] = {None: None, **{str(rank): rank for rank in Rank}}
_BASES = {str(basis): basis for basis in RankBasis}
_ABSENCES = {str(kind): kind for kind in AbsenceKind}
_DETERMINATIONS = {str(kind): kind for kind in DeterminationKind}
_DISPENSATIONS = {str(kind): kind for kind in DispensationKind}
_PROFILES: dict[str, frozenset[str]] = {"": frozenset()}


async def facts_of(
    person_ids: Sequence[int], *, known: datetime | None = None, offers_meet: Collection[int] = ()
) -> dict[int, LicenceFacts]:
    """Return what is known of each person, for every day: one statement, one row a person.

    `known` is an instant: what was recorded by then, and not yet superseded. `offers_meet` are the requirements that
    are the force's duty and that its offers of a wellbeing check meet.
    """
    rows = await _rows(person_ids, known)
    meets = tuple(sorted(offers_meet))
    return {facts.person_id: facts for facts in _shaped(rows, meets)}


async def _rows(person_ids: Sequence[int], known: datetime | None) -> Sequence[Record]:
    if len(person_ids) <= FEW:
        async with connection() as lent:
            return await _asked(lent, person_ids, known)
    running = DATABASE.current_transaction.get()
    if running is not None:
        return await _asked_of_many(cast("Connection", running.connection), person_ids, known)
    async with transaction() as own:
        return await _asked_of_many(own, person_ids, known)


async def _asked_of_many(
    own: Connection, person_ids: Sequence[int], known: datetime | None
) -> Sequence[Record]:
    # A plan made for a handful joins row by row: with thousands of people it takes minutes instead of milliseconds.
    await own.execute("SET LOCAL plan_cache_mode = force_custom_plan")
    return await _asked(own, person_ids, known)


async def _asked(lent: Connection, person_ids: Sequence[int], known: datetime | None) -> Sequence[Record]:
    if known is None:
        return await lent.fetch(AS_KNOWN_NOW, person_ids)
    return await lent.fetch(AS_KNOWN_AT, person_ids, known)


def _shaped(rows: Sequence[Record], offers_meet: tuple[int, ...]) -> Iterator[LicenceFacts]:
    for row in rows:
        met, offers = _completions(row[21], row[22]), row[25]
        yield LicenceFacts(
            row[0],
            row[1],
            _posts(row[2:11]) if row[2] else (),
            _absences(*row[11:14]) if row[11] else (),
            _determinations(*row[14:17]) if row[14] else (),
            _dispensations(*row[17:21]) if row[17] else (),
            _with_offers(met, offers, offers_meet) if offers else met,
            _completions(row[23], row[24]),
        )


def _posts(columns: Sequence[Sequence[object]]) -> tuple[Post, ...]:
    return tuple(
        [
            Post(
                Period(start, end),
                _KINDS[kind],
                _RANKS[rank],
                _BASES[basis],
                _PROFILES.get(profiles) or _profiles(profiles),
                force_id,
                unit_id,
                unit,
            )
            for start, end, kind, rank, basis, profiles, force_id, unit_id, unit in zip(*columns, strict=True)
        ]
    )


def _profiles(joined: str) -> frozenset[str]:
    """Return the profiles that the statement joined to one word; there are few sets of them, so each is kept."""
    return _PROFILES.setdefault(joined, frozenset(joined.split("\x1f")) if joined else frozenset())


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


def _completions(asked: Sequence[int] | None, days: Sequence[date] | None) -> Completions:
    return Completions(asked, days) if asked and days else NO_COMPLETIONS


def _with_offers(met: Completions, offers: Sequence[date], offers_meet: tuple[int, ...]) -> Completions:
    """Count each offer as meeting the force's duties, without breaking up the days of a requirement."""
    asked, days = list(met.requirement_ids), list(met.days)
    for duty in offers_meet:
        if duty in asked:
            return Completions.of(
                {
                    one: {*met.days_of(one), *(offers if one in offers_meet else ())}
                    for one in {*asked, *offers_meet}
                }
            )
        asked += [duty] * len(offers)
        days += offers
    return Completions(asked, days)
