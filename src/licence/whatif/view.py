"""How do the pages of what-ifs put what they show?"""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from foundation.parts import Banner, Column, Link, SummaryRow, Tone
from foundation.wording import as_date, as_date_and_time, as_list, as_number, as_sentence_case
from licence.whatif.facts import WhatIf, WhatIfState
from licence.whatif.figures import CHANGES, PlacesOf, Row, Standings, Told
from licence.whatif.people import Asked, filter_of
from licence.whatif.rules import Change

PATH = "/policy/what-ifs"
ALL = Link("What-ifs", PATH)
PEOPLE = f"{PATH}/people"
HIDDEN = "<5"
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
    """Say why a what-if is out of date."""
    said = []
    if found.draft_changed:
        said.append("the draft has been changed")
    if found.world_changed:
        said.append("what is in force, or to come, has changed")
    return f"Since it was worked out, {as_list(said)}."


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


def place_cells(row: PlacesOf) -> Sequence[str]:
    """Return a requirement's numbers, as policy stands and then under the draft."""
    pairs = (
        (row.near_before, row.near_after), (row.year_before, row.year_after), (row.hours_before, row.hours_after),
    )  # fmt: skip
    return [f"{shown(before)}, then {shown(after)}" for before, after in pairs]


def hidden(told: Told) -> Sequence[str]:
    """Return the changes whose numbers are hidden."""
    return [
        NAMES[change].lower()
        for change, one in zip(CHANGES, told.everyone.figures.people, strict=True)
        if one is None
    ]


def change_words(change: str) -> str:
    """Return what a change is called, of one person."""
    return ONES.get(change, as_sentence_case(change))
