"""The pages of either of the two: my conversations, one of them, answering, adding, and what was agreed."""

from dataclasses import dataclass

from litestar import Controller, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.confidential import Asker, asker_of
from access.readings.looks import Way
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError, NotFoundError
from passport.conversations import agreeing, drafts, form, view
from passport.conversations.entering import ANSWER, OWN, PART, Answers, Done
from passport.conversations.errors import DraftChangedError
from passport.conversations.form import AnswerForm
from passport.conversations.pages import kept
from passport.conversations.reading import Talk, read_mine, read_talk, talk_of_two, whose_action
from passport.conversations.rules import LARGEST

Errors = tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of the forms of a conversation, and could not be kept."""

    given: AnswerForm | None = None
    addition: str = ""
    what: str = ""


NOTHING = Typed()


class OwnConversationPages(Controller):
    """One's own conversations."""

    path = view.MINE
    include_in_schema = False

    @get("/", opt=OWN)
    async def mine(self, request: PageRequest, done: Done = "") -> Template:
        """Show one's conversations, when the next is due, and what was agreed."""
        return await _mine(request, done=done)

    @post("/openings", opt=ANSWER)
    async def let_read(self, request: PageRequest, data: Answers) -> Template | Redirect:
        """Let one's supervisor of today read one conversation, or all of them."""
        supervisor, number = form.read_number(data, "supervisor"), form.read_number(data, "conversation")
        try:
            await agreeing.let_read(asker_of(request), supervisor_id=supervisor, number=number)
        except ConflictError as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.MINE}?done=opened", status_code=303)

    @post("/openings/{opening_id:int}/end", opt=ANSWER)
    async def shut(self, request: PageRequest, opening_id: FromPath[int]) -> Template | Redirect:
        """Take back what one let somebody read."""
        try:
            await agreeing.shut(asker_of(request), opening_id=min(opening_id, LARGEST))
        except ConflictError as refusal:
            return await _mine(request, errors=(FieldError(refusal.detail),))
        return Redirect(f"{view.MINE}?done=shut", status_code=303)


class TalkPages(Controller):
    """One conversation."""

    path = "/conversations"
    include_in_schema = False

    @get("/{number:int}", opt=PART)
    async def one(self, request: PageRequest, number: FromPath[int], done: Done = "") -> Template:
        """Show a conversation to one of the two, or to whom the person lets read it."""
        return _talk(request, await read_talk(asker_of(request), number, way=Way.PAGE, on=today()), done=done)

    @post("/{number:int}/answer", opt=ANSWER)
    async def answer(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Save an answer as it is being written, or sign with it."""
        asker = asker_of(request)
        talk = await _mine_to_answer(asker, number)
        given, said = form.read_answer(data), typed(data, "do")
        try:
            if said in {"keep", "save"}:
                return await _saved(request, talk, given, is_kept=said == "keep")
            errors = given.errors()
            if not errors and given.stance is not None:
                await agreeing.answer(
                    asker, talk.held, stance=given.stance, text=given.text, version=given.version
                )
                return Redirect(f"{view.talk(number)}?done=answered", status_code=303)
        except (ConflictError, InvalidError) as refusal:
            errors = (FieldError(refusal.detail, "text"),)
        again = await read_talk(asker, number, way=None, on=today())
        return _talk(request, again, errors=errors, typed_in=Typed(given=given))

    @post("/{number:int}/additions", opt=PART)
    async def add(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Add to a conversation, with today's day."""
        asker = asker_of(request)
        talk, text = await talk_of_two(asker, number, on=today()), typed(data, "addition")
        try:
            await agreeing.add(asker, talk.held, text=text)
        except InvalidError as refusal:
            errors = (FieldError(refusal.detail, "addition"),)
            return _talk(request, talk, errors=errors, typed_in=Typed(addition=text))
        return Redirect(f"{view.talk(number)}?done=added", status_code=303)

    @post("/{number:int}/actions", opt=PART)
    async def agree(self, request: PageRequest, number: FromPath[int], data: Answers) -> Template | Redirect:
        """Add something that was agreed."""
        asker, on = asker_of(request), today()
        talk, action = await talk_of_two(asker, number, on=on), form.read_action(data, on)
        try:
            await agreeing.agree(asker, talk.held, action=action)
        except InvalidError as refusal:
            errors = (FieldError(refusal.detail, "what-0"),)
            return _talk(request, talk, errors=errors, typed_in=Typed(what=action.what))
        return Redirect(f"{view.talk(number)}?done=agreed", status_code=303)


@post("/agreed-actions/{action_id:int}", opt=PART, include_in_schema=False)
async def tick(request: PageRequest, action_id: FromPath[int], data: Answers) -> Redirect:
    """Tick something that was agreed, or open it again; lead back to where it was ticked."""
    asker = asker_of(request)
    whose = await whose_action(asker, action_id, on=today())
    is_done = typed(data, "done") == "yes"
    await agreeing.tick(asker, person_id=whose.id, action_id=action_id, done=is_done)
    own = whose.id == asker.person_id
    back = view.MINE if own else view.of_person(whose.national_id)
    return Redirect(f"{back}?done={'ticked' if is_done else 'unticked'}", status_code=303)


async def _mine_to_answer(asker: Asker, number: int) -> Talk:
    talk = await talk_of_two(asker, number, on=today())
    if talk.held.person_id != asker.person_id:
        raise NotFoundError
    return talk


async def _saved(
    request: PageRequest, talk: Talk, given: AnswerForm, *, is_kept: bool
) -> Template | Redirect:
    try:
        saved = await drafts.save(
            asker_of(request),
            person_id=talk.held.person_id,
            number=talk.held.id,
            version=given.version,
            content=given.content(),
        )
    except DraftChangedError:
        if not is_kept:
            raise
        return kept(request, None)
    return (
        kept(request, saved.version)
        if is_kept
        else Redirect(f"{view.talk(talk.held.id)}?done=saved", status_code=303)
    )


async def _mine(request: PageRequest, *, done: str = "", errors: Errors = ()) -> Template:
    found = await read_mine(asker_of(request), on=today())
    return page(
        "conversations/mine.html",
        shell_for(request, "My conversations", back=view.PASSPORT, errors=errors, banner=view.banner(done)),
        status=409 if errors else 200,
        view=view,
        mine=found,
        on=today(),
    )


def _talk(
    request: PageRequest, talk: Talk, *, done: str = "", errors: Errors = (), typed_in: Typed = NOTHING
) -> Template:
    """Show a conversation, with whatever was typed into one of its forms."""
    given = typed_in.given or form.of_answer(talk.draft)
    banner = view.banner(done)
    return page(
        "conversations/talk.html",
        shell_for(request, view.title(talk), back=view.back(talk), errors=errors, banner=banner),
        status=400 if errors else 200,
        view=view,
        talk=talk,
        given=given,
        elsewhere=view.other_answer(talk, given),
        addition=typed_in.addition,
        what=typed_in.what,
        on=today(),
        wrong={error.field_id: error.text for error in errors},
    )
