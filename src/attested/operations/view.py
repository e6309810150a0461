"""How do jobs read on a page?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.jobs.facts import Job, JobCounts, JobState
from foundation.jobs.schedules import Schedule
from foundation.parts import Column, SummaryRow, Tone
from foundation.wording import as_date, as_date_and_time, as_sentence_case, as_time

LIST = "/jobs/list"
JOB_COLUMNS = (Column("Job"), Column("Tries", numeric=True), Column("When"), Column("What it said last"))
SCHEDULE_COLUMNS = (Column("Schedule"), Column("When"), Column("Last ran for"), Column("Next"))
WORKER_COLUMNS = (Column("Worker"), Column("Last heard of"), Column("Jobs it holds", numeric=True))
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
TITLES = {
    JobState.WAITING: "Jobs that wait",
    JobState.RUNNING: "Jobs that run",
    JobState.DEAD: "Dead jobs",
    JobState.DONE: "Jobs that are done",
}
NONE = {
    JobState.WAITING: ("Nothing waits", "Every job that was asked for has been taken up."),
    JobState.RUNNING: ("Nothing runs at the moment", "Jobs usually take less than a second."),
    JobState.DEAD: ("No job is dead", "A job dies when it has failed 24 times, over most of a day."),
    JobState.DONE: ("No job has been done yet", "Jobs that are done are listed here for a month."),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One count that leads to its list."""

    number: int
    label: str
    href: str
    tone: Tone
    hint: str = ""


def cards(counts: JobCounts) -> Sequence[Card]:
    """Return the counts, those that need somebody first."""
    dead = Tone.STOP if counts.dead else Tone.PLAIN
    return (
        Card(counts.dead, "Dead", address(JobState.DEAD), dead),
        Card(counts.running, "Running", address(JobState.RUNNING), Tone.PLAIN),
        Card(counts.waiting, "Waiting", address(JobState.WAITING), Tone.PLAIN),
        Card(counts.done, "Done", address(JobState.DONE), Tone.PLAIN, hint="in the last 24 hours"),
    )


def address(state: JobState, before: int | None = None) -> str:
    """Return the address of a page of a list."""
    return f"{LIST}?state={state}" + (f"&before={before}" if before else "")


def when(job: Job) -> str:
    """Say the one time that matters of a job as it stands."""
    if job.state is JobState.WAITING:
        return f"Due {as_date_and_time(job.due_at)}"
    if job.state is JobState.RUNNING and job.lease_until is not None:
        return f"Held until {as_date_and_time(job.lease_until)}"
    return f"{as_sentence_case(job.state)} {as_date_and_time(job.finished_at or job.created_at)}"


def titled(job: Job) -> str:
    """Name a job by what it does and, where a schedule asked for it, the day it is for."""
    return f"{job.name} for {_day(job.on)}" if job.on else job.name


def particulars(job: Job) -> Sequence[SummaryRow]:
    """Return everything there is to know of a job."""
    rows = [
        ("State", as_sentence_case(job.state)),
        ("Number", str(job.id)),
        ("For", _day(job.on) if job.on else "no particular day"),
        ("Tries so far", str(job.attempt)),
        ("Asked for", as_date_and_time(job.created_at)),
        ("When", when(job)),
        ("Worker", job.leased_by or "none"),
        ("What it said last", job.last_error or "nothing"),
    ]
    return [SummaryRow(key, value) for key, value in rows]


def rhythm(schedule: Schedule) -> str:
    """Say when a schedule runs."""
    days = "Every day" if schedule.weekday is None else WEEKDAYS[schedule.weekday - 1]
    return f"{days} at {as_time(schedule.next_at)}"


def next_run(schedule: Schedule, now: datetime) -> str:
    """Say when a schedule runs next, or that it is due."""
    return "Due now" if schedule.is_due(now) else as_date_and_time(schedule.next_at)


def last_run(schedule: Schedule) -> str:
    """Say which day a schedule ran for last, and how that ended."""
    if schedule.last_on is None:
        return "Not yet"
    return f"{as_date(schedule.last_on)}: {schedule.last_state}"


def _day(iso: str | None) -> str:
    return as_date(datetime.fromisoformat(iso).date()) if iso else ""
