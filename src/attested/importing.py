"""Which extracts can be imported, and how are they staged and committed, whoever asks: a page or a command?"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foundation.audit import Actor
from foundation.intake import actions
from foundation.intake.errors import IntakeNotFoundError
from foundation.intake.facts import Report, report
from foundation.intake.kinds import Extract, Handed, Progress
from foundation.intake.mapping import MAPPINGS, read_source
from foundation.intake.survey import FOR_COMMANDS, Limits
from passport.learning.extract import LearningExtract
from people.extracts.facts import force_named
from people.extracts.hr import HrExtract

EXTRACTS: dict[str, Extract] = {extract.kind: extract for extract in (HrExtract(), LearningExtract())}


@dataclass(frozen=True, slots=True)
class Asked:
    """A file to import: of which kind and force, true on which day, under which name, within which limits."""

    kind: str
    path: Path
    force: str
    on: date
    name: str | None = None
    limits: Limits = FOR_COMMANDS
    mappings: Path = MAPPINGS


def _unwatched(_done: int, _of: int) -> None:
    """Tell nobody."""


async def stage(asked: Asked, *, actor: Actor, progress: Progress = _unwatched) -> Report:
    """Judge a file, and keep nothing of it but its verdicts.

    :raises NoSuchForceError: there is no such force.
    :raises MappingError: the force has no mapping, or one that cannot be used.
    :raises UnreadableFileError: the file is no table, or has none of the columns.
    """
    return await actions.stage(EXTRACTS[asked.kind], await _handed(asked), actor=actor, progress=progress)


async def lines_in(asked: Asked) -> int:
    """Count the lines of a file, which is refused for the same reasons as `stage` refuses it."""
    return await actions.lines_in(EXTRACTS[asked.kind], await _handed(asked))


async def _handed(asked: Asked) -> Handed:
    force = await force_named(asked.force)
    return Handed(
        path=asked.path,
        name=asked.name or asked.path.name,
        force_code=force.code,
        mapping=read_source(force.slug, asked.mappings),
        effective_on=asked.on,
        limits=asked.limits,
    )


async def commit(intake_id: int, *, actor: Actor) -> Report:
    """Keep what was staged, whole or not at all.

    :raises IntakeNotFoundError: there is no such intake.
    :raises IntakeEndedError: it was committed or discarded before.
    :raises OvertakenError: what is recorded has changed since.
    """
    found = await report(intake_id)
    if found.kind not in EXTRACTS:
        raise IntakeNotFoundError
    return await actions.commit(EXTRACTS[found.kind], intake_id, actor=actor)
