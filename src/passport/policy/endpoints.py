"""Policy for programs: the same as the pages."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import PathParameter, QueryParameter

from access.asking import ApiRequest
from access.permissions import Permission
from foundation.clock import today
from foundation.tags import ASK_AGAIN, UNCHANGED, tagged
from passport.policy.facts import policy_of_draft
from passport.policy.schemas import PoliciesOut, PolicyOut, policies_out, policy_out
from people.forces.facts import force_with_code

READ = {"permission": Permission.POLICY_READ}


class PolicyEndpoints(Controller):
    """What policy asks, in every version."""

    path = "/policies"
    tags = ("Policy",)

    @get("/", opt=READ, operation_id="policies", summary="List the versions", responses=UNCHANGED)
    async def listed(self, request: ApiRequest) -> Response[PoliciesOut]:
        """List every version of policy, newest first, and what forces have set for themselves."""
        return tagged(request, await policies_out(), cache=ASK_AGAIN)

    @get("/{number:int}", opt=READ, operation_id="policy", summary="Show a version", responses=UNCHANGED)
    async def shown(
        self,
        request: ApiRequest,
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
    ) -> Response[PolicyOut]:
        """Return one version, whether it is in force or not, with what a force has set for itself today."""
        on = today()
        force_id = (await force_with_code(force, on)).id if force else None
        document = policy_out(await policy_of_draft(number, on=on, force_id=force_id))
        return tagged(request, document, cache=ASK_AGAIN)
