"""How does the audit name whoever asks through a page or the API?"""

from litestar import Request
from litestar.datastructures import State

from access.identity import Identity
from access.readings.looks import Look, Opened, Way
from foundation.audit import Actor, Detail
from foundation.requests import request_id_of

ApiRequest = Request[Identity, None, State]


def actor_of(request: ApiRequest) -> Actor:
    """Return whoever asks, with the number of their request; a system has a name, and no person's number."""
    return Actor(request.user.person_id or None, request.user.name, request_id_of(request.scope))


def look_of(
    request: ApiRequest, opened: Opened, way: Way = Way.PAGE, *, detail: Detail | None = None
) -> Look:
    """Return what somebody is about to look at, with the number of their request."""
    return Look(opened, request_id_of(request.scope), way, detail=detail or {})
