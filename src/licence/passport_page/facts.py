"""What is recorded of a person for their passport, all of it as of one instant?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec
from asyncpg import Record

from foundation.database import fetch, fetch_one
from licence.passport_page.judged import Evidence
from licence.passport_page.story import Transition
from licence.passport_page.view import Holder, Passport
from licence.standing.added_up import Bring, with_hours_if_added_up
from licence.standing.decisions import Because, Reason, Standing
from licence.standing.facts import MARK_AT, OF_ONE, Read
from licence.standing.policies import in_force, post_on
from licence.standing.rules import decide
from passport.policy.rules import LicencePolicy
from passport.providers.facts import doubted
from people.persons.facts import PersonNotFoundError

FACTS_COLUMNS = 21
"""So many columns the statement of the facts has; those of the passport follow them."""

# Evidence that stands lies in two partial indexes, and what was superseded in a third: asked for in one breath, the
# whole table would be read instead.
_STANDING = ("superseded_at IS NULL AND is_verified", "superseded_at IS NULL AND NOT is_verified")
_STOOD = (
    *(f"{arm} AND recorded_at <= $2" for arm in _STANDING),
    "superseded_at IS NOT NULL AND recorded_at <= $2 AND superseded_at > $2",
)
_COLUMNS = "id AS number, requirement_id, completed_on, is_verified, hours, source, reference, recorded_at, provider_id"


def _evidence(arms: Iterable[str]) -> str:
    records = " UNION ALL ".join(
        f"SELECT {_COLUMNS} FROM passport.evidence WHERE person_id = $1 AND {arm}"  # noqa: S608 - our own names
        for arm in arms
    )
    return f"""(
SELECT json_agg(json_build_array(requirement_id, code, completed_on, is_verified, hours, source, reference, recorded_at,
                                  number, provider_id) ORDER BY completed_on DESC, code)
  FROM ({records}) AS record JOIN passport.requirement ON requirement.id = requirement_id)::text"""  # noqa: S608


def _statement(facts: str, arms: Iterable[str], kept: str, day: str) -> str:
    """Return one statement for all that a passport shows, so that all of it stands as of one instant."""
    return f"""
SELECT known.*, person.national_id, coalesce(person.known_as, person.given_names) || ' ' || person.family_name,
       {_evidence(arms)},
       (SELECT json_agg(json_build_object('before', from_standing, 'after', to_standing, 'effective_on', effective_on,
                                          'because', because, 'cause', cause, 'policy_version', policy_version,
                                          'recorded_at', recorded_at) ORDER BY id)
          FROM licence.transition WHERE person_id = $1 AND {kept})::text,
       (SELECT json_object_agg(named.force_id, named.name)
          FROM (SELECT DISTINCT ON (force_id) force_id, name FROM people.force_name
                 WHERE force_id IN (SELECT force_id FROM people.post WHERE person_id = $1)
                 ORDER BY force_id, valid_from <= {day} DESC, abs(valid_from - {day})) AS named)::text
  FROM ({facts}) AS known CROSS JOIN people.person WHERE person.id = $1"""  # noqa: S608 - our own names


PASSPORT_NOW = {one: _statement(facts.now, _STANDING, "true", "$2::date") for one, facts in OF_ONE.items()}
# What was kept is told as it was known, too: a passport as known at an instant knows nothing later.
PASSPORT_AT = {
    one: _statement(facts.then, _STOOD, "recorded_at <= $2", "$3::date") for one, facts in OF_ONE.items()
}


class _Reason(msgspec.Struct):
    reason: Reason
    requirement: str | None = None
    since: date | None = None
    until: date | None = None


class _Kept(msgspec.Struct):
    before: Standing | None
    after: Standing
    effective_on: date
    because: list[_Reason]
    cause: str
    policy_version: int
    recorded_at: datetime


_RECORDS: msgspec.json.Decoder[tuple[Evidence, ...]] = msgspec.json.Decoder(tuple[Evidence, ...])
_KEPT: msgspec.json.Decoder[list[_Kept]] = msgspec.json.Decoder(list[_Kept])
_NAMES: msgspec.json.Decoder[dict[int, str]] = msgspec.json.Decoder(dict[int, str])


async def passport_of(
    person_id: int, on: date, *, is_reader: bool, known: datetime | None = None
) -> Passport:
    """Return a person's passport for a day, as known now or at an instant: one statement, whatever there is.

    :raises PersonNotFoundError: there is nobody of that number.
    """

    async def ask(bring: Bring) -> Sequence[Record]:
        if known is None:
            return await fetch(PASSPORT_NOW[bring], person_id, on)
        return await fetch(PASSPORT_AT[bring], person_id, known, on)

    rows = await with_hours_if_added_up(ask, mark_at=MARK_AT)
    if not rows:
        raise PersonNotFoundError
    row = rows[0]
    national_id, name, evidence, kept, forces = row[FACTS_COLUMNS:]
    read = Read(rows)
    governing = await in_force(read.policy_mark)
    facts = read.facts(governing.force_duties)[person_id]
    policy, post = governing.of(facts, on), post_on(facts, on)
    return Passport(
        holder=Holder(name, national_id, _NAMES.decode(forces)[post.force_id] if post else None, is_reader),
        facts=facts,
        policy=policy,
        decision=decide(facts, policy, on),
        evidence=await _records(evidence, known),
        transitions=_transitions(kept, policy),
        known=known,
    )


async def evidence_of(person_id: int, *, known: datetime | None = None) -> tuple[Evidence, ...]:
    """Return every record that a person met something, newest first; superseded ones only as known while they stood."""
    values = (person_id,) if known is None else (person_id, known)
    row = await fetch_one(f"SELECT {_evidence(_STANDING if known is None else _STOOD)}", *values)
    return await _records(row[0] if row else None, known)


async def _records(told: str | None, known: datetime | None) -> tuple[Evidence, ...]:
    """Read records; where a provider delivered any, ask which of them are in doubt."""
    records = _RECORDS.decode(told) if told else ()
    delivered = [one.number for one in records if one.provider_id is not None]
    if not delivered:
        return records
    in_doubt = await doubted(delivered, known=known)
    return tuple([one._replace(is_in_doubt=one.number in in_doubt) for one in records])


def _transitions(told: str | None, policy: LicencePolicy) -> tuple[Transition, ...]:
    numbers = {asked.code: asked.id for asked in policy.requirements}
    return tuple(_transition(kept, numbers) for kept in _KEPT.decode(told)) if told else ()


def _transition(kept: _Kept, numbers: Mapping[str, int]) -> Transition:
    return Transition(
        before=kept.before,
        after=kept.after,
        effective_on=kept.effective_on,
        because=tuple(
            Because(one.reason, numbers.get(one.requirement or ""), one.since, one.until)
            for one in kept.because
        ),
        cause=kept.cause,
        policy_version=kept.policy_version,
        recorded_at=kept.recorded_at,
    )
