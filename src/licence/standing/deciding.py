"""What does the rule say of people on a day: now, as it was known at an instant, or under a draft of policy?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.problems import NotFoundError
from licence.standing.decisions import Decision
from licence.standing.facts import read
from licence.standing.policies import alone, in_force
from licence.standing.rules import decide
from passport.policy.rules import LicencePolicy


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the policy that it rests on: its words are told from both."""

    decision: Decision
    policy: LicencePolicy


async def decide_with_policy(
    person_ids: Sequence[int], on: date, *, known: datetime | None = None, policy: LicencePolicy | None = None
) -> dict[int, Decided]:
    """Decide about people on a day, writing nothing; a draft `policy` governs everybody as if it were in force.

    `known` is an instant: the decision rests on what was recorded by then.
    """
    found = await read(person_ids, known)
    governing = alone(policy) if policy else await in_force(found.policy_mark)
    decided = {}
    for number, facts in found.facts(governing.force_duties).items():
        governed_by = governing.of(facts, on)
        decided[number] = Decided(decide(facts, governed_by, on), governed_by)
    return decided


async def decide_people(
    person_ids: Sequence[int], on: date, *, known: datetime | None = None, policy: LicencePolicy | None = None
) -> dict[int, Decision]:
    """Decide about people on a day, as `decide_with_policy` does."""
    decided = await decide_with_policy(person_ids, on, known=known, policy=policy)
    return {number: one.decision for number, one in decided.items()}


async def decide_person(
    person_id: int, on: date, *, known: datetime | None = None, policy: LicencePolicy | None = None
) -> Decision:
    """Decide about one person, who is a batch of one.

    :raises NotFoundError: there is nobody of that number.
    """
    decisions = await decide_people([person_id], on, known=known, policy=policy)
    if person_id not in decisions:
        raise NotFoundError
    return decisions[person_id]
