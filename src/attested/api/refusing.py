"""What does the API refuse, and which refusals does each of its operations therefore document?"""

from litestar import Request, Response
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import Operation, Parameter, PathItem, SecurityRequirement
from litestar.plugins import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute

from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN
from access.permissions import Permission
from access.roles import Role
from attested.api.plain import PlainOperation
from foundation.answers import methods
from foundation.problems import InvalidError
from foundation.refusals import refusals

PATH = "/api/v1"
METHODS = ("get", "put", "post", "delete", "patch")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION, FORM, TOKEN = "session", "form", "token"
WRITES: list[SecurityRequirement] = [{SESSION: [], FORM: [], TOKEN: []}]

AnyRequest = Request[object, object, State]


class DocumentedRefusals(ReceiveRoutePlugin):
    """Gives every operation of the API the refusals that follow from its permission, its path and its body."""

    def receive_route(self, route: BaseRoute) -> None:
        """Add to what the operation says itself; what it says itself prevails."""
        if isinstance(route, HTTPRoute) and route.path.startswith(f"{PATH}/"):
            for handler in route.route_handlers:
                _document(handler, route)


def _document(handler: HTTPRouteHandler, route: HTTPRoute) -> None:
    handler.operation_class = PlainOperation
    handler.responses = {**refusals(*_statuses(handler, route)), **(handler.responses or {})}
    handler.response_description = handler.response_description or "What was asked for."
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
        429: True,
        503: True,
    }
    return [status for status, is_so in holds.items() if is_so]


def before_answering(request: AnyRequest) -> Response[None] | None:
    """Tell which methods there are, if that is asked (traps L22); else refuse what the document does not have."""
    item = (request.app.openapi_schema.paths or {}).get(request.scope["path_template"], PathItem())
    documented = {name.upper(): one for name in METHODS if (one := getattr(item, name)) is not None}
    if request.method == "OPTIONS":
        return Response(None, status_code=204, headers={"Allow": methods(documented)})
    _refuse_what_is_not_documented(request, documented[request.method])
    return None


def _refuse_what_is_not_documented(request: AnyRequest, operation: Operation) -> None:
    """Refuse a parameter that is not documented or is given twice, and text that nothing here can mean.

    :raises InvalidError: with every parameter at fault.
    """
    known = {
        one.name: one
        for one in operation.parameters or ()
        if isinstance(one, Parameter) and one.param_in == "query"
    }
    faults = {
        name: "holds a null character" for name, value in request.path_params.items() if "\0" in str(value)
    }
    for name, values in request.query_params.dict().items():
        fault = _fault(known.get(name), values)
        if fault:
            faults[name] = fault
    if faults:
        raise InvalidError(errors=faults)


def _fault(known: Parameter | None, values: list[str]) -> str | None:
    if known is None:
        return "is not a parameter here"
    if len(values) > 1:
        return "is given more than once"
    if not known.required and values[0].lower() in {"", "null"}:
        return "is left out, not empty or null"  # either would be taken for left out (traps L23)
    return "holds a null character" if "\0" in values[0] else None
