"""How do the pages of vetting put what they show?"""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_sentence_case
from licence.vetting.clearances import Asked, Held, Place
from licence.vetting.facts import Case
from licence.vetting.reading import Opened
from licence.vetting.rules import RUNNING_OUT, Entry, Level, Outcome, Purpose
from people.persons.facts import NamedPerson

PATH = "/vetting"
DESK = Link("Vetting", PATH)
LIST = f"{PATH}/clearances"
CASES = tuple(Column(name) for name in ("Case", "Person", "Level", "Opened", "How it stands"))
CLEARANCES = tuple(Column(name) for name in ("Name", "Unit", "Level", "Last day", "How it stands"))
OWN = tuple(Column(name) for name in ("Level", "Last day", "How it stands"))
TOLD = tuple(Column(name) for name in ("Level", "Outcome", "Told on"))
LEVELS = [("", "All levels"), *((str(each), as_sentence_case(each)) for each in Level)]
WITHIN = [
    ("", "Any time"),
    ("0", "Already run out"),
    *((str(days), f"In the next {days} days") for days in RUNNING_OUT),
]
PURPOSES = [{"value": each.value, "text": as_sentence_case(each)} for each in Purpose]
ENTRIES = [{"value": each.value, "text": as_sentence_case(each)} for each in Entry]
OUTCOMES = [
    {
        "value": each.value,
        "text": as_sentence_case(each),
        "hint": {"text": "A second vetting officer on the case has to agree"}
        if each.needs_a_second
        else None,
    }
    for each in Outcome
]
DONE = {
    "opened": "The case is open. It can be worked on once a second vetting officer has agreed who does.",
    "added": "The entry has been added.",
    "proposed": "The colleague has been proposed. A second vetting officer has to agree.",
    "agreed": "You agreed. The case is open to your colleague now.",
    "concluded": "The case is concluded, and the person can see its outcome.",
    "waiting": "The outcome is proposed. A second vetting officer on the case has to agree.",
    "taken-back": "The proposed outcome has been taken back.",
}
OUTCOME_TAGS = {Outcome.GRANTED: "govuk-tag--green", Outcome.DISCONTINUED: "govuk-tag--grey"}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def case_address(number: int, purpose: Purpose, rest: str = "", **further: str) -> str:
    """Return where a case, or something of it, is found; the purpose goes along."""
    return f"{PATH}/cases/{number}{rest}?{urlencode({'purpose': purpose, **further})}"


def tag_of(outcome: Outcome | None, proposed: Outcome | None) -> tuple[str, str]:
    """Return how a case stands in a word or two, and the colour of its tag."""
    if outcome is not None:
        return as_sentence_case(outcome), OUTCOME_TAGS.get(outcome, "govuk-tag--orange")
    return ("Outcome proposed", "govuk-tag--yellow") if proposed else ("Open", "govuk-tag--blue")


def summary_of(opened: Opened) -> Sequence[SummaryRow]:
    """Return the particulars of a case, each with its heading."""
    case, people = opened.case, opened.people
    told = (
        ("Person", f"{opened.person.name}, {opened.person.national_id}"),
        ("Level", as_sentence_case(case.level)),
        ("Opened", f"{as_date(case.opened_on)} by {people[case.opened_by].name}"),
        ("Opened for", as_sentence_case(opened.purpose)),
        ("Proposed outcome", _proposed(case, people)),
        ("Outcome", as_sentence_case(case.outcome) if case.outcome else ""),
        ("Concluded", _concluded(case, people)),
        ("Person told", as_date(case.told_on) if case.told_on else ""),
    )
    return [SummaryRow(heading, words) for heading, words in told if words]


def _proposed(case: Case, people: Mapping[int, NamedPerson]) -> str:
    if not case.is_open or case.proposed_outcome is None or case.proposed_by is None:
        return ""
    return f"{as_sentence_case(case.proposed_outcome)}, by {people[case.proposed_by].name}"


def _concluded(case: Case, people: Mapping[int, NamedPerson]) -> str:
    if case.concluded_on is None:
        return ""
    by = [case.concluded_by, case.proposed_by if case.outcome and case.outcome.needs_a_second else None]
    names = " and ".join(people[each].name for each in by if each is not None)
    return f"{as_date(case.concluded_on)}{f' by {names}' if names else ''}"


def own_state(held: Held, on: date) -> tuple[str, str]:
    """Return how one's own clearance stands, and the colour of its tag."""
    if held.is_in_date(on):
        return "In date", "govuk-tag--green"
    return ("Ran out", "govuk-tag--red") if held.is_held else ("Does not hold", "govuk-tag--red")


def officer_options(colleagues: Mapping[int, str], chosen: int | None) -> list[dict[str, object]]:
    """Return the colleagues that may be chosen."""
    first: dict[str, object] = {"value": "", "text": "Select a vetting officer"}
    return [
        first,
        *(
            {"value": str(each), "text": name, "selected": each == chosen}
            for each, name in colleagues.items()
        ),
    ]


def list_address(asked: Asked) -> str:
    """Return where a list of clearances is found."""
    words = {
        "within": asked.within,
        "level": asked.level,
        "after": written(asked.after) if asked.after else None,
    }
    query = urlencode({name: str(word) for name, word in words.items() if word is not None})
    return f"{LIST}?{query}" if query else LIST


def written(place: Place) -> str:
    """Return a place in the list as it stands in an address."""
    return f"{place.valid_until.isoformat()}.{place.person_id}.{list(Level).index(place.level)}"


def read_place(text: str) -> Place | None:
    """Return the place that an address means, or none: an old bookmark still shows the beginning of the list."""
    day, _, rest = text.partition(".")
    person, _, level = rest.partition(".")
    try:
        place = Place(date.fromisoformat(day), int(person), list(Level)[int(level)])
    except (ValueError, IndexError):
        return None
    return place if 0 < place.person_id < 2**31 else None


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what makes no sense is left out. Without a word, the next 90 days."""
    days = query.get("within")
    within = (
        Asked().within
        if days is None
        else next((each for each in (0, *RUNNING_OUT) if str(each) == days), None)
    )
    level = next((each for each in Level if each == query.get("level")), None)
    return Asked(within, level, read_place(query.get("after", "")))
