"""The command that imports a force's extract: judged line by line, then kept whole or not at all."""

import getpass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document, steps
from attested.importing import Asked, commit, stage
from foundation.audit import Actor
from foundation.clock import today
from foundation.intake.facts import JudgedLine, Report, lines
from foundation.intake.verdicts import RETURNED, Verdict
from foundation.wording import as_number

MEANINGS = {
    Verdict.NEW: "not recorded before",
    Verdict.CHANGED: "recorded otherwise before",
    Verdict.UNCHANGED: "recorded already",
    Verdict.DUPLICATE: "the same as another line",
    Verdict.IGNORED: "none of ours",
    Verdict.REJECTED: "cannot be read",
    Verdict.SUSPICIOUS: "somebody must answer a question first",
}
EXAMPLES = 3


class Kind(StrEnum):
    """What an extract is of."""

    HR = "hr"
    LEARNING = "learning"


def import_(
    kind: Annotated[Kind, typer.Argument(help="hr: people and posts; learning: what they completed.")],
    file: Annotated[Path, typer.Argument(help="The extract, a table of text.", exists=True, dir_okay=False)],
    force: Annotated[str, typer.Option(help="The force: E23000036, or avon-and-somerset.")],
    on: Annotated[
        datetime | None,
        typer.Option(
            help="The day on which the extract is true; today where not given.", formats=["%Y-%m-%d"]
        ),
    ] = None,
    *,
    stage_only: Annotated[
        bool, typer.Option("--stage-only", help="Judge the file, report, and keep nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a force's extract. Every line is judged first; then all that is new or changed is kept, or nothing.

    Suspicious lines are not kept: answer their questions in the file or the mapping, and import again.
    """
    asked = Asked(kind.value, file, force, on.date() if on else today())
    found, examples = with_database(lambda _: _imported(asked, stage_only=stage_only, as_json=as_json))
    if as_json:
        document(found)
    else:
        _tell(found, examples)


async def _imported(asked: Asked, *, stage_only: bool, as_json: bool) -> tuple[Report, list[JudgedLine]]:
    actor = Actor(person_id=None, name=f"{_operator()} at the command line")
    with steps(f"Judging {asked.path.name}", as_json=as_json) as moved:
        found = await stage(asked, actor=actor, progress=moved)
    if not stage_only:
        found = await commit(found.intake_id, actor=actor)
    returned = [
        line for verdict in RETURNED for line in await lines(found.intake_id, verdict, limit=EXAMPLES)
    ]
    return found, returned


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "somebody"


def _tell(found: Report, examples: list[JudgedLine]) -> None:
    console.print(
        f"{found.file_name}: {found.encoding}, read by {found.mapping}", markup=False, highlight=False
    )
    table = Table(box=None, pad_edge=False, show_footer=True)
    table.add_column("Lines", footer=as_number(found.lines), justify="right")
    table.add_column("Verdict", footer="in the file")
    table.add_column("")
    for verdict, count in found.counts.items():
        table.add_row(as_number(count), verdict, MEANINGS[verdict])
    console.print(table)
    for warning in found.warnings:
        console.print(f"Note: {warning}", markup=False, highlight=False)
    for line in examples:
        console.print(f"Line {line.line}, {line.verdict}: {line.reason}", markup=False, highlight=False)
    console.print(f"Intake {found.intake_id} is {found.state}.", highlight=False)
