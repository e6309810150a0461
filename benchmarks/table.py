"""How are the figures told?"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Figure

console = Console(width=150)


def tell(found: Sequence[Figure], title: str) -> None:
    """Print the figures, each with its goal beside it."""
    table = Table(title=title, title_justify="left", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("what", "beside", "ratio", "spread", "by processor", "goal", "", "floor", "ours"):
        table.add_column(heading, justify="left" if heading in {"what", "beside", ""} else "right")
    for one in found:
        verdict = {None: "", True: "held", False: "[bold red]missed[/]"}[one.holds]
        spread = f"{min(one.ratios):.2f}-{max(one.ratios):.2f}"
        effort = "" if one.effort is None else f"{one.effort:.2f}"
        goal = str(one.goal) if one.goal else ""
        table.add_row(
            one.name, one.beside, f"{one.ratio:.2f}", spread, effort, goal, verdict, _took(one.floor_seconds), _took(one.seconds)
        )  # fmt: skip
    console.print(table)


def keep(found: Sequence[Figure], place: Path) -> None:
    """Keep the figures as JSON, to compare with another day's."""
    place.write_bytes(msgspec.json.format(msgspec.json.encode(list(found))))


def _took(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
