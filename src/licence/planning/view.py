"""How does the demand for training read on a page, and as a file?"""

from collections.abc import Iterable, Sequence

from foundation.bars import Bars, Row, Series, draw_bars
from foundation.intake.download import csv_line
from foundation.parts import Column, Link, Tone
from foundation.wording import as_count, as_month, as_number, as_sentence_case
from licence.planning.asking import Asked, Behind, address
from licence.planning.demand import By, Demand, Month
from licence.planning.reading import Forecast

PATH = "/planning"
ONE = f"{PATH}/requirement"
PEOPLE = f"{PATH}/people"
FILE = f"{PATH}/demand.csv"
BACK = Link("Training demand", PATH)
COLUMNS = (
    Column("Requirement"),
    Column("Late now", numeric=True),
    Column("In 12 months", numeric=True),
    Column("Fullest month as due", numeric=True),
    Column("Fullest month levelled", numeric=True),
    Column("Hours", numeric=True),
)
PEOPLE_COLUMNS = (Column("Name"), Column("Due by"), Column("Can take it from"))
HEADINGS = (
    "Requirement", "Title", "Month", "Due", "Planned", "Classes", "Hours", "Late now",
)  # fmt: skip
NOT_SAID = "Policy does not say"
AS_DUE, LEVELLED = Series("Due", Tone.ASIDE), Series("Planned", Tone.GOOD)


def hours(number: float | None) -> str:
    """Say how many hours; that policy does not say how long a place takes is said too."""
    return NOT_SAID if number is None else as_number(round(number))


def months_of(demand: Demand) -> Sequence[Column]:
    """Return the columns of the table of months: classes only where it is known how many places one has."""
    has_classes = any(one.classes is not None for one in demand.months)
    named = ("Due", "Planned", *(("Classes",) if has_classes else ()), "Hours")
    return (Column("Month"), *(Column(name, numeric=True) for name in named))


def picture(demand: Demand, asked: Asked) -> Bars:
    """Draw how many are due in each month, and how many places are planned."""
    rows = [
        Row(
            as_month(one.first),
            (one.due, one.planned),
            f"{as_number(one.due)} due, {as_number(one.planned)} planned",
        )
        for one in demand.months
    ]
    limit = f"{as_count(asked.most, 'place')} a month" if asked.most else ""
    return draw_bars("Places by month", (AS_DUE, LEVELLED), rows, limit=asked.most, limit_words=limit)


def behind(asked: Asked, by: By, month: Month | None = None) -> str:
    """Return where the people behind a number are."""
    return address(asked, PEOPLE, Behind(by, month.first if month else None))


def title_of(number: Behind, title: str) -> str:
    """Say whom a list of people shows."""
    if number.by is By.SHORT:
        return f"{title}: no place in time"
    how = "due" if number.by is By.DUE else "planned"
    return f"{title}: {how} in {as_month(number.month) if number.month else 'twelve months'}"


def as_file(told: Forecast) -> str:
    """Return the forecast as CSV, a line for each requirement and month: numbers, and nobody's name."""
    lines = (cells for demand in told.demands for cells in _lines(demand))
    return "".join((csv_line(HEADINGS), *(csv_line(one) for one in lines)))


def _lines(demand: Demand) -> Iterable[Sequence[str]]:
    for place, one in enumerate(demand.months):
        classes = "" if one.classes is None else str(one.classes)
        taken = "" if one.hours is None else f"{one.hours:g}"
        late = str(demand.owed) if place == 0 else ""
        yield (
            demand.asked.code, demand.asked.title, f"{one.first:%Y-%m}", str(one.due), str(one.planned), classes,
            taken, late,
        )  # fmt: skip


def count_of(people: int) -> str:
    """Say how many people a list has."""
    return as_sentence_case(as_count(people, "person", "people"))
