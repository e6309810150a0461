"""Jobs for programs: the same facts as the operators' pages, and the same second try."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter

from access.identity import Identity
from access.permissions import Permission
from foundation.audit import Actor
from foundation.jobs.actions import requeue
from foundation.jobs.facts import Job, JobCounts, JobPage, JobState, WorkerSeen, counts, job, jobs_in, workers
from foundation.jobs.schedules import schedules
from foundation.problems import NotFoundError
from foundation.requests import request_id_of

ApiRequest = Request[Identity, None, State]
READ = {"permission": Permission.JOB_READ}


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

    @get("/", opt=READ, operation_id="Jobs")
    async def listed(
        self,
        wanted: Annotated[
            JobState, QueryParameter(name="state", description="Which jobs to list.")
        ] = JobState.DEAD,
        before: Annotated[
            int | None,
            QueryParameter(
                name="before", ge=1, le=2**63 - 1, description="The `next_before` of the page before."
            ),
        ] = None,
    ) -> JobPage:
        """List the jobs in one state, newest first, 25 a page."""
        return await jobs_in(wanted, before=before)

    @get("/summary", opt=READ, operation_id="JobsSummary")
    async def summary(self) -> Operations:
        """Count the jobs, and show the schedules and the workers."""
        planned = [
            ScheduleSeen(one.name, one.job, one.last_on, one.last_state, one.next_on, one.next_at)
            for one in await schedules()
        ]
        return Operations(await counts(), planned, list(await workers()))

    @get("/{job_id:int}", opt=READ, operation_id="Job")
    async def one(self, job_id: FromPath[int]) -> Job:
        """Show one job."""
        return await _found(job_id)

    @post(
        "/{job_id:int}/requeue",
        opt={"permission": Permission.JOB_REQUEUE},
        status_code=200,
        operation_id="Requeue",
    )
    async def requeue(self, request: ApiRequest, job_id: FromPath[int]) -> Job:
        """Give a dead job another try, with all its tries before it; 409 if it is not dead."""
        await _found(job_id)
        actor = Actor(request.user.person_id, request.user.name, request_id_of(request.scope))
        await requeue(actor=actor, job_id=job_id)
        return await _found(job_id)


async def _found(job_id: int) -> Job:
    found = await job(job_id)
    if found is None:
        raise NotFoundError
    return found
