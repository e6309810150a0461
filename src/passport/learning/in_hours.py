"""Which requirements add up hours, so that nothing of use can be recorded of them without?"""

from collections.abc import Mapping
from datetime import date

from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policy_for


async def in_hours(force_id: int | None, on: date) -> Mapping[str, float]:
    """Return how many hours each of them asks for in all, by its code; without a policy, none does."""
    try:
        policy = await policy_for(force_id, on)
    except NoPolicyInForceError:
        return {}
    return {one.code: one.hours_in_all for one in policy.requirements if one.hours_in_all is not None}
