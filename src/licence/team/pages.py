"""My team: who may do what, what lapses in 30, 60 and 90 days, and the skills matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Controller, get
from litestar.response import Template

from access.asking import look_of
from access.permissions import Permission
from access.readings.looks import Opened
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.date_entry import DateEntry
from foundation.forms import not_offered
from foundation.pages import page
from foundation.parts import FieldError, Link
from licence.passport_page.asking import asked as asked_day
from licence.team import view
from licence.team.asking import address, read_asked, words
from licence.team.reading import read_team
from licence.team.rules import Asked, Member, shown
from passport.policy.errors import NoPolicyInForceError

READ = {"permission": Permission.TEAM_READ}


@dataclass(frozen=True, slots=True)
class Looked:
    """A team on a day; `other_day` is that day where it is not today, `errors` what was wrong with the day asked for."""

    members: Sequence[Member]
    on: date
    other_day: date | None
    entry: DateEntry
    errors: tuple[FieldError, ...]

    @property
    def status(self) -> int:
        """Return how the page answers."""
        return 400 if self.errors else 200


class TeamPages(Controller):
    """What a supervisor sees of those they supervise today."""

    path = view.PATH
    include_in_schema = False

    @get("/", opt=READ)
    async def team(self, request: PageRequest) -> Template:
        """Show the team, soonest due first, filtered and sorted as the address says."""
        looked = await _look(request, not_offered(request.query_params, view.OFFERED))
        asked = read_asked(request.query_params, on=looked.other_day)
        return page(
            "licence/team/team.html",
            shell_for(request, "My team", errors=looked.errors),
            status=looked.status,
            view=view,
            looked=looked,
            asked=asked,
            kept=tuple(words(asked).items()),
            cards=view.cards(looked.members, looked.on, looked.other_day),
            columns=view.columns(asked),
            members=shown(looked.members, asked, looked.on),
        )

    @get("/skills", opt=READ)
    async def skills(self, request: PageRequest) -> Template:
        """Show who holds what, and until when."""
        looked = await _look(request)
        back = Link("My team", address(Asked(on=looked.other_day), view.PATH))
        return page(
            "licence/team/skills.html",
            shell_for(request, "Skills of my team", back=back, errors=looked.errors),
            status=looked.status,
            view=view,
            looked=looked,
            skills=view.skills(looked.members),
        )


async def _look(request: PageRequest, wrong: Sequence[FieldError] = ()) -> Looked:
    """Read the team for the day asked about; a day about which nothing can be said shows today, and says why."""
    now = today()
    question = asked_day(request.query_params, today=now)
    reader, look = request.user, look_of(request, Opened.TEAM)
    try:
        members = await read_team(reader, look, question.on, today=now)
    except NoPolicyInForceError as refusal:
        if question.on == now:
            raise
        question = question.refused(refusal.detail, today=now)
        members = await read_team(reader, look, now, today=now)
    errors = (FieldError(question.error, question.wrong_field),) if question.error else ()
    other = question.on if question.on != now else None
    return Looked(members, question.on, other, question.entry, (*wrong, *errors))
