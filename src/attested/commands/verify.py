"""The command that compares what is kept with what it must be: standings with the rule, the audit with its seals."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from attested.commands.naming import Day
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, ahead_in_words, console, document, steps
from attested.local import Addresses
from foundation.clock import today
from foundation.sealing.checking import Fault
from foundation.sealing.kept import KeptHead, heads_file, read_kept
from foundation.sealing.verify import AuditVerified
from foundation.sealing.verify import verify as verify_audit
from foundation.wording import as_count, as_date
from licence.projection.ahead import decided_beyond
from licence.projection.verify import Verified
from licence.projection.verify import verify as compare


class Part(StrEnum):
    """What can be verified."""

    STANDINGS = "standings"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified: the standings, the audit, or both."""

    standings: Verified | None
    audit: AuditVerified | None

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is wrong with what was verified."""
        return all(part is None or part.is_sound for part in (self.standings, self.audit))


Everyone = Annotated[bool, typer.Option("--everyone", help="Compare everybody's standing, not a sample.")]
Heads = Annotated[
    Path | None,
    typer.Option(
        help="Heads of the audit kept elsewhere, one a line; without it, the file that the sealer keeps.",
        exists=True,
        dir_okay=False,
    ),
]


def verify(
    part: Annotated[Part | None, typer.Argument(help="One of the two alone; without it, both.")] = None,
    *,
    on: Day = None,
    everyone: Everyone = False,
    heads: Heads = None,
    as_json: AsJson = False,
) -> None:
    """Compare the standings with the rule, and the audit with its seals and the heads kept outside the database.

    Changes nothing; ends with status 1 on any difference, and names the first line of the audit that is not as sealed.
    """  # fmt: skip
    day = on or today()
    kept = _kept(heads) if part is not Part.STANDINGS else []

    async def work(_addresses: Addresses) -> Verification:
        return Verification(
            await _standings(day, everyone=everyone, as_json=as_json) if part is not Part.AUDIT else None,
            await _audit(kept, as_json=as_json) if part is not Part.STANDINGS else None,
        )

    verified = with_database(work)
    if as_json:
        document(verified)
    else:
        _tell(verified)
    if not verified.is_sound:
        raise typer.Exit(1)


def _kept(named: Path | None) -> list[KeptHead]:
    """Read the heads that were named, or those that the sealer kept, if it has kept any yet."""
    path = named or heads_file()
    return list(read_kept(path)) if named or (path.exists() and path.stat().st_size) else []


async def _standings(on: date, *, everyone: bool, as_json: bool) -> Verified:
    with steps("Comparing standings", as_json=as_json) as told:
        verified = await compare(on, everyone=everyone, told=told)
    return replace(verified, ahead=await decided_beyond(on))


async def _audit(kept: list[KeptHead], *, as_json: bool) -> AuditVerified:
    with steps("Comparing the audit", as_json=as_json) as told:
        return await verify_audit(kept, told=told)


def _tell(verified: Verification) -> None:
    if verified.standings is not None:
        _tell_standings(verified.standings)
    if verified.audit is not None:
        _tell_audit(verified.audit)


def _tell_standings(verified: Verified) -> None:
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


def _tell_audit(verified: AuditVerified) -> None:
    if verified.fault is not None:
        console.print(f"The audit is not what was sealed: {_told(verified.fault)}.", style="bold red")
        return
    console.print(
        f"{as_count(verified.lines, 'line')} of audit compared under {as_count(verified.seals, 'head')};"
        f" {as_count(verified.unsealed, 'line')} not sealed yet."
    )
    console.print(
        f"Every one is as it was sealed, and as {as_count(verified.kept, 'head')} kept outside the database say."
        if verified.kept
        else "They agree with one another. No head kept outside the database was compared: see --heads."
    )


def _told(fault: Fault) -> str:
    line = f", first line {fault.event_id}" if fault.event_id is not None else ""
    return f"{fault.harm}{line}" + (f", under head {fault.seal}" if fault.seal is not None else "")
