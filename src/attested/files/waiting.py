"""The page of a large file on its way: how far it has come, until its report is there; the browser may be closed."""

from litestar import Controller, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from access.permission_map import forces_of
from access.permissions import Permission
from access.shell import PageRequest, shell_for
from attested.files import view
from attested.files.errands import FINISHED, JUDGE, KEEP, REFUSED, errand_of
from foundation.pages import page
from foundation.parts import Link

LOOK_AGAIN = "3"  # seconds


class WaitingPages(Controller):
    """What whoever handed in a large file sees of it meanwhile."""

    path = view.WAITING
    include_in_schema = False

    @get("/{number:int}", opt={"permission": Permission.INTAKE_WRITE})
    async def errand(self, request: PageRequest, number: FromPath[int]) -> Template | Redirect:
        """Show how far a file has come, again and again; at its end, lead to its report or say why there is none."""
        errand = await errand_of(forces_of(request.user, Permission.INTAKE_WRITE), min(number, 2**63 - 1))
        if errand.state == FINISHED:
            done = "?done=committed" if errand.step == KEEP else ""
            return Redirect(f"{view.PATH}/{errand.intake_id}{done}", status_code=303)
        refused = errand.state == REFUSED
        title = view.ERRANDS[errand.step][1 if refused else 0]
        answer = page(
            "files/errand.html",
            shell_for(request, title, back=Link("Files", view.PATH)),
            errand=errand,
            refused=refused,
            again_href=f"{view.PATH}/new" if errand.step == JUDGE else f"{view.PATH}/{errand.intake_id}",
            here=view.waiting(errand.id),
        )
        if not refused:
            answer.headers["Refresh"] = LOOK_AGAIN  # needs neither a script nor anybody's hand
        return answer
