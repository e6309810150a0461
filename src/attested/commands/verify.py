"""The command that compares what is kept of licences with what the rule says."""

from dataclasses import replace
from typing import Annotated

import typer

from attested.commands.naming import Day
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, ahead_in_words, console, document, steps
from attested.local import Addresses
from foundation.clock import today
from foundation.wording import as_count, as_date
from licence.projection.ahead import decided_beyond
from licence.projection.verify import Verified
from licence.projection.verify import verify as compare


def verify(
    on: Day = None,
    *,
    everyone: Annotated[bool, typer.Option("--everyone", help="Compare everybody, not a sample.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare the standings that are kept with the rule. Changes nothing; ends with status 1 on any difference."""
    day = on or today()

    async def work(_addresses: Addresses) -> Verified:
        with steps("Comparing", as_json=as_json) as told:
            verified = await compare(day, everyone=everyone, told=told)
        return replace(verified, ahead=await decided_beyond(day))

    verified = with_database(work)
    if as_json:
        document(verified)
    else:
        _tell(verified)
    if not verified.is_sound:
        raise typer.Exit(1)


def _tell(verified: Verified) -> None:
    console.print(f"{as_count(verified.checked, 'standing')} compared for {as_date(verified.on)}.")
    if verified.is_sound:
        console.print("Every one is what the rule says.")
    if verified.ahead:
        console.print(ahead_in_words(verified.ahead, verified.on))
    if verified.missing:
        console.print(
            f"{as_count(verified.missing, 'person', 'people')} not decided about at all.", style="bold red"
        )
    for one in verified.differences:
        console.print(
            f"  person {one.person_id}: {one.column} is kept as {one.stored}, the rule says {one.decided}",
            style="red", markup=False,
        )  # fmt: skip
