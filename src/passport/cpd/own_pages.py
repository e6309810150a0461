"""What somebody sees of their own development, and what they do with it."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.confiding import reading_as
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.attachments.view import named, rules_of_files
from passport.cpd import actions, facts, form, view
from passport.cpd.entering import KEEP, Answers, Aside, Done
from passport.cpd.filing import files_beside
from passport.cpd.reach import my_supervisor, reader_meant
from passport.cpd.rules import Entry
from passport.standards.book import standards
from passport.standards.profiles import profiles_on
from people.persons.facts import persons

Errors = tuple[FieldError, ...]
Given = form.ShareForm | str
"""What was typed about a share, or to be added."""


class OwnCpdPages(Controller):
    """One's own development: writing, sharing, and seeing what became of it."""

    path = view.OWN_PATH
    include_in_schema = False

    @get("/", opt=KEEP)
    async def listed(
        self, request: PageRequest, *, done: Done = "", aside: Aside = False, before: Before = None
    ) -> Template:
        """Show what one wrote, the newest first, a page at a time."""
        mine = request.user.person_id
        async with reading_as(mine) as connection:
            found = await facts.own_entries(connection, mine, discarded=aside, before=before)
            received = await facts.shared_with(connection, mine)
        here = f"{view.OWN_PATH}?{'aside=true&' if aside else ''}"
        return page(
            "cpd/mine.html",
            shell_for(request, "My development", back=view.PASSPORT, banner=view.banner(done)),
            view=view,
            found=found,
            aside=aside,
            received=len(received),
            next_href=f"{here}before={found[-1].id}" if len(found) == facts.PAGE else None,
            first_href=here.rstrip("?&") if before else None,
        )

    @get("/new", opt=KEEP)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what one learned from."""
        return await _ask(request, form.EntryForm())

    @post("/new", opt=KEEP)
    async def write(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Keep an entry, or say what is missing."""
        given = await _read(request, data)
        if errors := given.errors():
            return await _ask(request, given, errors=errors)
        number = await actions.write(actor_of(request), given.words)
        return to_entry(number, "kept")

    @get("/{entry_id:int}", opt=KEEP)
    async def one(self, request: PageRequest, entry_id: FromPath[int], done: Done = "") -> Template:
        """Show an entry, and what can be done with it."""
        entry = await actions.own(actor_of(request), entry_id)
        return await one_entry(request, entry, done=done)

    @get("/{entry_id:int}/words", opt=KEEP)
    async def reword(self, request: PageRequest, entry_id: FromPath[int]) -> Template | Redirect:
        """Ask for other words."""
        entry = await actions.own(actor_of(request), entry_id)
        if not entry.may_change:
            return to_entry(entry_id)
        return await _ask(request, form.filled(entry.words), entry)

    @post("/{entry_id:int}/words", opt=KEEP)
    async def change(
        self, request: PageRequest, entry_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Keep other words; where they cannot be changed any more, what was typed is still there."""
        actor = actor_of(request)
        entry, given = await actions.own(actor, entry_id), await _read(request, data)
        if errors := given.errors():
            return await _ask(request, given, entry, errors=errors)
        try:
            await actions.change(actor, entry_id, given.words)
        except ConflictError as refusal:
            return await _ask(request, given, entry, errors=(FieldError(refusal.detail),))
        return to_entry(entry_id, "changed")

    @post("/{entry_id:int}/shares", opt=KEEP)
    async def share(
        self, request: PageRequest, entry_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Share an entry with one's supervisor, or with a colleague."""
        actor, given = actor_of(request), form.read_share(data)
        entry = await actions.own(actor, entry_id)
        if errors := given.errors():
            return await one_entry(request, entry, errors=errors, given=given)
        number = given.colleague if given.to == form.COLLEAGUE else None
        try:
            reader = await reader_meant(request.user, number, on=today())
            await actions.share(
                actor, entry_id, reader_id=reader.person.id, as_supervisor=reader.as_supervisor
            )
        except (ConflictError, InvalidError) as refusal:
            field = "colleague" if number else "to"
            return await one_entry(request, entry, errors=(FieldError(refusal.detail, field),), given=given)
        return to_entry(entry_id, "shared")

    @post("/{entry_id:int}/shares/{share_id:int}/end", opt=KEEP)
    async def take_back(
        self, request: PageRequest, entry_id: FromPath[int], share_id: FromPath[int]
    ) -> Template | Redirect:
        """Take an entry back from somebody."""
        try:
            await actions.take_back(actor_of(request), entry_id, share_id=share_id)
        except ConflictError as refusal:
            entry = await actions.own(actor_of(request), entry_id)
            return await one_entry(request, entry, errors=(FieldError(refusal.detail),))
        return to_entry(entry_id, "taken-back")

    @post("/{entry_id:int}/additions", opt=KEEP)
    async def add(self, request: PageRequest, entry_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Add to an entry whose words are fixed."""
        actor = actor_of(request)
        text, errors = form.read_text(data, "text")
        entry = await actions.own(actor, entry_id)
        if errors:
            return await one_entry(request, entry, errors=errors, text=text)
        try:
            await actions.add(actor, entry_id, text)
        except ConflictError as refusal:
            return await one_entry(request, entry, errors=(FieldError(refusal.detail, "text"),), text=text)
        return to_entry(entry_id, "added")

    @post("/{entry_id:int}/aside", opt=KEEP)
    async def discard(self, request: PageRequest, entry_id: FromPath[int]) -> Template | Redirect:
        """Put an entry aside."""
        try:
            await actions.discard(actor_of(request), entry_id)
        except ConflictError as refusal:
            entry = await actions.own(actor_of(request), entry_id)
            return await one_entry(request, entry, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.OWN_PATH}?done=aside", status_code=303)

    @post("/{entry_id:int}/back", opt=KEEP)
    async def restore(self, request: PageRequest, entry_id: FromPath[int]) -> Redirect:
        """Bring an entry back."""
        await actions.restore(actor_of(request), entry_id)
        return to_entry(entry_id, "back")


def to_entry(entry_id: int, done: str = "") -> Redirect:
    """Lead to one's own entry, and tell what was done."""
    return Redirect(view.address(entry_id, f"?done={done}" if done else ""), status_code=303)


async def _read(request: PageRequest, data: Answers) -> form.EntryForm:
    names = [one.name for one in await profiles_on(request.user.force_id, today())]
    return form.read_entry(data, on=today(), standards=standards(), profiles=names)


async def _ask(
    request: PageRequest, given: form.EntryForm, entry: Entry | None = None, *, errors: Errors = ()
) -> Template:
    title = "Change your entry" if entry else "What did you learn from?"
    return page(
        "cpd/words.html",
        shell_for(request, title, back=view.OWN, errors=errors),
        status=400 if errors else 200,
        view=view,
        given=given,
        entry=entry,
        profiles=await profiles_on(request.user.force_id, today()),
        wrong={error.field_id: error.text for error in errors},
    )


async def one_entry(
    request: PageRequest,
    entry: Entry,
    *,
    done: str = "",
    errors: Errors = (),
    status: int = 400,
    **given: Given,
) -> Template:
    """Show one's own entry with its files, and what can be done with it; with a fault, what was typed is still there."""
    mine, supervisor = request.user.person_id, await my_supervisor(request.user, on=today())
    have_it = {one.reader_id for one in entry.shares}
    is_to_offer = supervisor is not None and supervisor.person.id not in have_it
    return page(
        "cpd/entry.html",
        shell_for(request, entry.words.title, back=view.OWN, errors=errors, banner=view.banner(done)),
        status=status if errors else 200,
        view=view,
        entry=entry,
        files=named(await files_beside(mine, entry.id), {mine: "you"}),
        file_rules=rules_of_files(),
        people=await persons(sorted(entry.people)),
        profiles=await profiles_on(request.user.force_id, today()),
        supervisor=supervisor.person.name if supervisor and is_to_offer else None,
        **{"given": form.ShareForm(), "text": "", **given},
        wrong={error.field_id: error.text for error in errors},
    )
