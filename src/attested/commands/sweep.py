"""The command that brings every licence to a day."""

from typing import Annotated

import typer

from attested.commands.naming import Day
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document, steps
from attested.local import Addresses
from foundation.clock import today
from foundation.wording import as_count, as_date
from licence.projection.sweep import Swept, sweep_everyone
from licence.projection.sweep import sweep as sweep_due


def sweep(
    on: Day = None,
    *,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Decide again about everybody, not only those who are due.")
    ] = False,
    processes: Annotated[int, typer.Option(help="How many processes share the work.", min=1)] = 1,
    as_json: AsJson = False,
) -> None:
    """Bring every licence to a day: what lapsed, what stopped, what is near. Missed nights are made up for.

    Safe to run again, at any time, from several places. Ends with status 1 if somebody could not be decided about.
    """
    go, day = sweep_everyone if everyone else sweep_due, on or today()

    async def work(_addresses: Addresses) -> Swept:
        with steps(f"Sweeping for {as_date(day)}", as_json=as_json) as told:
            return await go(day, processes=processes, told=told)

    swept = with_database(work)
    if as_json:
        document(swept)
    else:
        _tell(swept)
    if swept.failed:
        raise typer.Exit(1)


def _tell(swept: Swept) -> None:
    looked_at = as_count(swept.looked_at, "person", "people")
    console.print(
        f"Swept for {as_date(swept.on)}: {looked_at} looked at, {as_count(swept.notices, 'notice')} given."
    )
    for move in swept.moved:
        before = f"{move.before} to " if move.before else "decided for the first time: "
        console.print(f"  {as_count(move.people, 'licence')}: {before}{move.after}")
    if swept.failed:
        console.print(
            f"{as_count(len(swept.failed), 'person', 'people')} could not be decided about; the log says why.",
            style="bold red",
        )
