"""How do the pages about what is held on somebody put what they show?"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from attested.subject_access.catalogue import Part
from attested.subject_access.copying import Section, Value
from attested.subject_access.entering import Purpose
from attested.subject_access.facts import KEPT_DAYS, Asked
from attested.subject_access.judging import Desk
from attested.subject_access.rules import LAWS, Ground
from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_count, as_date, as_date_and_time, as_list, as_sentence_case

MINE = "/passport/my-data"
PASSPORT = Link("My passport", "/passport")
BACK = Link("What is held on me", MINE)
PRIVACY = Link("Privacy", "/privacy")
REQUESTS = Link("Requests for everything held", "/privacy/requests")
REQUEST_COLUMNS = tuple(Column(text) for text in ("Who", "Asked", "Due", "Waits for", "Take longer"))
ANSWERED_COLUMNS = tuple(Column(text) for text in ("Who", "Asked", "Answered"))
QUEUE_COLUMNS = tuple(Column(text) for text in ("Who", "Asked", "Due"))
WIDEST = 5
"""Columns of a table that still reads well; a wider one is told row by row."""
LOOK_AGAIN = 10
"""Seconds after which a page that waits for the copy asks again."""
PARTS = {
    Part.GENERAL: "Your passport, licence, posts and everything else",
    Part.HEALTH: "Health and care",
    Part.VETTING: "Vetting",
}
JUDGES = {Part.GENERAL: "the service", Part.HEALTH: "a clinician", Part.VETTING: "a vetting officer"}
PURPOSES = [{"value": one.value, "text": as_sentence_case(one)} for one in Purpose]
MONTHS = [{"value": "1", "text": "One month more"}, {"value": "2", "text": "Two months more"}]
DONE = {
    "asked": "You have asked. It is being gathered now.",
    "judged": "Your judgement is kept. The person is told that their part is ready.",
    "extended": "The request is extended. The person is told until when, and why.",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as it reads: without the columns that are empty all the way down."""

    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Say whether it reads better row by row."""
        return len(self.columns) > WIDEST

    @property
    def headings(self) -> tuple[Column, ...]:
        """Return the headings of a table."""
        return tuple(Column(text) for text in self.columns)

    def summary(self, row: tuple[str, ...]) -> tuple[SummaryRow, ...]:
        """Return a row with a heading before each value."""
        return tuple(SummaryRow(key, value) for key, value in zip(self.columns, row, strict=True) if value)


def shown(section: Section) -> Shown:
    """Return a section as it reads."""
    kept = [
        at for at in range(len(section.columns)) if any(row[at] not in (None, "") for row in section.rows)
    ]
    rows = tuple(tuple(in_words(row[at]) for at in kept) for row in section.rows)
    return Shown(section.title, section.words, tuple(section.columns[at] for at in kept), rows)


def in_words(value: Value) -> str:
    """Return a value as people read it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "Yes", False: "No"}[value]
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value)
    if _INSTANT.match(text):
        return as_date_and_time(datetime.fromisoformat(text))
    return as_date(date.fromisoformat(text)) if _DAY.match(text) else text


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def who(asked: Asked) -> str:
    """Name whoever asked; a protected person by number alone."""
    return asked.name or asked.national_id


def due(asked: Asked, on: date) -> tuple[str, str, str]:
    """Return a request's last day, how far off that is, and the colour of it."""
    days = (asked.last_day - on).days
    if days < 0:
        return as_date(asked.last_day), f"{as_count(-days, 'day')} overdue", "govuk-tag--red"
    left = "Today" if days == 0 else f"{as_count(days, 'day')} left"
    return as_date(asked.last_day), left, "govuk-tag--yellow" if days <= 7 else "govuk-tag--grey"  # noqa: PLR2004 - a week


def waits_for(asked: Asked) -> str:
    """Say who has to do something before a request is answered."""
    named = [JUDGES[part] for part in asked.waiting]
    return as_sentence_case(as_list(named))


def state_of(asked: Asked, part: Part) -> tuple[str, str]:
    """Return how a part stands, in a word and its colour."""
    if part not in asked.waiting:
        return "Ready", "govuk-tag--green"
    if part is Part.GENERAL:
        return "Being gathered", "govuk-tag--blue"
    return f"With {JUDGES[part]}", "govuk-tag--yellow"


def goes_on(asked: Asked) -> str:
    """Say until when a copy can be fetched."""
    if asked.complete_at is None:
        return f"You can fetch it until {KEPT_DAYS} days after its last part is ready."
    return f"The last part was ready on {as_date_and_time(asked.complete_at)}. You can fetch it for {KEPT_DAYS} days from then."


def grounds(desk: Desk) -> list[tuple[Ground, str, str]]:
    """Return the grounds of a desk, in words, each with its law and whether the person is told."""
    return [
        (
            one,
            LAWS[one].words,
            f"{LAWS[one].source}. The person is {'told' if LAWS[one].is_told else 'not told'} that something is withheld.",
        )
        for one in desk.grounds
    ]


def queue(desk: Desk) -> str:
    """Return the address of a desk's queue."""
    return f"/exemptions/{desk.part}"
