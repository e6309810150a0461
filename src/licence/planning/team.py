"""How many hours of training will take whom of a team away in which month?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from foundation.database import fetch
from licence.planning.months import MONTHS, after, index_of, month
from licence.planning.needs import hours_of, needs_of
from licence.standing.deciding import Decided, decide_with_policy
from people.supervision.facts import reports_on

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Something that takes one of the team away by a day, for so many hours, if policy says how many."""

    national_id: str
    name: str
    code: str
    title: str
    opens_on: date
    due_on: date
    hours: float | None


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """What is due in one month; what is late already is due now."""

    first: date
    courses: Sequence[Away]

    @property
    def hours(self) -> float:
        """Return the hours of the month, as far as policy says how long a course takes."""
        return sum(one.hours or 0 for one in self.courses)

    @property
    def unsaid(self) -> int:
        """Return for how many courses policy names no hours."""
        return sum(one.hours is None for one in self.courses)


@dataclass(frozen=True, slots=True)
class TeamForecast:
    """The twelve months of a team of so many people, and every requirement that comes up in them."""

    people: int
    months: Sequence[TeamMonth]
    requirements: Sequence[tuple[str, str]]

    @property
    def busy(self) -> Sequence[TeamMonth]:
        """Return the months in which anything is due."""
        return [one for one in self.months if one.courses]

    @property
    def hours(self) -> float:
        """Return the hours of all months."""
        return sum(one.hours for one in self.months)

    @property
    def unsaid(self) -> int:
        """Return for how many courses policy names no hours."""
        return sum(one.unsaid for one in self.months)


async def team_forecast(reader: Identity, look: Look, code: str, *, on: date) -> TeamForecast:
    """Return what will take a supervisor's team away, after writing down whose days are about to be seen.

    :raises NotRecordedError: the look cannot be written down.
    """
    ids = sorted(report.person_id for report in await reports_on(reader.person_id, on))
    await note_listed(reader, Permission.TEAM_READ, ids, look)
    every = sorted(await _away(ids, on), key=lambda one: (one.due_on, one.name, one.code))
    asked = [one for one in every if code in {"", one.code}]
    months = [
        TeamMonth(month(at, on), [one for one in asked if index_of(one.due_on, on) == at])
        for at in range(MONTHS)
    ]
    return TeamForecast(
        len(ids), months, sorted({(one.code, one.title) for one in every}, key=lambda it: it[1])
    )


async def _away(ids: Sequence[int], on: date) -> Sequence[Away]:
    if not ids:
        return []
    decided = await decide_with_policy(ids, on)
    rows = await fetch(
        """SELECT id, national_id, coalesce(known_as, given_names) || ' ' || family_name AS name
             FROM people.person WHERE id = ANY($1)""",
        ids,
    )
    return [one for row in rows for one in _of(row["national_id"], row["name"], decided[row["id"]], on)]


def _of(national_id: str, name: str, decided: Decided, on: date) -> Iterator[Away]:
    for need in needs_of(decided.decision, decided.policy, until=after(on) - ONE_DAY):
        asked = decided.policy.by_id[need.requirement_id]
        hours = hours_of(asked, is_first=need.is_first)
        yield Away(national_id, name, asked.code, asked.title, need.opens_on, need.due_on, hours)
