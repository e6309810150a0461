"""What others shared of their development with whoever asks: reading it, and verifying it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError
from passport.attachments.view import named
from passport.cpd import form, view
from passport.cpd.actions import verify
from passport.cpd.entering import READ, VERIFY, Answers, Done
from passport.cpd.reach import Received, opened, received
from passport.standards.profiles import profiles_on


class SharedCpdPages(Controller):
    """What a supervisor, or a colleague, sees of what somebody shared with them."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def listed(self, request: PageRequest) -> Template:
        """Show what others shared, what waits to be verified first."""
        found, people = await received(request.user, look_of(request, Opened.CPD_LIST))
        return page(
            "cpd/shared.html",
            shell_for(request, view.SHARED.text, back=view.OWN),
            view=view,
            found=found,
            people=people,
        )

    @get("/{entry_id:int}", opt=READ)
    async def one(self, request: PageRequest, entry_id: FromPath[int], done: Done = "") -> Template:
        """Show an entry; that it was read is written down first, and fixes its words."""
        return await _one(request, await _open(request, entry_id), done=done)

    @post("/{entry_id:int}/verification", opt=VERIFY)
    async def verify(
        self, request: PageRequest, entry_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Verify an entry, with a few words or without."""
        found, words = await _open(request, entry_id), typed(data, "words")
        if errors := form.too_long(words, "words"):
            return await _one(request, found, errors=errors, words=words)
        try:
            await verify(
                actor_of(request), found.entry, as_supervisor=found.share.as_supervisor, words=words or None
            )
        except ConflictError as refusal:
            return await _one(request, found, errors=(FieldError(refusal.detail),), words=words)
        return Redirect(f"{view.PATH}/{entry_id}?done=verified", status_code=303)


async def _open(request: PageRequest, entry_id: int) -> Received:
    return await opened(request.user, entry_id, look_of(request, Opened.CPD, detail={"entry": entry_id}))


async def _one(
    request: PageRequest,
    found: Received,
    *,
    done: str = "",
    errors: tuple[FieldError, ...] = (),
    words: str = "",
) -> Template:
    entry = found.entry
    return page(
        "cpd/received.html",
        shell_for(request, entry.words.title, back=view.SHARED, errors=errors, banner=view.banner(done)),
        status=400 if errors else 200,
        view=view,
        entry=entry,
        share=found.share,
        people=found.people,
        files=named(found.files, {entry.person_id: found.people[entry.person_id].name}),
        profiles=await profiles_on(request.user.force_id, today()),
        is_verified=entry.is_verified_by(request.user.person_id),
        words=words,
        wrong={error.field_id: error.text for error in errors},
    )
