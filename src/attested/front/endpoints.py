"""Whom does a program act as, and what may it therefore do?"""

from dataclasses import dataclass

from litestar import Controller, get

from access.asking import ApiRequest
from access.permission_map import may_use
from access.permissions import Permission
from access.roles import Role
from access.sign_in import has_proved_recently, session_of
from foundation.clock import today
from people.forces.facts import forces_on


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role, and the codes of the forces it is held for; none: it is held for no force in particular."""

    role: Role
    forces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Me:
    """Whoever asks: a person or a system, their force, the roles they hold at this moment, and what these permit.

    `acting_as` is the one of a person's granted roles that they act in; `is_proved`: whether a person proved lately
    enough who they are for what is about health or vetting.
    """

    name: str
    is_system: bool
    force: str | None
    roles: tuple[HeldRole, ...]
    acting_as: Role | None
    permissions: tuple[Permission, ...]
    is_proved: bool


class MeEndpoints(Controller):
    """What whoever asks may ask of themselves."""

    path = "/me"
    tags = ("You",)

    @get("/", opt={"permission": Permission.WHO_AM_I}, operation_id="me", summary="Say who you are")
    async def me(self, request: ApiRequest) -> Me:
        """Say whom the session or the token stands for, and what they may do, as of this very moment."""
        asking = request.user
        codes = {force.id: force.code for force in await forces_on(today())}
        return Me(
            name=asking.name,
            is_system=asking.is_machine,
            force=codes.get(asking.force_id or 0),
            roles=tuple(
                HeldRole(role, tuple(sorted(codes[force] for force in forces if force in codes)))
                for role, forces in asking.roles.items()
            ),
            acting_as=asking.acting.role if asking.acting else None,
            permissions=tuple(one for one in Permission if may_use(asking, one)),
            is_proved=has_proved_recently(session_of(request.scope)),
        )
