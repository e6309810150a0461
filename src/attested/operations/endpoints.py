"""Jobs for programs: the same facts as the operators' pages, and the same second try."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of
from access.permissions import Permission
from foundation.jobs.actions import requeue
from foundation.jobs.facts import Job, JobCounts, JobPage, JobState, WorkerSeen, counts, job, jobs_in, workers
from foundation.jobs.schedules import schedules
from foundation.paging import Before
from foundation.problems import NotFoundError
from foundation.refusals import refusals
from foundation.requests import EXACT

READ = {"permission": Permission.JOB_READ}
JobNumber = Annotated[int, PathParameter(name="job_id", ge=1, le=EXACT, description="The job's number.")]


@dataclass(frozen=True, slots=True)
class ScheduleSeen:
    """A schedule, the last day it ran for and how that ended, and when it runs next."""

    name: str
    job: str
    last_on: date | None
    last_state: str | None
    next_on: date
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Operations:
    """How the work stands as a whole."""

    counts: JobCounts
    schedules: list[ScheduleSeen]
    workers: list[WorkerSeen]


class JobEndpoints(Controller):
    """What an operator may ask and do."""

    path = "/jobs"
    tags = ("Jobs",)

    @get("/", opt=READ, operation_id="jobs", summary="List jobs")
    async def listed(
        self,
        wanted: Annotated[
            JobState, QueryParameter(name="state", description="Which jobs to list.")
        ] = JobState.DEAD,
        before: Before = None,
    ) -> JobPage:
        """List the jobs in one state, newest first, 25 a page."""
        return await jobs_in(wanted, before=before)

    @get("/summary", opt=READ, operation_id="jobsSummary", summary="How the work stands")
    async def summary(self) -> Operations:
        """Count the jobs, and show the schedules and the workers."""
        planned = [
            ScheduleSeen(one.name, one.job, one.last_on, one.last_state, one.next_on, one.next_at)
            for one in await schedules()
        ]
        return Operations(await counts(), planned, list(await workers()))

    @get("/{job_id:int}", opt=READ, operation_id="job", summary="Show a job")
    async def one(self, job_id: JobNumber) -> Job:
        """Show one job."""
        return await _found(job_id)

    @post(
        "/{job_id:int}/requeue",
        opt={"permission": Permission.JOB_REQUEUE},
        status_code=200,
        operation_id="requeueJob",
        summary="Give a dead job another try",
        responses=refusals(409),
    )
    async def requeue(self, request: ApiRequest, job_id: JobNumber) -> Job:
        """Give a dead job another try, with all its tries before it; 409 if it is not dead."""
        await _found(job_id)
        await requeue(actor=actor_of(request), job_id=job_id)
        return await _found(job_id)


async def _found(job_id: int) -> Job:
    found = await job(job_id)
    if found is None:
        raise NotFoundError
    return found
