"""What do the pages about leadership show?"""

from collections.abc import Sequence

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_list, as_sentence_case
from passport.attachments.view import Named, named
from passport.leadership.form import ExampleForm
from passport.leadership.reading import Shown
from passport.leadership.rules import Capacity, Example, Judged, Programme, Readiness, Verdict
from passport.standards.book import stages, titles
from passport.standards.rules import Group

OWN_PATH = "/passport/leadership"
PATH = "/leadership"
OWN = Link("My leadership", OWN_PATH)
LIST = Link("Leadership", PATH)
PASSPORT = Link("My passport", "/passport")
STAGES = tuple(Column(name) for name in ("Stage", "Standards met", "Programme"))
WAITING = tuple(Column(name) for name in ("Name", "Unit", "Examples to look at", "Since"))
EXAMPLES = tuple(Column(name) for name in ("Example", "When", "How it stands"))
TAGS = {
    Verdict.MET: "govuk-tag--green",
    Verdict.PARTLY: "govuk-tag--yellow",
    Verdict.NOT_YET: "govuk-tag--orange",
    Verdict.NOT_SEEN: "govuk-tag--grey",
}
BY = {Capacity.SUPERVISOR: "Supervisor", Capacity.ASSESSOR: "Assessor"}
VERDICTS = (
    (Verdict.MET, "Met", "It is shown, more than once or beyond doubt"),
    (Verdict.PARTLY, "Partly", "It is shown in some situations; say what is missing"),
    (Verdict.NOT_YET, "Not yet", "What was shown does not bear it out"),
    (Verdict.NOT_SEEN, "Not seen", "There was nothing to judge it by"),
)
DONE = {
    "kept": "Your example has been kept. Only you see it until you offer it.",
    "changed": "Your changes have been kept.",
    "offered": "Your example is offered. Your supervisor and the assessors of your force can look at it.",
    "attached": "The file has been attached. Only you see it until you offer the example.",
    "removed": "The file has been taken away.",
    "aside": "The example is put aside. You can bring it back whenever you want.",
    "back": "The example is back.",
    "judged": "Your judgement has been recorded, and the officer has been told.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def chosen(shown: Shown, asked: int | None) -> Readiness:
    """Return the stage that is asked for; without a word, the one that the person’s rank belongs to."""
    number = asked or shown.current or 1
    return next((one for one in shown.stages if one.stage.number == number), shown.stages[0])


def name_of(stage: Readiness) -> str:
    """Return a stage by its number and its name."""
    return f"Stage {stage.stage.number}: {stage.title.lower()}"


def programme_of(programme: Programme) -> tuple[str, str]:
    """Return how a programme stands, and the colour of its tag."""
    if programme.completed_on is None:
        return "Not recorded", "govuk-tag--grey"
    if not programme.is_verified:
        return "Awaits verification", "govuk-tag--yellow"
    return "Complete", "govuk-tag--green"


def programme_words(programme: Programme) -> str:
    """Say in a sentence how a programme stands."""
    if programme.completed_on is None:
        return "That its programme was completed is not recorded."
    by = "" if programme.by in {None, programme.code} else ", by that of a higher stage"
    awaits = "" if programme.is_verified else ". It counts once somebody has verified it"
    return f"Its programme was completed on {as_date(programme.completed_on)}{by}{awaits}."


def said(one: Judged, shown: Shown) -> Sequence[tuple[str, str, str, str]]:
    """Return what each capacity said last of a standard: who, the verdict, its colour, and the words."""
    return [
        (
            f"{BY[capacity]}: {shown.people[latest.judged_by].name}, {as_date(latest.recorded_at)}",
            as_sentence_case(latest.verdict),
            TAGS[latest.verdict],
            latest.words,
        )
        for capacity in Capacity
        if (latest := one.latest.get(capacity))
    ]


def earlier(one: Judged, shown: Shown) -> Sequence[str]:
    """Return what was said of a standard before, newest first."""
    now = {each.id for each in one.latest.values()}
    return [
        f"{as_date(each.recorded_at)}, {BY[each.capacity].lower()} {shown.people[each.judged_by].name}: "
        f"{each.verdict}. {each.words}"
        for each in one.history
        if each.id not in now
    ]


def tag_of(verdict: Verdict) -> tuple[str, str]:
    """Return a verdict as a tag has it."""
    return as_sentence_case(verdict), TAGS[verdict]


def standing_of(example: Example) -> tuple[str, str]:
    """Return how an example stands, and the colour of its tag."""
    if example.discarded_at is not None:
        return "Put aside", "govuk-tag--grey"
    return ("Offered", "govuk-tag--blue") if example.offered_at else ("Only you see it", "govuk-tag--grey")


def summary_of(example: Example) -> Sequence[SummaryRow]:
    """Return what goes with an example, each with its heading."""
    rows = (
        ("When", as_date(example.happened_on) if example.happened_on else "Not said yet"),
        (
            "Shows",
            as_list(list(titles(example.standards))) if example.standards else "No standard chosen yet",
        ),
        ("Offered", as_date(example.offered_at) if example.offered_at else ""),
    )
    return [SummaryRow(heading, value) for heading, value in rows if value]


def groups() -> Sequence[Group]:
    """Return the stages with the standards that an example may show."""
    return stages()


def ticked(given: ExampleForm, group: Group) -> list[dict[str, object]]:
    """Return the boxes of a stage’s standards."""
    return [
        {
            "name": f"standard-{one.code}",
            "id": f"standard-{one.code}",
            "value": "yes",
            "text": one.title,
            "checked": one.code in given.standards,
        }
        for one in group.standard
    ]


def files_of(example: Example, shown: Shown) -> Sequence[Named]:
    """Return the files beside an example."""
    return named(shown.files.get(example.id, ()), {example.person_id: shown.person.name})


def verdict_items() -> list[dict[str, object]]:
    """Return the verdicts that may be chosen."""
    return [
        {"value": verdict.value, "text": text, "hint": {"text": hint}} for verdict, text, hint in VERDICTS
    ]
