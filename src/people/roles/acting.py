"""In which of one's roles does one act, in this browser?"""

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access import sessions
from access.asking import actor_of
from access.identity import Grant
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from access.sign_in import cookie, cookie_name
from foundation.audit import Event, recorded
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.wording import as_sentence_case
from people.forces.facts import forces_on, units_of
from people.roles.view import acted_for

OWN = {"permission": Permission.OWN_SESSION}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class ActingPages(Controller):
    """The choice of the role one acts in."""

    path = "/acting"
    include_in_schema = False

    @get("/", opt=OWN)
    async def ask(self, request: PageRequest) -> Template:
        """Show one's roles, and which of them one acts in."""
        return await _ask(request)

    @post("/", opt=OWN)
    async def choose(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Act in another of one's roles: the session goes on under a new secret, and says so in the audit."""
        wanted = typed(data, "grant")
        chosen = next((grant for grant in request.user.grants if str(grant.id) == wanted), None)
        if chosen is None:
            return await _ask(request, (FieldError("Select one of your roles", "grant"),))
        fresh = await sessions.renew(request.cookies.get(cookie_name(), ""), acting=chosen.id)
        if fresh is None:
            return Redirect("/sign-in", status_code=303)
        detail = {"grant": chosen.id, "role": chosen.role.value}
        async with recorded(
            actor_of(request), Event("role acted in", "signing in", request.user.person_id, detail)
        ):
            pass  # the choice itself is what is recorded
        return Redirect("/", status_code=303, cookies=[cookie(fresh)])


async def _ask(request: PageRequest, errors: tuple[FieldError, ...] = ()) -> Template:
    grants = request.user.grants
    acting = request.user.acting
    return page(
        "roles/acting.html",
        shell_for(request, "Your roles", errors=errors),
        status=400 if errors else 200,
        items=await _items(grants),
        chosen=str(acting.id) if acting else "",
    )


async def _items(grants: Sequence[Grant]) -> list[dict[str, object]]:
    forces = {force.id: force.name for force in await forces_on(today())}
    units: dict[int, str] = {}
    for force_id in {grant.force_id for grant in grants if grant.unit_id and grant.force_id}:
        units |= {unit.id: unit.name for unit in await units_of(force_id)}
    return [
        {
            "value": str(grant.id),
            "text": f"{as_sentence_case(grant.role)} for {acted_for(grant, forces, units)}",
            "hint": {"text": "You prove again who you are before its pages open"}
            if grant.role.is_confidential
            else None,
        }
        for grant in grants
    ]
