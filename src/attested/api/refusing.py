"""What does the API refuse, and which refusals does each of its operations therefore document?"""

from litestar import Request
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import Operation, Parameter, PathItem, SecurityRequirement
from litestar.plugins import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute

from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN
from access.permissions import Permission
from access.roles import Role
from foundation.problems import InvalidError
from foundation.refusals import refusals

PATH = "/api/v1"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION = "session"
TOKEN = "token"  # noqa: S105 - the name of a scheme
WRITES: list[SecurityRequirement] = [{SESSION: [], TOKEN: []}]

AnyRequest = Request[object, object, State]


class DocumentedRefusals(ReceiveRoutePlugin):
    """Gives every operation of the API the refusals that follow from its permission, its path and its body."""

    def receive_route(self, route: BaseRoute) -> None:
        """Add to what the operation says itself; what it says itself prevails."""
        if isinstance(route, HTTPRoute) and route.path.startswith(f"{PATH}/"):
            for handler in route.route_handlers:
                _document(handler, route)


def _document(handler: HTTPRouteHandler, route: HTTPRoute) -> None:
    handler.responses = {**refusals(*_statuses(handler, route)), **(handler.responses or {})}
    if not SAFE >= handler.http_methods:
        handler.security = WRITES


def _statuses(handler: HTTPRouteHandler, route: HTTPRoute) -> list[int]:
    permission = handler.opt.get("permission")
    is_asked = isinstance(permission, Permission) and permission not in WITHOUT_SIGNING_IN
    is_everyones = isinstance(permission, Permission) and any(
        role is Role.OFFICER for role, _ in PERMISSION_MAP[permission]
    )
    holds = {
        400: True,
        401: is_asked,
        403: not SAFE >= handler.http_methods,
        404: not is_everyones or bool(route.path_parameters),
        413: "data" in handler.parsed_fn_signature.parameters,
        503: True,
    }
    return [status for status, is_so in holds.items() if is_so]


def refuse_what_is_not_documented(request: AnyRequest) -> None:
    """Refuse a parameter that the document does not have, one that is given twice, and text that no text is.

    :raises InvalidError: with every parameter at fault.
    """
    known = _parameters(request)
    faults = {name: "is not a parameter here" for name in request.query_params if name not in known}
    for name, values in request.query_params.dict().items():
        if name not in faults and len(values) > 1:
            faults[name] = "is given more than once"
    sent = [*request.query_params.multi_items(), *request.path_params.items()]
    faults |= {name: "holds a null character" for name, value in sent if "\0" in str(value)}
    if faults:
        raise InvalidError(errors=faults)


def _parameters(request: AnyRequest) -> frozenset[str]:
    item = (request.app.openapi_schema.paths or {}).get(request.scope["path_template"], PathItem())
    operation = getattr(item, request.method.lower(), None)
    stated = operation.parameters if isinstance(operation, Operation) else None
    return frozenset(
        one.name for one in stated or () if isinstance(one, Parameter) and one.param_in == "query"
    )
