"""The public pages on which anybody finds the heads of the audit, to keep and to check."""

from litestar import Controller, Response, get
from litestar.params import FromPath
from litestar.response import Template

from access.permissions import Permission
from access.shell import AnyonesRequest, shell_for
from attested.heads import view
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import Link
from foundation.problems import NotFoundError
from foundation.requests import EXACT
from foundation.sealing import facts
from foundation.sealing.facts import SignedHead
from foundation.sealing.kept import line_of
from foundation.sealing.keys import in_force

OPEN = {"permission": Permission.PUBLIC}
EVERY_HEAD = Link("Heads of the audit", view.PATH)


class HeadPages(Controller):
    """What anybody may see of the audit, signed in or not."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=OPEN)
    async def listed(
        self,
        request: AnyonesRequest,
        before: Before = None,
    ) -> Template:
        """Show the heads, newest first, and the keys that check them."""
        found = await facts.heads(before=before)
        return page(
            "heads/heads.html",
            shell_for(request, "Heads of the audit"),
            view=view,
            found=found,
            keys=await facts.keys(),
            first_href=view.PATH if before else None,
            next_href=view.before(found.next_before),
        )

    @get("/{number:int}", opt=OPEN)
    async def one(self, request: AnyonesRequest, number: FromPath[int]) -> Template:
        """Show the very bytes of a head, its signature, and the key that checks it."""
        found = await head_with(number)
        shell = shell_for(request, f"Head {number} of the audit", back=EVERY_HEAD)
        key = in_force(await facts.keys(), number)
        return page(
            "heads/head.html", shell, found=found, key=key, rows=view.particulars(found.head), view=view
        )

    @get("/{number:int}/kept", opt=OPEN)
    async def kept(self, number: FromPath[int]) -> Response[bytes]:
        """Give a head as the line that `attested verify audit --heads` compares."""
        by_seal = {key.from_seal: key for key in await facts.keys()}
        return Response(
            line_of(await head_with(number), by_seal),
            media_type="application/jsonl",
            headers={"Content-Disposition": f'attachment; filename="attested-head-{number}.jsonl"'},
        )


async def head_with(number: int) -> SignedHead:
    """Return a head.

    :raises NotFoundError: there is none with that number.
    """
    found = await facts.head(number) if number <= EXACT else None
    if found is None:
        raise NotFoundError
    return found
