"""Policy for programs: the same as the pages."""

from typing import Annotated

from litestar import Controller, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from access.permissions import Permission
from foundation.answers import ProblemDocument
from foundation.clock import today
from passport.policy.facts import policy_of_draft
from passport.policy.schemas import PoliciesOut, PolicyOut, policies_out, policy_out
from people.forces.facts import force_with_code

READ = {"permission": Permission.POLICY_READ}
ABSENT = {
    404: ResponseSpec(
        ProblemDocument, description="No such version or force.", media_type="application/problem+json"
    )
}


class PolicyEndpoints(Controller):
    """What policy asks, in every version."""

    path = "/policies"
    tags = ("Policy",)

    @get("/", opt=READ, operation_id="Policies")
    async def listed(self) -> PoliciesOut:
        """List every version of policy, newest first, and what forces have set for themselves."""
        return await policies_out()

    @get("/{number:int}", opt=READ, operation_id="Policy", responses=ABSENT)
    async def shown(
        self,
        number: Annotated[
            int, PathParameter(name="number", ge=1, le=2**31 - 1, description="The version's number.")
        ],
        force: Annotated[
            str | None,
            QueryParameter(
                name="force",
                max_length=40,
                description="A force's code or short name; without one, the national policy.",
            ),
        ] = None,
    ) -> PolicyOut:
        """Return one version, whether it is in force or not, with what a force has set for itself today."""
        on = today()
        force_id = (await force_with_code(force, on)).id if force else None
        return policy_out(await policy_of_draft(number, on=on, force_id=force_id))
