"""Who looked at my record? The page on which everybody sees it."""

from litestar import get
from litestar.response import Template

from access.permissions import Permission
from access.readings import view
from access.readings.asking import asked
from access.readings.facts import readings_of
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.pages import page
from foundation.parts import Link

PATH = "/passport/readings"


@get(PATH, opt={"permission": Permission.READINGS_OWN}, include_in_schema=False)
async def my_readings(request: PageRequest) -> Template:
    """Show who looked at one's own record, in which role, for what, and when; one's own visits are not among them."""
    question = asked(request.query_params, today=today())
    found = await readings_of(request.user.person_id, on=question.on, before=question.before)
    shell = shell_for(
        request,
        "Who looked at my record",
        back=Link("My passport", "/passport"),
        errors=question.errors,
    )
    return page(
        "readings/own.html",
        shell,
        status=question.status,
        view=view,
        path=PATH,
        asked=question,
        found=found,
        next_href=question.further(PATH, found.next_before),
    )


HANDLERS = (my_readings,)
