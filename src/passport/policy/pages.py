"""What does policy ask? The versions there are, the one in force in plain words, and how forces differ."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller, get
from litestar.params import PathParameter, QueryParameter
from litestar.response import Template

from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Column, Link
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import force_settings, policy_for, policy_of_draft, version, versions
from passport.policy.phrases import EVIDENCE, SETTINGS
from passport.policy.rules import LicencePolicy
from passport.policy.words import policy_words
from people.forces.facts import NamedForce, force_with_code, forces_on

READ = {"permission": Permission.POLICY_READ}
TEMPLATE = "passport/policy.html"
VERSIONS = tuple(map(Column, ("Version", "State", "In force", "By whom")))
OWN = tuple(map(Column, ("Force", "Requirement", "What", "Value", "From", "Until", "Why")))

AnyForce = Annotated[str | None, QueryParameter(name="force", max_length=40)]
Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1)]


class PolicyPages(Controller):
    """What policy asks, in every version."""

    path = "/policy"
    include_in_schema = False

    @get("/", opt=READ)
    async def in_force(self, request: PageRequest, force: AnyForce = None) -> Template:
        """Show the policy that is in force today, for the nation or for a force."""
        chosen = await _force(force)
        try:
            policy = await policy_for(chosen.id if chosen else None, today())
        except NoPolicyInForceError:
            return await _shown(request, None, chosen)
        return await _shown(request, policy, chosen)

    @get("/{number:int}", opt=READ)
    async def version(self, request: PageRequest, number: Number, force: AnyForce = None) -> Template:
        """Show one version, in force or not."""
        chosen = await _force(force)
        policy = await policy_of_draft(number, on=today(), force_id=chosen.id if chosen else None)
        return await _shown(request, policy, chosen, number=number)


async def _force(code: str | None) -> NamedForce | None:
    return await force_with_code(code, today()) if code else None


async def _shown(
    request: PageRequest, policy: LicencePolicy | None, force: NamedForce | None, *, number: int | None = None
) -> Template:
    on = today()
    shell = shell_for(
        request,
        f"Policy {number}" if number else "Policy",
        crumbs=(Link("Policy", "/policy"), Link(f"Version {number}", f"/policy/{number}")) if number else (),
    )
    return page(
        TEMPLATE,
        shell,
        words=policy_words(policy) if policy else None,
        one=await version(policy.version) if policy else None,
        address=f"/policy/{number}" if number else "/policy",
        force=force,
        forces=_options(await forces_on(on)),
        versions=await versions(),
        own=await force_settings(),
        version_columns=VERSIONS,
        own_columns=OWN,
        evidence=[(tag.value, meaning) for tag, meaning in EVIDENCE.items()],
        settings=SETTINGS,
        today=on,
    )


def _options(forces: Sequence[NamedForce]) -> list[tuple[str, str]]:
    return [("", "The nation"), *((force.slug, force.name) for force in forces)]
