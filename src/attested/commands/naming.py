"""Whom, which force and which day does somebody at the command line mean?"""

from datetime import date, datetime
from typing import Annotated

import typer

from foundation.clock import today
from foundation.database import fetch
from foundation.problems import ConflictError
from licence.passport_page.asking import EARLIEST, latest
from people.forces.facts import force_with_code
from people.persons.facts import NamedPerson, PersonNotFoundError, person, person_with_national_id
from people.persons.rules import read_national_id


class AmbiguousPersonError(ConflictError):
    """Several people fit. Give the national identifier."""


def on_day(text: str) -> date:
    """Read a day as 2026-11-22; typer tells the person what is wrong with any other, or with one that is out of reach."""
    try:
        return _within_reach(date.fromisoformat(text))
    except ValueError as wrong:
        raise typer.BadParameter("write the day as 2026-11-22") from wrong


def at_instant(text: str) -> datetime:
    """Read a day, or a day and time, as an instant; without an offset it is London's clock, a day alone its end."""
    from foundation.clock import LONDON  # noqa: PLC0415 - only where an instant is given

    try:
        instant = datetime.fromisoformat(text)
        _within_reach(instant.date())
    except ValueError as wrong:
        raise typer.BadParameter("write the instant as 2026-11-22 or 2026-11-22T09:30") from wrong
    if len(text) == len("2026-11-22"):
        instant = instant.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def _within_reach(day: date) -> date:
    last = latest(today())
    if EARLIEST <= day <= last:
        return day
    raise typer.BadParameter(f"choose a day from {EARLIEST} to {last}")


def somebody(text: str) -> str:
    """Read the name of whoever answers for a step: nobody is no second person."""
    name = " ".join(text.split())
    if not name:
        raise typer.BadParameter("name somebody")
    return name


Day = Annotated[
    date | None,
    typer.Option("--on", parser=on_day, metavar="DATE", help="The day; today where none is given."),
]


async def meant(text: str, on: date) -> NamedPerson:
    """Return the person meant by a national identifier, NUMBER@FORCE, a payroll or collar number, or a whole name.

    :raises PersonNotFoundError: nobody fits. :raises AmbiguousPersonError: several people fit.
    """
    if read_national_id(text):
        return await person_with_national_id(text)
    number, _, force = text.partition("@")
    if force:
        return await _only(await _numbered(number, on, (await force_with_code(force, on)).id))
    return await _only(await _numbered(number, on, None) or await _called(text))


async def _only(found: list[int]) -> NamedPerson:
    if not found:
        raise PersonNotFoundError
    if len(found) > 1:
        raise AmbiguousPersonError
    return await person(found[0])


async def _numbered(number: str, on: date, force_id: int | None) -> list[int]:
    rows = await fetch(
        """SELECT DISTINCT person_id FROM people.identifier
            WHERE value = $1 AND superseded_at IS NULL AND valid_from <= $2 AND coalesce(valid_until >= $2, true)
              AND ($3::int IS NULL OR force_id = $3)""",
        number.strip(), on, force_id,
    )  # fmt: skip
    return [row[0] for row in rows]


async def _called(name: str) -> list[int]:
    rows = await fetch(
        """SELECT id FROM people.person
            WHERE lower($1) IN (lower(given_names || ' ' || family_name), lower(known_as || ' ' || family_name))
            LIMIT 2""",
        " ".join(name.split()),
    )
    return [row[0] for row in rows]
