"""How does a person see a passport, their own or one that they may see, as a page and on paper?"""

from dataclasses import dataclass
from datetime import date

from litestar import get
from litestar.params import FromPath
from litestar.response import Response, Template

from access.asking import look_of
from access.facts import subjects
from access.permission_map import may_see, may_use
from access.permissions import Permission
from access.readings.looks import Look, Opened, Way
from access.shell import PageRequest, shell_for
from foundation.clock import now, today
from foundation.documents.drafting import draft
from foundation.documents.printing import print_pdf
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import InvalidError
from licence.passport_page.asking import Asked, asked, whichever
from licence.passport_page.facts import passport_of
from licence.passport_page.reach import within_reach
from licence.passport_page.view import View, view_of
from passport.policy.errors import NoPolicyInForceError

MINE = {"permission": Permission.OWN_SESSION}
DESK, TEAM = Link("Licensing desk", "/desk"), Link("My team", "/team")
ANOTHERS = {"permission": Permission.PASSPORT_READ}


@get("/passport", opt=MINE, include_in_schema=False)
async def my_passport(request: PageRequest) -> Template:
    """Show one's own passport."""
    return await _shown(request, request.user.person_id, "/passport")


@get("/people/{national_id:str}/passport", opt=ANOTHERS, include_in_schema=False)
async def passport(request: PageRequest, national_id: FromPath[str]) -> Template:
    """Show the passport of somebody whom the reader may see."""
    holder = await within_reach(request.user, national_id, on=today(), look=_look(request, Way.PAGE))
    return await _shown(request, holder.id, f"/people/{holder.national_id}/passport")


@get("/passport.pdf", opt=MINE, include_in_schema=False)
async def my_passport_on_paper(request: PageRequest) -> Response[bytes]:
    """Print one's own passport."""
    return await _printed(request, request.user.person_id)


@get("/people/{national_id:str}/passport.pdf", opt=ANOTHERS, include_in_schema=False)
async def passport_on_paper(request: PageRequest, national_id: FromPath[str]) -> Response[bytes]:
    """Print the passport of somebody whom the reader may see."""
    holder = await within_reach(request.user, national_id, on=today(), look=_look(request, Way.PAPER))
    return await _printed(request, holder.id)


async def _shown(request: PageRequest, person_id: int, address: str) -> Template:
    on = today()
    question, view = await _looked_at(request, person_id, on)
    errors = (FieldError(question.error, question.wrong_field),) if question.error else ()
    shell = shell_for(
        request,
        "My passport" if view.voice.is_own else f"Passport of {view.holder.name}",
        back=None if view.voice.is_own else _back(request),
        errors=errors,
        policy_version=view.policy,
    )
    return page(
        "licence/passport.html",
        shell,
        status=400 if question.error else 200,
        view=view,
        today=on,
        address=address,
        doors=await _doors(request, view, person_id, on),
        as_at_query=_query(question, on),
        entry=question.entry,
    )


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the reader may record evidence and look at roles for the holder, and whether they may open one record."""

    record: str
    opens: bool
    roles: str = ""


async def _doors(request: PageRequest, view: View, person_id: int, on: date) -> Doors:
    """Return the ways on from a passport: through broken glass there are none."""
    if view.voice.is_own:
        return Doors("/passport/evidence/new", opens=True)
    glass = request.user.glass
    if glass is not None and glass.subject_id == person_id:
        return Doors("", opens=False)
    subject = (await subjects([person_id], on))[person_id]
    may_record = may_see(request.user, Permission.EVIDENCE_RECORD, subject)
    may_plan = may_see(request.user, Permission.PATHWAY_READ, subject)
    hers = f"/people/{view.holder.national_id}"
    return Doors(
        f"{hers}/evidence/new" if may_record else "", opens=True, roles=f"{hers}/profiles" if may_plan else ""
    )


def _back(request: PageRequest) -> Link | None:
    """Lead whoever reads another's passport back to where they have lists of people."""
    doors = ((Permission.DESK_READ, DESK), (Permission.TEAM_READ, TEAM))
    return next((link for permission, link in doors if may_use(request.user, permission)), None)


async def _printed(request: PageRequest, person_id: int) -> Response[bytes]:
    on = today()
    question, view = await _looked_at(request, person_id, on)
    if question.error:
        raise InvalidError(question.error)
    html = draft("licence/passport-document.html", view=view, today=on, made_at=now())
    name = f"passport-{view.holder.national_id}-{view.on.isoformat()}.pdf"
    return Response(
        await print_pdf(html),
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


async def _looked_at(request: PageRequest, person_id: int, on: date) -> tuple[Asked, View]:
    """Read a passport for the day asked about; a day for which there was no policy shows today, and says why."""
    question = asked(request.query_params, today=on)
    try:
        return question, await _view(request, person_id, question, on)
    except NoPolicyInForceError as refusal:
        if question.on == on:
            raise
        question = question.refused(refusal.detail, today=on)
        return question, await _view(request, person_id, question, on)


async def _view(request: PageRequest, person_id: int, question: Asked, on: date) -> View:
    is_own = request.user.person_id == person_id
    read = await passport_of(person_id, question.on, is_reader=is_own, known=question.known)
    return view_of(read, today=on)


def _look(request: PageRequest, way: Way) -> Look:
    question = asked(request.query_params, today=today())
    return look_of(request, Opened.PASSPORT, way, detail=whichever(question.on, question.known))


def _query(question: Asked, on: date) -> str:
    """Return what keeps a link to the printed passport on the day that is looked at."""
    parts = [f"on={question.on.isoformat()}"] if question.on != on else []
    if question.known is not None:
        parts.append(f"known={question.known.isoformat().replace('+00:00', 'Z')}")
    return f"?{'&'.join(parts)}" if parts else ""


HANDLERS = (my_passport, passport, my_passport_on_paper, passport_on_paper)
