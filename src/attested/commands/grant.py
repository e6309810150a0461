"""The command that grants the first licences of a force."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from attested.commands.naming import Day, meant
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.audit import Actor
from foundation.clock import today
from foundation.wording import as_count, as_date
from licence.determinations.actions import grant_initial
from licence.projection.sweep import refresh
from people.forces.facts import force_with_code
from people.persons.facts import persons


@dataclass(frozen=True, slots=True)
class Granting:
    """What was granted: in which force, from which day, to how many, and which of the two people were left out."""

    force: str
    on: date
    people: int
    left_out: tuple[str, ...]


def grant(
    *,
    force: Annotated[str, typer.Option(help="The force, by its code or its short name.")],
    by: Annotated[str, typer.Option(help="Who decides: a national identifier, or NUMBER@FORCE.")],
    approved_by: Annotated[str, typer.Option(help="Who agrees: a second person.")],
    on: Day = None,
    reasons: Annotated[str, typer.Option(help="Why, for the record.")] = "First licences of the force",
    as_json: AsJson = False,
) -> None:
    """Grant a licence to every officer and special constable of a force who has never had one.

    Two named people decide; neither is granted one by their own decision.
    """
    day = on or today()

    async def work(_addresses: Addresses) -> Granting:
        return await _grant(force, (by, approved_by), day, reasons)

    granting = with_database(work)
    if as_json:
        document(granting)
        return
    console.print(
        f"{as_count(granting.people, 'licence')} granted in {granting.force} from {as_date(granting.on)}."
    )
    for name in granting.left_out:
        console.print(f"{name} was left out: nobody decides on their own licence.")


async def _grant(code: str, two: tuple[str, str], on: date, reasons: str) -> Granting:
    named = await force_with_code(code, on)
    by, approved_by = await meant(two[0], on), await meant(two[1], on)
    granted = await grant_initial(
        actor=Actor(by.id, by.name), force_id=named.id, on=on, decided_by=by.id, approved_by=approved_by.id,
        reasons=reasons,
    )  # fmt: skip
    await refresh(today())
    left_out = await persons(granted.left_out)
    return Granting(named.name, on, granted.people, tuple(left_out[one].name for one in granted.left_out))
