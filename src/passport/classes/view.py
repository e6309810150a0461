"""How do the pages of classes put what they show?"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from foundation.forms import LONGEST_SHOWN
from foundation.parts import Banner, Column, FieldError, Link, SummaryRow
from foundation.problems import Problem
from foundation.wording import as_count, as_date, as_date_and_time, as_list
from passport.classes.errors import NobodyFoundError, ReasonNeededError, UnmarkedError
from passport.classes.facts import Listed, Sheet, Taught
from passport.classes.particulars import PutRight
from passport.classes.rules import Outcome, State
from people.persons.meant import Meant

PATH = "/classes"
CLASSES = Link("Classes", PATH)
COLUMNS = tuple(Column(name) for name in ("Class", "Day", "Where", "People", "How it stands"))
SHEET = tuple(Column(name) for name in ("Name", "Number", "Unit", "How they did"))
MARKED = (SHEET[0], SHEET[1], SHEET[3])
OUTCOMES = [(Outcome.PASSED, "Passed"), (Outcome.FAILED, "Failed"), (Outcome.ABSENT, "Did not attend")]
WORDS = dict(OUTCOMES)
TAGS = {
    State.TO_COME: "govuk-tag--blue",
    State.TO_SIGN: "govuk-tag--yellow",
    State.SIGNED: "govuk-tag--green",
}
OUTCOME_TAGS = {Outcome.PASSED: "govuk-tag--green", Outcome.FAILED: "govuk-tag--red"}
DONE = {
    "made": "The class has been made. Add those who are booked on it.",
    "added": "They have a place on the class.",
    "taken-off": "They have no place on the class any more.",
    "signed": "You have signed the sheet. Everybody who passed has it in their passport.",
    "corrected": "The sheet is corrected. What was recorded wrongly stays in the record, with your reason.",
    "put-right": "The day and hours are corrected. Everybody whose record changed has been told.",
    "cancelled": "The class is cancelled.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def address(about: Listed, rest: str = "") -> str:
    """Return where a class, or something of it, is found."""
    return f"{PATH}/{about.id}{rest}"


def to_sign_first(found: Sequence[Listed]) -> Sequence[Listed]:
    """Return a page of classes with those on top that wait for a signature, in the order in which they stood."""
    return sorted(found, key=lambda one: one.state is not State.TO_SIGN)


def titled(about: Listed) -> str:
    """Name a class by what it meets."""
    return ", ".join(one.title for one in about.taught)


def tag(state: State) -> str:
    """Return the colour of a state's tag."""
    return TAGS.get(state, "govuk-tag--grey")


def outcome_tag(outcome: Outcome | None) -> tuple[str, str]:
    """Return how somebody did in a word or two, and the colour of its tag."""
    if outcome is None:
        return "Not said", "govuk-tag--yellow"
    return WORDS[outcome], OUTCOME_TAGS.get(outcome, "govuk-tag--grey")


def summary(about: Listed) -> list[SummaryRow]:
    """Return the particulars of a class, each with its heading."""
    told = (
        ("Meets", "; ".join(map(_taught, about.taught))),
        ("Day", as_date(about.held_on)),
        ("Where", about.place),
        ("Delivered by", about.provider or "The force itself"),
        ("Made by", about.made_by),
        ("Signed by", _at(about.signed_by, about.signed_at)),
        ("Cancelled by", _at(about.cancelled_by, about.cancelled_at)),
        ("Why it was cancelled", about.cancelled_reason or ""),
    )
    return [SummaryRow(heading, words) for heading, words in told if words]


def doubts(about: Listed) -> list[str]:
    """Say, to whoever is to sign, for what its provider was not licensed on the day of a class."""
    return [
        f"{about.provider} was licensed to deliver {one.title} through {as_date(one.licensed_until)}, and this class is "
        f"later. What you sign for counts, and is in doubt until learning and development has looked at it."
        for one in about.taught
        if one.licensed_until is not None
    ]


def changed(one: PutRight, about: Listed) -> str:
    """Say in a few words what a sheet said before, and what it has said since."""
    if one.held_on and one.was_held_on:
        return f"The day was {as_date(one.was_held_on)}, and is {as_date(one.held_on)}"
    title = next(
        (each.title for each in about.taught if each.requirement == one.requirement), one.requirement
    )
    was = as_hours(one.was_hours) if one.was_hours else "not said"
    return f"Hours of {title} were {was}, and are {as_hours(one.hours) if one.hours else 'not said'}"


def as_hours(hours: Decimal) -> str:
    """6 hours, 7.5 hours, 1 hour."""
    return f"{hours.normalize():f} {'hour' if hours == 1 else 'hours'}"


def _taught(one: Taught) -> str:
    return f"{one.title} ({as_hours(one.hours)})" if one.hours else one.title


def _at(who: str | None, when: datetime | None) -> str:
    return f"{who}, {as_date_and_time(when)}" if who and when else ""


def not_found(meant: Meant) -> str:
    """Say which of the pasted numbers mean nobody, and what became of the rest."""
    if not meant.unknown:
        return NobodyFoundError().detail
    added = (
        f" The other {as_count(len(meant.person_ids), 'person was', 'people were')} added."
        if meant.person_ids
        else ""
    )
    shown = as_list([one[:LONGEST_SHOWN] for one in meant.unknown])
    return f"Nobody of your force was found by {shown}.{added}"


def faults(sheet: Sheet, refusal: Problem) -> tuple[FieldError, ...]:
    """Say what stands in the way of a sheet: of whom nothing is said, each by name."""
    if not isinstance(refusal, UnmarkedError):
        return (FieldError(refusal.detail),)
    names = {f"outcome-{one.person_id}": one.name for one in sheet.places}
    return tuple(
        FieldError(f"Say how {names[field]} did", field) for field in refusal.errors if field in names
    )


def fault(refusal: Problem) -> FieldError:
    """Say what stands in the way of a correction, beside the box to put right."""
    return FieldError(refusal.detail, "why" if isinstance(refusal, ReasonNeededError) else None)
