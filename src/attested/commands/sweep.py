"""The command that brings every licence to a day."""

import sys
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from attested.commands.naming import Day
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, ahead_in_words, console, document, refuse, steps
from attested.local import Addresses
from foundation.clock import today
from foundation.wording import as_count, as_date
from licence.projection.ahead import decided_beyond, due_by
from licence.projection.sweep import Swept, sweep_everyone
from licence.projection.sweep import sweep as sweep_due


def sweep(
    on: Day = None,
    *,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Decide again about everybody, not only those who are due.")
    ] = False,
    processes: Annotated[int, typer.Option(help="How many processes share the work.", min=1)] = 1,
    yes: Annotated[
        bool, typer.Option("--yes", help="Go ahead with a day that is still to come, without asking.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring every licence to a day: what lapsed, what stopped, what is near. Missed nights are made up for.

    Safe to run again, at any time, from several places. Ends with status 1 if somebody could not be decided about. A
    day that is still to come cannot be taken back: where people are decided already, it is asked about first, and
    refused with status 2 where nobody can be asked.
    """
    go, day = sweep_everyone if everyone else sweep_due, on or today()

    async def work(_addresses: Addresses) -> Swept:
        if day > today() and not yes:
            await _agree(day, everyone=everyone, as_json=as_json)
        with steps(f"Sweeping for {as_date(day)}", as_json=as_json) as told:
            swept = await go(day, processes=processes, told=told)
        return replace(swept, ahead=await decided_beyond(day))

    swept = with_database(work)
    if as_json:
        document(swept)
    else:
        _tell(swept)
    if swept.failed:
        raise typer.Exit(1)


async def _agree(day: date, *, everyone: bool, as_json: bool) -> None:
    """Ask whether licences may be decided for a day that is still to come.

    :raises typer.Exit: they may not, or nobody can be asked.
    """
    due = await due_by(day, everyone=everyone)
    if not due:
        return
    warning = (
        f"{as_date(day)} is still to come. {as_count(due, 'person', 'people')} would be decided for it, and given "
        "their notices. That cannot be taken back."
    )
    if as_json or not sys.stdin.isatty():
        raise refuse(f"{warning} Go ahead with --yes.", as_json=as_json, status=2)
    if not typer.confirm(f"{warning} Go ahead?", err=True):
        raise typer.Exit(2)


def _tell(swept: Swept) -> None:
    looked_at = as_count(swept.looked_at, "person", "people")
    console.print(
        f"Swept for {as_date(swept.on)}: {looked_at} looked at, {as_count(swept.notices, 'notice')} given."
    )
    for move in swept.moved:
        before = f"{move.before} to " if move.before else "decided for the first time: "
        console.print(f"  {as_count(move.people, 'licence')}: {before}{move.after}")
    if swept.ahead:
        console.print(ahead_in_words(swept.ahead, swept.on))
    if swept.failed:
        console.print(
            f"{as_count(len(swept.failed), 'person', 'people')} could not be decided about; the log says why.",
            style="bold red",
        )
