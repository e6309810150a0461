"""How do the pages of evidence put what they show?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_count, as_date
from passport.attachments.view import Named, named
from passport.learning.reach import Opened
from passport.learning.rules import Said, State, Step
from people.persons.facts import NamedPerson

MINE, QUEUE = "/passport/evidence", "/verification"
PASSPORT, OWN, TO_VERIFY = (
    Link("My passport", "/passport"),
    Link("My evidence", MINE),
    Link("To verify", QUEUE),
)
LINES = tuple(Column(name) for name in ("What", "Completed", "Where, or with whom", "How it stands"))
WAITING = tuple(
    Column(name) for name in ("What", "Whose", "Completed", "Where, or with whom", "Files", "Since")
)
TAGS: Mapping[State, str] = {
    State.VERIFIED: "govuk-tag--green",
    State.AWAITING: "govuk-tag--blue",
    State.DECLINED: "govuk-tag--red",
    State.WITHDRAWN: "govuk-tag--grey",
}
STEPS: Mapping[Step, str] = {
    Step.RECORDED: "Recorded",
    Step.IMPORTED: "Taken from a file of the force",
    Step.CORRECTED: "Corrected",
    Step.VERIFIED: "Verified",
    Step.REOPENED: "Verification taken back",
    Step.AGAIN: "Recorded again",
}
SAYS_WHY = {Step.CORRECTED, Step.REOPENED, Step.IMPORTED}
DONE: Mapping[str, str] = {
    "recorded": "It has been recorded, and waits to be verified. You are told when it is.",
    "entered": "It has been recorded. It counts from now on, and the person is told.",
    "again": "It has been recorded once more, and waits to be verified.",
    "already": "This was recorded already. It is there once, and nothing was added.",
    "corrected": "It has been corrected. What it said before stays below.",
    "withdrawn": "It has been withdrawn. What it said stays below.",
    "verified": "It has been verified. The person is told.",
    "declined": "It has been declined. The person is told, and reads why.",
    "undone": "Your verification has been taken back. It waits to be verified again.",
    "attached": "The file has been attached.",
    "removed": "The file has been taken away.",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that was done with a record: by whom, when and why, and what it said from then on."""

    title: str
    by: str
    at: datetime
    says: str
    reason: str


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=done != "already") if done in DONE else None


def address(number: int, rest: str = "") -> str:
    """Return where a record, or something of it, is found."""
    return f"/evidence/{number}{rest}"


def new_address(national_id: str | None = None) -> str:
    """Return where evidence is recorded for oneself, or for somebody else."""
    return f"{MINE}/new" if national_id is None else f"/people/{national_id}/evidence/new"


def as_hours(hours: Decimal) -> str:
    """7.5 hours, 1 hour, 12 hours."""
    return as_count(int(hours), "hour") if hours == int(hours) else f"{hours.normalize():f} hours"


def summary_of(opened: Opened) -> Sequence[SummaryRow]:
    """Return what a record says, each particular with its heading."""
    last = opened.chain.last
    told = (
        ("Completed on", as_date(last.completed_on)),
        ("Hours", as_hours(last.hours) if last.hours else ""),
        ("Where, or with whom", last.source),
        ("Reference", last.reference or ""),
    )
    return [SummaryRow(heading, words) for heading, words in told if words]


def history_of(opened: Opened) -> Sequence[Chapter]:
    """Return everything that was done with a record, the last first."""
    chain, people = opened.chain, opened.people
    chapters = [
        Chapter(
            STEPS[step],
            _name(one.recorded_by, people),
            one.recorded_at,
            _says(one),
            (before.superseded_reason or "") if before and step in SAYS_WHY else "",
        )
        for before, one, step in zip((None, *chain.said), chain.said, chain.steps, strict=False)
    ]
    last = chain.last
    if last.superseded_at is not None:
        title = "Declined" if chain.state is State.DECLINED else "Withdrawn"
        by = _name(last.superseded_by, people)
        chapters.append(Chapter(title, by, last.superseded_at, "", last.superseded_reason or ""))
    return chapters[::-1]


def files_of(opened: Opened) -> Sequence[Named]:
    """Return the files of a record, each with who attached it or took it away."""
    return named(opened.chain.files, {number: one.name for number, one in opened.people.items()})


def what_follows(opened: Opened) -> str:
    """Say in a sentence what the state of a record means for its person."""
    you, their = ("you", "your") if opened.is_own else ("them", "their")
    match opened.chain.state:
        case State.VERIFIED:
            return f"It counts for {you}."
        case State.AWAITING:
            return f"It counts once {their} supervisor, or learning and development, has verified it."
        case State.DECLINED:
            return "It does not count. The reason stands below."
        case State.WITHDRAWN:
            return "It no longer counts. The reason stands below."


def _name(person_id: int | None, people: Mapping[int, NamedPerson]) -> str:
    found = people.get(person_id or 0)
    return found.name if found else "The service"


def _says(one: Said) -> str:
    parts = (
        f"Completed on {as_date(one.completed_on)}",
        as_hours(one.hours) if one.hours else "no hours",
        one.source,
        f"reference {one.reference}" if one.reference else "",
    )
    return ", ".join(filter(None, parts))
