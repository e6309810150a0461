"""When is support due, as policy says? The wing of care reads no policy: the roof tells it what it needs."""

from litestar import Request
from litestar.datastructures import State

from access.identity import Identity
from foundation.clock import today
from passport.policy.facts import policy_for
from passport.policy.rules import LicencePolicy
from wellbeing.support.rules import Terms

CHECK = "WELLBEING-CHECK"
PLAN = "trauma_planning"


async def care_terms(request: Request[Identity | None, None, State]) -> Terms:
    """Return the terms of the asker's force today.

    :raises NoPolicyInForceError: there is no policy.
    """
    identity = request.user
    return terms_of(await policy_for(identity.force_id if identity else None, today()))


def terms_of(policy: LicencePolicy) -> Terms:
    """Return what a policy says of support; what it leaves out is never due."""
    check = next((one.validity.months for one in policy.requirements if one.code == CHECK), None)
    plan = next((one.amounts[0] for one in policy.stated if one.key == PLAN), None)
    return Terms(check_months=check, plan_hours=None if plan is None else int(plan))
