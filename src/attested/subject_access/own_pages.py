"""The pages on which somebody asks for everything held on them, sees how far it is, and fetches it."""

import msgspec
from litestar import Controller, get, post
from litestar.response import Redirect, Response, Template

from access.asking import actor_of
from access.confidential import has_proved_lately
from access.shell import PageRequest, shell_for
from attested.subject_access import view
from attested.subject_access.actions import ask_for_everything
from attested.subject_access.catalogue import Part
from attested.subject_access.contents import Copy
from attested.subject_access.entering import OWN, Done
from attested.subject_access.errors import AskedAlreadyError
from attested.subject_access.facts import latest_of
from attested.subject_access.fetching import fetched
from foundation.clock import today
from foundation.documents.drafting import draft
from foundation.documents.printing import Limits, print_pdf
from foundation.pages import page
from foundation.parts import FieldError

# A career fills more pages than a passport.
LIMITS = Limits(seconds=60, pages=500)


class OwnDataPages(Controller):
    """Everything held on whoever asks."""

    path = view.MINE
    include_in_schema = False

    @get("/", opt=OWN)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show how far the last request is, or ask whether one wants a copy."""
        return await _mine(request, done=done)

    @post("/", opt=OWN)
    async def ask(self, request: PageRequest) -> Template | Redirect:
        """Ask for everything."""
        try:
            await ask_for_everything(actor=actor_of(request), on=today())
        except AskedAlreadyError as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.MINE}?done=asked", status_code=303)

    @get("/copy", opt=OWN, guards=[has_proved_lately])
    async def read(self, request: PageRequest) -> Template:
        """Show the copy to read."""
        copy = await fetched(request.user, actor_of(request), "page")
        shell = shell_for(request, "Everything held on you", back=view.BACK)
        return page("subject-access/copy.html", shell, view=view, copy=copy)

    @get("/copy.json", opt=OWN, guards=[has_proved_lately])
    async def data(self, request: PageRequest) -> Response[bytes]:
        """Hand out the copy for programs."""
        copy = await fetched(request.user, actor_of(request), "json")
        written = msgspec.json.format(msgspec.json.encode(copy), indent=2)
        return _file(copy, written, "application/json", "json")

    @get("/copy.pdf", opt=OWN, guards=[has_proved_lately])
    async def on_paper(self, request: PageRequest) -> Response[bytes]:
        """Print the copy."""
        copy = await fetched(request.user, actor_of(request), "pdf")
        html = draft("subject-access/copy-document.html", view=view, copy=copy)
        return _file(copy, await print_pdf(html, limits=LIMITS), "application/pdf", "pdf")


async def _mine(request: PageRequest, *, done: str = "", errors: tuple[FieldError, ...] = ()) -> Template:
    asked = await latest_of(request.user.person_id)
    told = page(
        "subject-access/mine.html",
        shell_for(request, "What is held on me", back=view.PASSPORT, errors=errors, banner=view.banner(done)),
        status=409 if errors else 200,
        view=view,
        asked=asked,
        parts=tuple(Part),
        today=today(),
    )
    if asked is not None and Part.GENERAL in asked.waiting:
        told.headers["Refresh"] = f"{view.LOOK_AGAIN}; url={view.MINE}"
    return told


def _file(copy: Copy, body: bytes, media_type: str, suffix: str) -> Response[bytes]:
    name = f"held-on-{copy.national_id}-{today().isoformat()}.{suffix}"
    return Response(
        body,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
