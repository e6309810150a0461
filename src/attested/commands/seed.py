"""The command that fills an empty database with people who do not exist."""

from typing import Annotated

import typer

from attested.commands.naming import Day
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document, steps
from attested.local import Addresses
from attested.seeding.actions import Seeded
from attested.seeding.actions import seed as fill
from attested.seeding.orders import Wish
from foundation.clock import today
from foundation.wording import as_count

SMALL = 1500


def seed(
    people: Annotated[
        int, typer.Option(help="How many; up to 5,000 are one force, 9,000 and more all 43 in proportion.")
    ] = SMALL,
    force: Annotated[
        str | None, typer.Option(help="One force alone: E23000017, or warwickshire.", show_default=False)
    ] = None,
    number: Annotated[
        int, typer.Option("--seed", help="The same number makes up the same people every time.")
    ] = 1,
    on: Day = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make up a believable force, or with --people 250000 the nation, with ten years of history.

    Only an empty database is filled. Asked again for the same, it says so and changes nothing.
    """
    wish = Wish(people, number, on or today(), force)

    async def work(_: Addresses) -> Seeded:
        with steps("People", as_json=as_json) as moved:
            return await fill(wish, told=moved)

    found = with_database(work)
    if as_json:
        document(found)
    else:
        _tell(found)


def _tell(found: Seeded) -> None:
    counts = ", ".join(
        (
            f"{as_count(found.people, 'person', 'people')} of {as_count(found.forces, 'force')}",
            as_count(found.evidence, "record of evidence", "records of evidence"),
            as_count(found.lines, "supervision line"),
            as_count(found.determinations, "decision on a licence", "decisions on licences"),
        )
    )
    if found.is_repeat:
        console.print(f"They are there already, and stay as they are: {counts}.")
    else:
        console.print(f"Made up {counts}. Decide their standings with: attested sweep")
