"""What does the rule say of people on a day: now, as it was known at an instant, or under a draft of policy?"""

from collections.abc import Sequence
from datetime import date, datetime

from foundation.problems import NotFoundError
from licence.standing.decisions import Decision
from licence.standing.facts import facts_of
from licence.standing.policies import Policies
from licence.standing.rules import decide
from passport.policy.rules import LicencePolicy


async def decide_people(
    person_ids: Sequence[int], on: date, *, known: datetime | None = None, policy: LicencePolicy | None = None
) -> dict[int, Decision]:
    """Decide about people on a day, writing nothing; a draft `policy` governs everybody as if it were in force."""
    governing = await Policies(policy).between(on, on)
    facts = await facts_of(person_ids, known=known, offers_meet=governing.force_duties)
    return {number: decide(one, governing.of(one, on), on) for number, one in facts.items()}


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
