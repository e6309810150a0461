"""The operators' pages: what runs, what waits, what is dead, and another try for it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from access.permissions import Permission
from access.shell import PageRequest, shell_for
from attested.operations import view
from foundation.audit import Actor
from foundation.clock import now
from foundation.jobs.actions import requeue
from foundation.jobs.facts import Job, JobState, counts, job, jobs_in, workers
from foundation.jobs.schedules import schedules
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import Banner, Link
from foundation.problems import NotFoundError
from foundation.requests import EXACT, request_id_of

READ = {"permission": Permission.JOB_READ}
SHOWN = 10
OVERVIEW = Link("Jobs", "/jobs")


class JobPages(Controller):
    """What an operator sees and does."""

    path = "/jobs"
    include_in_schema = False

    @get("/", opt=READ)
    async def overview(
        self, request: PageRequest, back: Annotated[int | None, QueryParameter(name="requeued", ge=1)] = None
    ) -> Template:
        """Show how the work stands: the dead first, then what runs and waits, the schedules, the workers."""
        again = Banner(f"Job {back} has been given another try.", succeeded=True) if back else None
        return page(
            "operations/jobs.html",
            shell_for(request, "Jobs", banner=again),
            view=view,
            cards=view.cards(await counts()),
            dead=await jobs_in(JobState.DEAD, limit=SHOWN),
            running=await jobs_in(JobState.RUNNING, limit=SHOWN),
            waiting=await jobs_in(JobState.WAITING, limit=SHOWN),
            schedules=await schedules(),
            now=now(),
            workers=await workers(),
        )

    @get("/list", opt=READ)
    async def listed(
        self,
        request: PageRequest,
        wanted: Annotated[JobState, QueryParameter(name="state")],
        before: Before = None,
    ) -> Template:
        """Show the jobs in one state, newest first, a page at a time."""
        found = await jobs_in(wanted, before=before)
        return page(
            "operations/list.html",
            shell_for(request, view.TITLES[wanted], back=OVERVIEW),
            view=view,
            state=wanted,
            found=found,
            first_href=view.address(wanted) if before else None,
            next_href=view.address(wanted, found.next_before) if found.next_before else None,
        )

    @get("/{job_id:int}", opt=READ)
    async def one(self, request: PageRequest, job_id: FromPath[int]) -> Template:
        """Show everything there is to know of a job."""
        found = await _found(job_id)
        shell = shell_for(request, view.titled(found), back=OVERVIEW)
        return page("operations/job.html", shell, job=found, rows=view.particulars(found))

    @get("/{job_id:int}/requeue", opt={"permission": Permission.JOB_REQUEUE})
    async def ask_again(self, request: PageRequest, job_id: FromPath[int]) -> Template:
        """Ask whether a dead job is really to have another try."""
        found = await _found(job_id)
        shell = shell_for(request, "Give this job another try?", back=Link("Back", f"/jobs/{job_id}"))
        return page("operations/requeue.html", shell, job=found, rows=view.particulars(found))

    @post("/{job_id:int}/requeue", opt={"permission": Permission.JOB_REQUEUE})
    async def requeue(self, request: PageRequest, job_id: FromPath[int]) -> Redirect:
        """Give a dead job another try."""
        await _found(job_id)
        actor = Actor(request.user.person_id, request.user.name, request_id_of(request.scope))
        await requeue(actor=actor, job_id=job_id)
        return Redirect(f"/jobs?requeued={job_id}", status_code=303)


async def _found(job_id: int) -> Job:
    found = await job(job_id) if job_id <= EXACT else None
    if found is None:
        raise NotFoundError
    return found
