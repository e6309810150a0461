"""What stands at every door to health and vetting: who asks, that they proved it lately, and whom they may reach?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from access.facts import subjects
from access.identity import Identity, Subject
from access.permission_map import may_see
from access.permissions import Permission
from access.sign_in import require_recent_proof
from foundation.audit import Actor
from foundation.requests import request_id_of


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks, and the number of their request."""

    identity: Identity
    request_id: str | None = None

    @property
    def person_id(self) -> int:
        """Return the number of the person who asks."""
        return self.identity.person_id

    @property
    def actor(self) -> Actor:
        """Return them as the audit names them."""
        return Actor(self.person_id, self.identity.name, self.request_id)


def asker_of(request: Request[Identity, None, State]) -> Asker:
    """Return whoever asks."""
    return Asker(request.user, request_id_of(request.scope))


def has_proved_lately(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let pass whoever proved lately who they are.

    :raises ProofRequiredError: they did not; a page leads them there and back.
    """
    require_recent_proof(connection.scope)


async def reached(
    asker: Asker, permission: Permission, person_ids: Iterable[int], *, on: date
) -> dict[int, Subject]:
    """Return those of the people whom a permission reaches today: never oneself by a role, nor one's own manager."""
    found = await subjects(sorted(set(person_ids)), on)
    return {
        person_id: subject
        for person_id, subject in found.items()
        if may_see(asker.identity, permission, subject)
    }
