"""What stands at every door of vetting: who may come in, who they are, and that they proved it lately."""

from typing import Annotated, Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.handlers import BaseRouteHandler
from litestar.params import Body, QueryParameter

from access.identity import Identity
from access.permissions import Permission
from access.sign_in import require_recent_proof
from foundation.requests import request_id_of
from licence.vetting.reach import Asker

READ = {"permission": Permission.VETTING_CASE_READ}
WRITE = {"permission": Permission.VETTING_CASE_WRITE}
ASSIGN = {"permission": Permission.VETTING_CASE_ASSIGN}
CLEARANCES = {"permission": Permission.CLEARANCE_READ}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


def has_proved_lately(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let pass whoever proved lately who they are.

    :raises ProofRequiredError: they did not; a page leads them there and back.
    """
    require_recent_proof(connection.scope)


def asker_of(request: Request[Identity, None, State]) -> Asker:
    """Return whoever asks."""
    return Asker(request.user, request_id_of(request.scope))
