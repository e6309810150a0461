"""Which providers does a force have, what may each deliver until when, and which evidence is in doubt?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch
from foundation.problems import NotFoundError
from passport.policy.facts import policy_for
from passport.providers.rules import Answer

MOST = 200

# A provider that never was licensed for something is under no licence; one whose licence has ended is in doubt.
_DOUBTED = """(provider_id IS NOT NULL
    AND EXISTS (SELECT FROM passport.provider_licence AS ended WHERE ended.provider_id = evidence.provider_id
                   AND ended.requirement_id = evidence.requirement_id AND ended.valid_until < completed_on
                   AND ended.recorded_at <= {by} AND coalesce(ended.ended_at <= {by}, true))
    AND NOT EXISTS (SELECT FROM passport.provider_licence AS held WHERE held.provider_id = evidence.provider_id
                       AND held.requirement_id = evidence.requirement_id AND held.valid_from <= completed_on
                       AND held.recorded_at <= {by}
                       AND (coalesce(held.valid_until >= completed_on, true) OR held.ended_at > {by}))
    AND coalesce((SELECT answer FROM passport.doubt_answer WHERE evidence_id = evidence.id AND answered_at <= {by}
                   ORDER BY id DESC LIMIT 1), '') <> 'confirmed')"""
_NOW, _THEN = "timestamptz 'infinity'", "coalesce($2, timestamptz 'infinity')"
IN_DOUBT = f"(superseded_at IS NULL AND {_DOUBTED.format(by=_NOW)})"


@dataclass(frozen=True, slots=True)
class Licence:
    """What a provider may deliver, from a day through a day."""

    id: int
    requirement: str
    title: str
    since: date
    until: date | None
    ended_reason: str | None


@dataclass(frozen=True, slots=True)
class Provider:
    """Who delivers training for a force."""

    id: int
    force_id: int
    name: str
    licences: tuple[Licence, ...]
    doubts: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Evidence that a provider delivered after its licence had ended; `answer` is what was said of it last."""

    evidence_id: int
    person_id: int
    national_id: str
    name: str
    provider: str
    force_id: int
    requirement: str
    title: str
    completed_on: date
    answer: Answer | None
    reason: str | None


_PROVIDERS = f"""
SELECT provider.id, provider.force_id, provider.name,
       ARRAY(SELECT (licence.id, code, valid_from, valid_until, ended_reason) FROM passport.provider_licence AS licence
               JOIN passport.requirement ON requirement.id = requirement_id
              WHERE licence.provider_id = provider.id ORDER BY valid_from DESC, licence.id) AS licences,
       (SELECT count(*) FROM passport.evidence WHERE evidence.provider_id = provider.id AND {IN_DOUBT}) AS doubts
  FROM passport.provider WHERE provider.force_id = ANY($1::smallint[])
"""  # noqa: S608 - our own condition
_DOUBTS = f"""
SELECT evidence.id AS evidence_id, evidence.person_id, person.national_id,
       coalesce(person.known_as, person.given_names) || ' ' || person.family_name AS name, provider.name AS provider,
       provider.force_id, requirement.code AS requirement, completed_on, answered.answer, answered.reason
  FROM passport.evidence JOIN passport.provider ON provider.id = evidence.provider_id
  JOIN people.person ON person.id = evidence.person_id
  JOIN passport.requirement ON requirement.id = evidence.requirement_id
  LEFT JOIN LATERAL (SELECT answer, reason FROM passport.doubt_answer WHERE evidence_id = evidence.id
                      ORDER BY doubt_answer.id DESC LIMIT 1) AS answered ON true
 WHERE provider.force_id = ANY($1::smallint[]) AND {IN_DOUBT}
"""  # noqa: S608 - our own condition


async def providers_of(force_ids: Collection[int]) -> Sequence[Provider]:
    """Return the providers of some forces, by name."""
    rows = await fetch(f"{_PROVIDERS} ORDER BY provider.name", sorted(force_ids))
    return [await _provider(row) for row in rows]


async def provider_of(force_ids: Collection[int], provider_id: int) -> Provider:
    """Return one provider.

    :raises NotFoundError: there is none, or it is another force's.
    """
    rows = await fetch(f"{_PROVIDERS} AND provider.id = $2", sorted(force_ids), provider_id)
    if not rows:
        raise NotFoundError
    return await _provider(rows[0])


async def doubts_in(force_ids: Collection[int], *, evidence_id: int | None = None) -> Sequence[Doubt]:
    """Return what is in doubt in some forces, those without an answer first, then by day; 200 at most."""
    rows = await fetch(
        f"""{_DOUBTS} AND ($2::bigint IS NULL OR evidence.id = $2)
             ORDER BY answered.answer IS NOT NULL, completed_on, evidence.id LIMIT {MOST}""",
        sorted(force_ids),
        evidence_id,
    )
    return [await _doubt(row) for row in rows]


async def in_doubt(person_id: int) -> frozenset[int]:
    """Return the numbers of somebody's evidence that is in doubt."""
    rows = await fetch(f"SELECT id FROM passport.evidence WHERE person_id = $1 AND {IN_DOUBT}", person_id)  # noqa: S608
    return frozenset(row["id"] for row in rows)


async def doubted(evidence_ids: Collection[int], *, known: datetime | None = None) -> frozenset[int]:
    """Return the numbers of those records that are in doubt, or were by what was known at an instant."""
    rows = await fetch(
        f"SELECT id FROM passport.evidence WHERE id = ANY($1) AND {_DOUBTED.format(by=_THEN)}",  # noqa: S608 - our own condition
        sorted(evidence_ids),
        known,
    )
    return frozenset(row["id"] for row in rows)


async def _provider(row: Record) -> Provider:
    titles = await _titles(row["force_id"])
    licences = tuple(
        Licence(number, code, titles.get(code, code), since, until, reason)
        for number, code, since, until, reason in row["licences"]
    )
    return Provider(row["id"], row["force_id"], row["name"], licences, row["doubts"])


async def _doubt(row: Record) -> Doubt:
    told = {**dict(row.items()), "answer": Answer(row["answer"]) if row["answer"] else None}
    titles = await _titles(row["force_id"])
    return Doubt(**told, title=titles.get(row["requirement"], row["requirement"]))


async def _titles(force_id: int) -> dict[str, str]:
    return {asked.code: asked.title for asked in (await policy_for(force_id, today())).requirements}
