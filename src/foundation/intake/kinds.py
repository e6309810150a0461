"""What must each kind of extract know how to do, and what is it given to do it with?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from asyncpg import Connection

from foundation.intake.mapping import Source
from foundation.intake.survey import FOR_COMMANDS, Limits
from foundation.intake.table import Column, Table

Progress = Callable[[int, int], None]
"""Told how many lines are done, of about how many."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in: of which force, read by which mapping, true on which day."""

    path: Path
    name: str
    force_code: str
    mapping: Source
    effective_on: date
    limits: Limits = FOR_COMMANDS


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of extract looks for in a file, what its source is called, and the encoding its mapping declares."""

    columns: tuple[Column, ...]
    source: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Staging:
    """A file whose lines are being judged."""

    intake_id: int
    table: Table
    mapping: Source
    force_code: str
    effective_on: date
    progress: Progress


@dataclass(frozen=True, slots=True)
class Judged:
    """How many lines were judged, and what else somebody should know of the file."""

    lines: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """An intake about to be committed, with the number of the person who commits it."""

    intake_id: int
    force_code: str
    effective_on: date
    source: str
    committed_by: int | None
    kept: int


class Extract(Protocol):
    """A kind of extract: it judges every line into `foundation.intake_line`, and later keeps those that are to be kept."""

    @property
    def kind(self) -> str:
        """Return its name, as on the command line."""

    def layout(self, mapping: Source) -> Layout:
        """Return what to look for in a file; a mapping that cannot be used is refused here."""

    async def stage(self, connection: Connection, staging: Staging) -> Judged:
        """Judge every line, and write each with its verdict."""

    async def commit(self, connection: Connection, staged: Staged) -> None:
        """Keep what was staged as new or changed, all of it or nothing."""
