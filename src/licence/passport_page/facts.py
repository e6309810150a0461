"""What is recorded of a person for their passport, all of it as of one instant?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec
from asyncpg import Record

from foundation.database import fetch, snapshot
from foundation.problems import NotFoundError
from licence.passport_page.judged import Evidence
from licence.passport_page.story import Transition
from licence.passport_page.view import Holder, Passport
from licence.standing.decisions import Because, LicenceFacts, Reason, Standing
from licence.standing.facts import facts_of
from licence.standing.policies import post_on
from licence.standing.rules import decide
from passport.policy.facts import book
from passport.policy.rules import Duty, LicencePolicy
from people.forces.facts import force_on
from people.persons.facts import NamedPerson
from people.records import as_known

_EVIDENCE = f"""
SELECT requirement_id, requirement.code, completed_on, is_verified, hours::float8 AS hours, source, reference, recorded_at
  FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
 WHERE person_id = $1 AND {as_known("$2")}
 ORDER BY completed_on DESC, requirement.code
"""  # noqa: S608 - our own names

# What was kept is told as it was known, too: a passport as known at an instant knows nothing later.
_TRANSITIONS = """
SELECT from_standing, to_standing, effective_on, because::text AS because, cause, policy_version, recorded_at
  FROM licence.transition WHERE person_id = $1 AND ($2::timestamptz IS NULL OR recorded_at <= $2) ORDER BY id
"""


class _Reason(msgspec.Struct):
    reason: Reason
    requirement: str | None = None
    since: date | None = None
    until: date | None = None


async def passport_of(
    person: NamedPerson, on: date, *, is_reader: bool, known: datetime | None = None
) -> Passport:
    """Return a person's passport for a day, as known now or at an instant: a fixed number of statements."""
    async with snapshot():
        facts, policy = await _governed(person.id, on, known)
        evidence = await evidence_of(person.id, known=known)
        transitions = await _transitions_of(person.id, policy, known)
        force = await _force_name(facts, on)
    return Passport(
        holder=Holder(person.name, person.national_id, force, is_reader),
        facts=facts,
        policy=policy,
        decision=decide(facts, policy, on),
        evidence=evidence,
        transitions=transitions,
        known=known,
    )


async def evidence_of(person_id: int, *, known: datetime | None = None) -> tuple[Evidence, ...]:
    """Return every record that a person met something, newest first; superseded ones only as known while they stood."""
    return tuple(Evidence(*row) for row in await fetch(_EVIDENCE, person_id, known))


async def _governed(person_id: int, on: date, known: datetime | None) -> tuple[LicenceFacts, LicencePolicy]:
    """Return a person's facts, and the policy of the force that they serve in on the day."""
    policies = await book()
    national = policies.policy(None, on)
    duties = [asked.id for asked in national.requirements if asked.duty is Duty.FORCE]
    facts = (await facts_of([person_id], known=known, offers_meet=duties)).get(person_id)
    if facts is None:
        raise NotFoundError
    post = post_on(facts, on)
    return facts, (national if post is None else policies.policy(post.force_id, on))


async def _force_name(facts: LicenceFacts, on: date) -> str | None:
    post = post_on(facts, on)
    return None if post is None else (await force_on(post.force_id, on)).name


async def _transitions_of(
    person_id: int, policy: LicencePolicy, known: datetime | None
) -> tuple[Transition, ...]:
    numbers = {asked.code: asked.id for asked in policy.requirements}
    return tuple(_transition(row, numbers) for row in await fetch(_TRANSITIONS, person_id, known))


def _transition(row: Record, numbers: Mapping[str, int]) -> Transition:
    said: Sequence[_Reason] = msgspec.json.decode(row["because"], type=list[_Reason])
    return Transition(
        before=Standing(row["from_standing"]) if row["from_standing"] else None,
        after=Standing(row["to_standing"]),
        effective_on=row["effective_on"],
        because=tuple(
            Because(one.reason, numbers.get(one.requirement or ""), one.since, one.until) for one in said
        ),
        cause=row["cause"],
        policy_version=row["policy_version"],
        recorded_at=row["recorded_at"],
    )
