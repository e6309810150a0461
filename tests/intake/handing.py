"""How does a test hand in a file, the samples' or its own?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from attested.importing import Asked, commit, stage
from foundation.audit import Actor
from foundation.intake.facts import JudgedLine, Report, lines
from foundation.intake.verdicts import Verdict
from tests import builders

ROOT = Path(__file__).resolve().parents[2]
HR, LEARNING = ROOT / "samples" / "hr-extract.csv", ROOT / "samples" / "learning-export.csv"
ON = date(2026, 11, 22)
CLERK = Actor.system("test")
REQUIREMENTS = [
    "PPST",
    "FIRST-AID",
    "JRFT",
    "CED",
    "AFO",
    "DRIVE-BASIC",
    "DRIVE-RESPONSE",
    "DRIVE-ADVANCED",
    "POPS-L2",
    "POPS-L3",
    "INFO-MGMT",
    "STOP-SEARCH",
    "DA-MATTERS",
    "TRAUMA-SUICIDE",
    "CODE-OF-ETHICS",
    "NPP-1",
    "PLP-STAGE-1",
    "PLP-STAGE-2",
]
HR_HEADER = "Payroll No,Collar No,Surname,Forename(s),Person Type,Rank/Grade,Org Unit,Line Mgr Payroll,Start Date,Absence"
LEARNING_HEADER = "LMS User,Course Code,Course Name,Completed,Status,Score,Expires,Trainer,Hours"


def _unwatched(_done: int, _of: int) -> None:
    """Tell nobody."""


async def enter_requirements() -> None:
    """Enter the requirements that the samples' mapping names."""
    for code in REQUIREMENTS:
        await builders.requirement(code)


async def staged(
    kind: str, path: Path, *, on: date = ON, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Stage a file of Avon and Somerset."""
    asked = Asked(kind, path, builders.AVON, on)
    return await stage(asked, actor=CLERK, progress=progress or _unwatched)


async def imported(kind: str, path: Path, *, on: date = ON) -> Report:
    """Stage and commit a file of Avon and Somerset."""
    return await commit((await staged(kind, path, on=on)).intake_id, actor=CLERK)


async def kept(report: Report, verdict: Verdict) -> list[JudgedLine]:
    """Return the lines of a verdict."""
    return list(await lines(report.intake_id, verdict, limit=100_000))


def written(folder: Path, *rows: str, header: str = HR_HEADER, name: str = "extract.csv") -> Path:
    """Write a file of lines."""
    path = folder / name
    path.write_text("\r\n".join((header, *rows)) + "\r\n", encoding="utf-8")
    return path


def counts(report: Report) -> dict[str, int]:
    """Return the verdicts that any line had."""
    return {verdict.value: count for verdict, count in report.counts.items() if count}
