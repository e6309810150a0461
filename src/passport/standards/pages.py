"""The frameworks as a page: what is expected, from which source, and how sure that is."""

from litestar import Controller, get
from litestar.response import Template

from access.permissions import Permission
from access.shell import PageRequest, shell_for
from foundation.pages import page
from foundation.parts import Link
from passport.policy.phrases import EVIDENCE
from passport.standards.book import frameworks


class StandardPages(Controller):
    """The competency and values framework, and the leadership standards."""

    path = "/policy/standards"
    include_in_schema = False

    @get("/", opt={"permission": Permission.POLICY_READ}, sync_to_thread=False)
    def listed(self, request: PageRequest) -> Template:
        """Show every framework with its standards."""
        return page(
            "standards/standards.html",
            shell_for(request, "Standards", back=Link("Policy", "/policy")),
            frameworks=frameworks(),
            evidence=EVIDENCE,
        )
