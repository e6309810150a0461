"""How do the hours that training takes from a team read on a page?"""

from collections.abc import Sequence
from datetime import date

from foundation.bars import Bars, Row, Series, draw_bars
from foundation.parts import Column, Tone
from foundation.wording import as_count, as_month
from licence.planning.team import Away, TeamForecast, TeamMonth

PATH = "/team/forecast"
COLUMNS = (Column("Month"), Column("Hours", numeric=True), Column("Who, for what"))
HOURS = Series("Hours of training", Tone.ASIDE)


def hours(number: float) -> str:
    """7.5 hours, 1 hour, 12 hours."""
    return as_count(int(number), "hour") if number == int(number) else f"{number:g} hours"


def in_short(one: TeamMonth | TeamForecast) -> str:
    """Say how many hours there are, and how many courses policy names none for."""
    unsaid = f"{as_count(one.unsaid, 'course')} of unknown length" if one.unsaid else ""
    return " and ".join(filter(None, (hours(one.hours) if one.hours or not unsaid else "", unsaid)))


def course(one: Away) -> str:
    """Say what takes somebody away, and for how long."""
    return f"{one.title} ({hours(one.hours)})" if one.hours is not None else f"{one.title} (length unknown)"


def by_course(one: TeamMonth) -> Sequence[tuple[str, Sequence[tuple[date, Sequence[Away]]]]]:
    """Return what takes people away in a month: each course once, each day of it once, with whom it takes by then."""
    found: dict[str, dict[date, list[Away]]] = {}
    for each in one.courses:
        found.setdefault(course(each), {}).setdefault(each.due_on, []).append(each)
    return [(name, list(days.items())) for name, days in found.items()]


def picture(found: TeamForecast) -> Bars:
    """Draw the hours of each month."""
    rows = [Row(as_month(one.first), (one.hours,), in_short(one)) for one in found.months]
    return draw_bars("Hours by the month in which they are due", (HOURS,), rows)
