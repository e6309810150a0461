"""Which role profiles does policy speak of on a day?"""

from datetime import date

from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policy_for
from passport.policy.rules import Profile


async def profiles_on(force_id: int | None, on: date) -> tuple[Profile, ...]:
    """Return the role profiles of a force's policy; none where no policy is in force."""
    try:
        return (await policy_for(force_id, on)).profiles
    except NoPolicyInForceError:
        return ()
