"""How does a command tell what came of it: in words, or as one JSON document?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from foundation.wording import as_count, as_date

console = Console()
errors = Console(stderr=True)

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document, for a program, instead of words.")
]


def document(found: object) -> None:
    """Print a result as one JSON document: the documented contract with programs."""
    sys.stdout.write(msgspec.json.encode(found, order="deterministic").decode() + "\n")


def refuse(message: str, *, as_json: bool, status: int = 1) -> typer.Exit:
    """Say what is wrong, on standard error, and return the exit to raise."""
    if as_json:
        sys.stderr.write(msgspec.json.encode({"problem": message}).decode() + "\n")
    else:
        errors.print(message, style="bold red", markup=False, highlight=False)
    return typer.Exit(status)


def ahead_in_words(people: int, on: date) -> str:
    """Say how many stand decided for a later day, which neither a sweep nor a check of this one looks at."""
    stand = "stands" if people == 1 else "stand"
    return f"{as_count(people, 'person', 'people')} {stand} decided for a day after {as_date(on)} already."


@dataclass(frozen=True, slots=True)
class Started:
    """What a command that keeps running says when it has started: what runs, and where it is reached."""

    started: str
    address: str | None = None


class Steps:
    """A progress bar that a long action moves: `advance(done, of)`."""

    def __init__(self, progress: Progress, words: str) -> None:
        self._progress = progress
        self._task = progress.add_task(words, total=None)

    def __call__(self, done: int, of: int) -> None:
        """Show how far the work has come."""
        self._progress.update(self._task, completed=done, total=of)


@contextmanager
def steps(words: str, *, as_json: bool = False) -> Iterator[Steps]:
    """Show a progress bar for work that may take more than a second; none where a program reads."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=errors, transient=True, disable=as_json or not errors.is_terminal
    ) as progress:
        yield Steps(progress, words)
