"""How do the pages of what-ifs put what they show?"""

from collections.abc import Sequence
from datetime import date
from math import ceil
from urllib.parse import urlencode

from foundation.parts import Banner, Column, Link, SummaryRow, Tone
from foundation.wording import as_count, as_date, as_date_and_time, as_list, as_number, as_sentence_case
from licence.whatif.facts import WhatIf, WhatIfState
from licence.whatif.figures import CHANGES, PlacesOf, Row, Standings, Told
from licence.whatif.people import AffectedPerson, Asked, filter_of
from licence.whatif.rules import Change

PATH = "/policy/what-ifs"
ALL = Link("What-ifs", PATH)
PEOPLE = f"{PATH}/people"
HIDDEN = "<5"
SECONDS = 60  # of a minute
OFFSETS = (
    (0, "On its first day"),
    (30, "30 days later"),
    (90, "90 days later"),
    (180, "180 days later"),
    (365, "A year later"),
)
USUAL = (0, 90, 365)
LIST = tuple(Column(text) for text in ("What-if", "Over", "In force from", "Asked for", "How it stands"))
PEOPLE_COLUMNS = tuple(
    Column(text) for text in ("Name", "Unit", "What changes", "As policy stands", "Under the draft")
)
STANDINGS = (
    Column("Standing"),
    Column("As policy stands", numeric=True),
    Column("Under the draft", numeric=True),
)
MOVES = (Column("Come to it", numeric=True), Column("Leave it", numeric=True))
PLACES = tuple(Column(text) for text in ("Requirement", "Owed or due soon", "Places a year", "Hours a year"))
NAMES = {
    Change.LAPSES: "Lose their licence",
    Change.GAINS: "Regain their licence",
    Change.INTO_GRACE: "Come into grace",
    Change.OUT_OF_GRACE: "Leave grace",
    Change.LOSES_POWER: "Lose a power",
    Change.REGAINS_POWER: "Regain a power",
    Change.OWES: "Owe something more",
    Change.OWES_LESS: "Owe something less",
    Change.OTHERWISE: "Stand otherwise",
}
ONES: dict[str, str] = {Change.LAPSES: "Loses their licence", Change.GAINS: "Regains their licence"}
TONES = {
    Change.LAPSES: Tone.STOP, Change.LOSES_POWER: Tone.STOP, Change.INTO_GRACE: Tone.SOON, Change.OWES: Tone.SOON,
    Change.GAINS: Tone.GOOD, Change.OUT_OF_GRACE: Tone.GOOD, Change.REGAINS_POWER: Tone.GOOD, Change.OWES_LESS: Tone.GOOD,
}  # fmt: skip
STATES = {
    WhatIfState.WAITING: ("Begins in a moment", "govuk-tag--blue"),
    WhatIfState.UNDER_WAY: ("Being worked out", "govuk-tag--blue"),
    WhatIfState.REFUSED: ("Broken off", "govuk-tag--red"),
    WhatIfState.STOPPED: ("Stopped", "govuk-tag--grey"),
    WhatIfState.FINISHED: ("Finished", "govuk-tag--green"),
}
DONE = {
    "approved": "The version is approved.",
    "withdrawn": "The version is withdrawn. It will not come into force.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def address(number: int, **query: object) -> str:
    """Return where a what-if is found."""
    words = urlencode({name: str(value) for name, value in query.items() if value is not None})
    return f"{PATH}/{number}?{words}" if words else f"{PATH}/{number}"


def list_address(asked: Asked, after: int | None = None) -> str:
    """Return where the people behind a number are found."""
    return f"{PEOPLE}{filter_of(asked)}{f'&after={after}' if after else ''}"


def state(found: WhatIf) -> tuple[str, str]:
    """Say how a what-if stands, and in which colour."""
    if found.state is WhatIfState.FINISHED and found.is_stale:
        return "Out of date", "govuk-tag--yellow"
    return STATES[found.state]


def stale_because(found: WhatIf) -> str:
    """Say why a what-if is out of date, in sentences."""
    said = []
    if found.draft_changed:
        said.append("the draft has been changed")
    if found.world_changed:
        said.append("what is in force, or to come, has changed")
    sentences = [f"Since it was asked for, {as_list(said)}."] if said else []
    if found.day_has_passed:
        sentences.append(f"{as_date(found.begins_on)}, its first day, has passed: the draft needs a new one.")
    return " ".join(sentences)


def how_far(found: WhatIf) -> str:
    """Say how far a what-if has come that is not over."""
    if not found.people:
        return "It has been handed over, and begins in a moment."
    return f"{as_number(found.done)} of {as_count(found.people, 'person', 'people')} decided both ways."


def to_go(found: WhatIf) -> str:
    """Say about how long a what-if has to go, in whole minutes, so that it is not said anew every moment."""
    if found.state is WhatIfState.WAITING:
        return "Other work may be before it."
    if found.seconds_left is None:
        return "How long it takes can be told in a moment."
    minutes = ceil(found.seconds_left / SECONDS)
    return "Less than a minute to go." if minutes <= 1 else f"About {as_count(minutes, 'minute')} to go."


def over(found: WhatIf) -> str:
    """Say over whom a what-if is."""
    return found.force or "The nation"


def title(found: WhatIf) -> str:
    """Return what the page of a what-if is called."""
    return f"What if draft {found.number} were in force?"


def particulars(found: WhatIf) -> Sequence[SummaryRow]:
    """Return what a what-if is about."""
    return [
        SummaryRow("Draft", f"{found.number}. {found.title}"),
        SummaryRow("Over", over(found)),
        SummaryRow("In force from", as_date(found.begins_on)),
        SummaryRow("Asked for by", f"{found.asked_by}, {as_date_and_time(found.asked_at)}"),
    ]


def days(found: WhatIf, chosen: date) -> Sequence[Link]:
    """Return the days of a what-if, each with its page."""
    return [
        Link(as_date(day), address(found.id, day=day.isoformat()), current=day == chosen)
        for day in found.days
    ]


def shown(number: int | None) -> str:
    """Return a number as it is shown; a small one is hidden."""
    return HIDDEN if number is None else as_number(number)


def cells(row: Row) -> Sequence[str]:
    """Return the numbers of a row, change by change."""
    return [shown(one) for one in row.figures.people]


def headings(rows: Sequence[Row]) -> Sequence[int]:
    """Return the places of the changes that concern anybody in some rows: the others have no column."""
    return [place for place in range(len(CHANGES)) if any(row.figures.people[place] != 0 for row in rows)]


def named(place: int) -> str:
    """Return what a change is called."""
    return NAMES[CHANGES[place]]


def standing_cells(row: Standings) -> Sequence[str]:
    """Return a standing's numbers."""
    return (shown(row.before), shown(row.after))


def standing_moves(found: WhatIf, row: Standings, day: date) -> Sequence[tuple[str, int, str]]:
    """Return how many come to a standing and leave it, each with its heading and its list."""
    return [
        (MOVES[0].text, row.comes or 0, list_address(Asked(found.id, day, comes_to=row.standing))),
        (MOVES[1].text, row.leaves or 0, list_address(Asked(found.id, day, leaves=row.standing))),
    ]


def behind(found: WhatIf, day: date, place: int, *, rank: str | None = None, unit: int | None = None) -> str:
    """Return where the people behind a number of a table are found."""
    return list_address(Asked(found.id, day, CHANGES[place], rank=rank, unit=unit))


def owing(found: WhatIf, day: date, requirement: str) -> str:
    """Return where those are found who owe a requirement then, or owe it no longer."""
    return list_address(Asked(found.id, day, requirement=requirement))


def whom(asked: Asked) -> str:
    """Return what the list of those behind a number is called."""
    if asked.change:
        words = f"would {NAMES[asked.change].lower()}"
    elif asked.comes_to or asked.leaves:
        words = (
            f"would come to be {asked.comes_to}" if asked.comes_to else f"would no longer be {asked.leaves}"
        )
    elif asked.requirement:
        words = f"would owe {asked.requirement}, or owe it no longer"
    else:
        words = "would stand otherwise"
    return f"Who {words}"


def among(asked: Asked, people: Sequence[AffectedPerson]) -> str:
    """Say among whom of the force a list looks, where it is not everybody; a unit of which it names nobody is not named."""
    unit = people[0].unit if people and asked.unit else None
    rank = None if asked.rank is None else f"rank of {asked.rank}" if asked.rank else "without a rank"
    said = [words for words in (rank, "without a unit" if asked.unit == 0 else unit) if words]
    return as_sentence_case(as_list(said)) if said else ""


def names(told: Told, *, may_name: bool) -> str:
    """Say which numbers lead to their people, and why others do not."""
    if not told.is_exact:
        return "No number leads to names: who they are, each force sees for itself."
    if not may_name:
        return "Who they are, your force’s licensing desk and responsible officer see."
    return (
        "Numbers that are links lead to their people, and a requirement’s name to who would owe it otherwise. All other "
        "numbers count places, or people for whom nothing changes as well: a what-if keeps the names of those alone who "
        "would stand otherwise."
    )


def place_cells(row: PlacesOf) -> Sequence[str]:
    """Return a requirement's numbers, as policy stands and then under the draft."""
    pairs = (
        (row.near_before, row.near_after), (row.year_before, row.year_after), (row.hours_before, row.hours_after),
    )  # fmt: skip
    return [f"{shown(before)}, then {shown(after)}" for before, after in pairs]


def hidden(told: Told) -> Sequence[str]:
    """Return the changes that concern fewer people than may be told, or nobody."""
    return [NAMES[CHANGES[place]].lower() for place in _untold(told) if not _is_told_by_force(told, place)]


def withheld(told: Told) -> Sequence[str]:
    """Return the changes of which no total is told, for with few forces it would betray what is hidden of one."""
    return [NAMES[CHANGES[place]].lower() for place in _untold(told) if _is_told_by_force(told, place)]


def _untold(told: Told) -> Sequence[int]:
    return [place for place, one in enumerate(told.everyone.figures.people) if one is None]


def _is_told_by_force(told: Told, place: int) -> bool:
    return any(row.figures.people[place] for row in told.forces)


def change_words(change: str) -> str:
    """Return what a change is called, of one person."""
    return ONES.get(change, as_sentence_case(change))
