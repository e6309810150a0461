"""One's own leadership: how far one is at each stage, and the examples one shows."""

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError
from passport.attachments.view import named, rules_of_files
from passport.leadership import actions, facts, form, view
from passport.leadership.entering import KEEP, Answers, Aside, Done, OfStage
from passport.leadership.reading import own_leadership
from passport.leadership.rules import Example
from passport.standards.book import leadership_standards
from people.posts.facts import post_on

Errors = tuple[FieldError, ...]


class OwnLeadershipPages(Controller):
    """What somebody sees of their own leadership, and what they do with it."""

    path = view.OWN_PATH
    include_in_schema = False

    @get("/", opt=KEEP)
    async def mine(self, request: PageRequest, *, done: Done = "", stage: OfStage = None) -> Template:
        """Show how far one is at each stage, and one of them in full."""
        shown = await own_leadership(request.user, on=today())
        return page(
            "leadership/mine.html",
            shell_for(request, "My leadership", back=view.PASSPORT, banner=view.banner(done)),
            view=view,
            shown=shown,
            stage=view.chosen(shown, stage),
        )

    @get("/examples", opt=KEEP)
    async def listed(self, request: PageRequest, *, done: Done = "", aside: Aside = False) -> Template:
        """Show one's own examples, or those put aside."""
        return page(
            "leadership/examples.html",
            shell_for(request, "My examples", back=view.OWN, banner=view.banner(done)),
            view=view,
            found=await facts.own_examples(request.user.person_id, discarded=aside),
            aside=aside,
        )

    @get("/examples/new", opt=KEEP)
    async def ask(self, request: PageRequest) -> Template:
        """Ask what one did."""
        return await _ask(request, form.ExampleForm())

    @post("/examples/new", opt=KEEP)
    async def write(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Keep an example, or say what is missing."""
        given = form.read_example(data, on=today(), standards=leadership_standards())
        if errors := given.errors():
            return await _ask(request, given, errors=errors)
        return to_example(await actions.write(actor_of(request), given.draft), "kept")

    @get("/examples/{example_id:int}", opt=KEEP)
    async def one(self, request: PageRequest, example_id: FromPath[int], done: Done = "") -> Template:
        """Show an example, and what can be done with it."""
        return await one_example(request, await actions.own(actor_of(request), example_id), done=done)

    @get("/examples/{example_id:int}/words", opt=KEEP)
    async def reword(self, request: PageRequest, example_id: FromPath[int]) -> Template | Redirect:
        """Ask for other words."""
        example = await actions.own(actor_of(request), example_id)
        return (
            await _ask(request, form.filled(example), example) if example.is_draft else to_example(example_id)
        )

    @post("/examples/{example_id:int}/words", opt=KEEP)
    async def change(
        self, request: PageRequest, example_id: FromPath[int], data: Answers
    ) -> Template | Redirect:
        """Keep other words; where they cannot be changed any more, what was typed is still there."""
        actor = actor_of(request)
        example = await actions.own(actor, example_id)
        given = form.read_example(data, on=today(), standards=leadership_standards())
        if errors := given.errors():
            return await _ask(request, given, example, errors=errors)
        try:
            await actions.change(actor, example_id, given.draft)
        except ConflictError as refusal:
            return await _ask(request, given, example, errors=(FieldError(refusal.detail),))
        return to_example(example_id, "changed")

    @post("/examples/{example_id:int}/offer", opt=KEEP)
    async def offer(self, request: PageRequest, example_id: FromPath[int]) -> Template | Redirect:
        """Offer an example to those who judge."""
        try:
            await actions.offer(actor_of(request), example_id)
        except ConflictError as refusal:
            return await _refused(request, example_id, refusal)
        return to_example(example_id, "offered")

    @post("/examples/{example_id:int}/aside", opt=KEEP)
    async def discard(self, request: PageRequest, example_id: FromPath[int]) -> Template | Redirect:
        """Put an example aside."""
        try:
            await actions.discard(actor_of(request), example_id)
        except ConflictError as refusal:
            return await _refused(request, example_id, refusal)
        return Redirect(f"{view.OWN_PATH}/examples?done=aside", status_code=303)

    @post("/examples/{example_id:int}/back", opt=KEEP)
    async def restore(self, request: PageRequest, example_id: FromPath[int]) -> Redirect:
        """Bring an example back."""
        await actions.restore(actor_of(request), example_id)
        return to_example(example_id, "back")


def to_example(example_id: int, done: str = "") -> Redirect:
    """Lead to one's own example, and tell what was done."""
    query = f"?done={done}" if done else ""
    return Redirect(f"{view.OWN_PATH}/examples/{example_id}{query}", status_code=303)


async def _refused(request: PageRequest, example_id: int, refusal: ConflictError) -> Template:
    example = await actions.own(actor_of(request), example_id)
    return await one_example(request, example, errors=(FieldError(refusal.detail),))


async def _ask(
    request: PageRequest, given: form.ExampleForm, example: Example | None = None, *, errors: Errors = ()
) -> Template:
    held = await post_on(request.user.person_id, today())
    return page(
        "leadership/words.html",
        shell_for(
            request, "Change your example" if example else "What did you do?", back=view.OWN, errors=errors
        ),
        status=400 if errors else 200,
        view=view,
        given=given,
        example=example,
        rank=held.place.rank if held else None,
        wrong={error.field_id: error.text for error in errors},
    )


async def one_example(
    request: PageRequest, example: Example, *, done: str = "", errors: Errors = (), status: int = 409
) -> Template:
    """Show one's own example with its files, and what can be done with it."""
    mine = request.user.person_id
    files = (await facts.files_beside(mine, [example.id])).get(example.id, ())
    return page(
        "leadership/example.html",
        shell_for(request, example.title, back=view.OWN, errors=errors, banner=view.banner(done)),
        status=status if errors else 200,
        view=view,
        example=example,
        files=named(files, {mine: "you"}),
        file_rules=rules_of_files(),
        wrong={error.field_id: error.text for error in errors},
    )
