"""The frameworks for programs."""

from collections.abc import Sequence

from litestar import Controller, get

from access.permissions import Permission
from passport.standards.book import frameworks
from passport.standards.schemas import FrameworkDocument, framework_document


class StandardEndpoints(Controller):
    """The competency and values framework, and the leadership standards."""

    path = "/standards"
    tags = ("Policy",)

    @get(
        "/",
        opt={"permission": Permission.POLICY_READ},
        operation_id="standards",
        summary="The standards that development is linked to",
        sync_to_thread=False,
    )
    def listed(self) -> Sequence[FrameworkDocument]:
        """List every framework with its standards; of the leadership standards each group is a stage."""
        return [framework_document(one) for one in frameworks()]
