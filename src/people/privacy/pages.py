"""The privacy officer's pages: who looked at whose record, unusual reading, and names held back."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings import view as readings_view
from access.readings.asking import asked
from access.readings.facts import readings_by, readings_of
from access.readings.looks import Opened
from access.scope import scope
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import Banner, Column, FieldError, Link
from foundation.problems import ConflictError
from people.privacy import form
from people.privacy.actions import see_alert
from people.privacy.asking import alert_within_reach, found_in_force, within_reach
from people.privacy.facts import Alert, alerts_in, delays_of, waiting_in

READ = {"permission": Permission.READINGS_OF_FORCE}
JUDGE = {"permission": Permission.READINGS_JUDGE}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
PRIVACY = Link("Privacy", "/privacy")
ALERT_COLUMNS = tuple(map(Column, ("Who", "People", "When", "Looked into")))
FOUND_COLUMNS = tuple(map(Column, ("Name", "National identifier", "Look at")))
LONGEST_SEARCH = 100
DONE = {
    "seen": Banner("Recorded.", succeeded=True),
    "held": Banner("The name is held back.", succeeded=True),
    "told": Banner("The name is told again.", succeeded=True),
}


class PrivacyPages(Controller):
    """What a privacy officer sees of their force."""

    path = "/privacy"
    include_in_schema = False

    @get("/", opt=READ)
    async def privacy(
        self, request: PageRequest, done: Annotated[str, QueryParameter(name="done", max_length=20)] = ""
    ) -> Template:
        """Show what waits, and ask whose readings to look at."""
        forces, me = forces_of(request.user, Permission.READINGS_OF_FORCE), request.user.person_id
        return page(
            "privacy/privacy.html",
            shell_for(request, "Privacy", banner=DONE.get(done)),
            waiting=await waiting_in(forces, but=me),
            alerts=await alerts_in(forces, but=me),
            columns=ALERT_COLUMNS,
        )

    @get("/find", opt=READ)
    async def find(self, request: PageRequest) -> Template:
        """Find a person of the force."""
        text = typed(request.query_params, "q")[:LONGEST_SEARCH]
        look = look_of(request, Opened.SEARCH)
        return page(
            "privacy/find.html",
            shell_for(request, "Find a person", back=PRIVACY),
            asked=text,
            found=await found_in_force(request.user, text, look, on=today()),
            columns=FOUND_COLUMNS,
        )

    @get("/readings/of/{national_id:str}", opt=READ)
    async def of(
        self,
        request: PageRequest,
        national_id: FromPath[str],
        done: Annotated[str, QueryParameter(name="done", max_length=20)] = "",
    ) -> Template:
        """Show who looked at a person's record."""
        on, look = today(), look_of(request, Opened.READERS)
        subject = await within_reach(request.user, national_id, on=on, look=look)
        question = asked(request.query_params, today=on)
        found = await readings_of(subject.id, on=question.on, before=question.before, is_told=False)
        path = f"/privacy/readings/of/{subject.national_id}"
        shell = shell_for(
            request,
            f"Who looked at {subject.name}’s record",
            back=PRIVACY,
            errors=question.errors,
            banner=DONE.get(done),
        )
        return page(
            "privacy/of.html",
            shell,
            status=question.status,
            view=readings_view,
            subject=subject,
            path=path,
            asked=question,
            found=found,
            delays=await delays_of(subject.id),
            next_href=question.further(path, found.next_before),
        )

    @get("/readings/by/{national_id:str}", opt=READ)
    async def by(self, request: PageRequest, national_id: FromPath[str]) -> Template:
        """Show what a person looked at; whoever is out of reach is not named."""
        on, look = today(), look_of(request, Opened.READ_BY)
        reader = await within_reach(request.user, national_id, on=on, look=look)
        question = asked(request.query_params, today=on)
        within = scope(request.user, Permission.READINGS_OF_FORCE)
        found = await readings_by(reader.id, within, on=question.on, before=question.before)
        path = f"/privacy/readings/by/{reader.national_id}"
        return page(
            "privacy/by.html",
            shell_for(request, f"Whom {reader.name} looked at", back=PRIVACY, errors=question.errors),
            status=question.status,
            view=readings_view,
            reader=reader,
            path=path,
            asked=question,
            found=found,
            next_href=question.further(path, found.next_before),
        )

    @get("/alerts/{alert_id:int}", opt=READ)
    async def alert(self, request: PageRequest, alert_id: FromPath[int]) -> Template:
        """Show one alert, and ask what was found."""
        return _alert(request, await alert_within_reach(request.user, alert_id), "")

    @post("/alerts/{alert_id:int}/seen", opt=JUDGE)
    async def see(self, request: PageRequest, alert_id: FromPath[int], data: Answers) -> Template | Redirect:
        """Record that unusual reading was looked into, and what was found."""
        found, words = await alert_within_reach(request.user, alert_id), typed(data, "words")
        wrong = form.words_wrong(words, "Enter what you found", "words")
        errors = tuple(FieldError(text, field) for is_wrong, text, field in wrong if is_wrong)
        if errors:
            return _alert(request, found, words, errors)
        try:
            await see_alert(
                actor=actor_of(request),
                officer=request.user,
                alert_id=found.id,
                reader_id=found.reader_id,
                words=words,
            )
        except ConflictError as refusal:
            return _alert(request, found, words, (FieldError(refusal.detail),))
        return Redirect("/privacy?done=seen", status_code=303)


def _alert(request: PageRequest, found: Alert, words: str, errors: tuple[FieldError, ...] = ()) -> Template:
    return page(
        "privacy/alert.html",
        shell_for(request, "Unusual reading", back=PRIVACY, errors=errors),
        status=400 if errors else 200,
        alert=found,
        words=words,
        wrong={error.field_id: error.text for error in errors},
    )
