"""The command that works out what a draft of policy would change, writing to no standing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table

from attested.commands.naming import somebody
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document, errors, steps
from foundation.audit import Actor
from foundation.clock import today
from foundation.wording import as_count, as_date, as_number, as_sentence_case
from licence.projection.crew import hands
from licence.whatif.actions import Wanted, ask_what_if, work_out
from licence.whatif.facts import WhatIfState, what_if_of
from licence.whatif.figures import CHANGES, PlacesOf, Row, Standings, Told, told_of
from licence.whatif.rules import Change
from passport.drafting.facts import draft_of
from people.forces.facts import force_with_code, forces_on

A_DAY = ["%Y-%m-%d"]


@dataclass(frozen=True, slots=True)
class Changed:
    """How many people a change concerns."""

    change: Change
    people: int


@dataclass(frozen=True, slots=True)
class ChangedOf:
    """A force or rank, and how many of it each change concerns."""

    name: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class DayOf:
    """What a what-if came to on a day."""

    day: date
    changes: tuple[Changed, ...]
    forces: tuple[ChangedOf, ...]
    ranks: tuple[ChangedOf, ...]
    standings: tuple[Standings, ...]
    places: tuple[PlacesOf, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A what-if at its end: its number, which an approval rests on, and what it came to day by day."""

    what_if: int
    number: int
    begins_on: date
    force: str | None
    state: WhatIfState
    problem: str | None
    people: int
    days: tuple[DayOf, ...]


def what_if(
    number: Annotated[int, typer.Argument(help="The number of the draft.")],
    *,
    on: Annotated[
        list[datetime] | None,
        typer.Option(
            formats=A_DAY, help="A day to look at; may be given up to six times. Without one, its first."
        ),
    ] = None,
    start: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=A_DAY, help="Its first day in force; without one, the day it is meant for."
        ),
    ] = None,
    force: Annotated[
        str | None,
        typer.Option(help="Over one force alone, by its code or short name; without one, the nation."),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", parser=somebody, metavar="NAME", help="Who asks, by name.")
    ] = "attested policy what-if",
    processes: Annotated[int, typer.Option(help="How many processes share the work.", min=1)] = 1,
    as_json: AsJson = False,
) -> None:
    """Work out who would stand otherwise if a draft were in force. Nobody's licence changes.

    A second person's approval rests on it, where it is about the nation and the same first day. Broken off, the worker
    goes on with it. Ends with status 1 if the draft was changed meanwhile.
    """
    asked = _Asked(number, tuple(day.date() for day in on or ()), start.date() if start else None, force, by)
    came = with_database(lambda _addresses: _work(asked, processes, as_json=as_json))
    document(came) if as_json else _tell(came)
    if came.state is not WhatIfState.FINISHED:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked on the command line."""

    number: int
    days: tuple[date, ...]
    start: date | None
    force: str | None
    by: str


async def _work(asked: _Asked, processes: int, *, as_json: bool) -> WorkedOut:
    draft = await draft_of(asked.number, on=today())
    first = asked.start or max(draft.draft.begins_on, today())
    over = await force_with_code(asked.force, today()) if asked.force else None
    wanted = Wanted(asked.number, first, asked.days or (first,), over.id if over else None)
    what_if_id = await ask_what_if(actor=Actor(None, " ".join(asked.by.split())), wanted=wanted)
    with steps(f"Working out draft {asked.number}", as_json=as_json) as told:
        async with hands(processes) as ready:
            await work_out(what_if_id, ready, told)
    return await _came(what_if_id)


async def _came(what_if_id: int) -> WorkedOut:
    every = frozenset(force.id for force in await forces_on(today()))
    found = await what_if_of(every, what_if_id)
    days = found.days if found.state is WhatIfState.FINISHED else ()
    told = [await told_of(found, day, own=every, is_national=False) for day in days]
    return WorkedOut(
        found.id, found.number, found.begins_on, found.force, found.state, found.problem, found.people,
        tuple(_day(one) for one in told),
    )  # fmt: skip


def _day(told: Told) -> DayOf:
    return DayOf(
        told.day,
        _changes(told.everyone),
        tuple(ChangedOf(row.name, _changes(row)) for row in told.forces),
        tuple(ChangedOf(row.name, _changes(row)) for row in told.ranks),
        tuple(told.standings),
        tuple(told.places),
    )


def _changes(row: Row) -> tuple[Changed, ...]:
    counts = zip(CHANGES, row.figures.people, strict=True)
    return tuple(Changed(change, people) for change, people in counts if people)


def _tell(came: WorkedOut) -> None:
    if came.state is not WhatIfState.FINISHED:
        errors.print(came.problem or "It is not finished.", style="bold red", markup=False, highlight=False)
        return
    whose = came.force or "the nation"
    console.print(
        f"What-if {came.what_if}: draft {came.number} in force from {as_date(came.begins_on)}, over {whose}.",
        markup=False,
        highlight=False,
    )
    for day in came.days:
        console.print(f"\nOn {as_date(day.day)}:", style="bold")
        if not day.changes:
            console.print("  Nobody would stand otherwise.")
        for one in day.changes:
            console.print(f"  {as_count(one.people, 'person', 'people')}: {one.change}", highlight=False)
        _tell_places(day)
    console.print("\nNobody's licence has changed.")


def _tell_places(day: DayOf) -> None:
    if not day.places:
        return
    table = Table("Requirement", "Places a year", "Then", "Hours a year", "Then", title="Training implied")
    for one in day.places:
        numbers = (one.year_before, one.year_after, one.hours_before, one.hours_after)
        table.add_row(as_sentence_case(one.requirement), *(as_number(number or 0) for number in numbers))
    console.print(table)
