"""What do the pages about files say?"""

from collections.abc import Sequence
from dataclasses import dataclass

from attested.files.facts import File, FileLine
from foundation.intake.verdicts import KEPT, RETURNED, Verdict
from foundation.parts import Banner, Column, Link, MeterPart, SummaryRow, Tone
from foundation.wording import as_count, as_date, as_date_and_time

PATH = "/imports"
WAITING = f"{PATH}/errands"
ERRANDS = {
    "judge": ("The file is being read", "The file could not be read"),
    "keep": ("The lines are being kept", "Nothing was kept"),
}
"""What each step of a large file is called while it lasts, and when it came to nothing."""
KINDS = {"hr": "People and posts", "learning": "Completed learning"}
STATES = {
    "staged": ("Not kept yet", "govuk-tag--yellow"),
    "committed": ("Kept", "govuk-tag--green"),
    "discarded": ("Discarded", "govuk-tag--grey"),
    "failed": ("Failed", "govuk-tag--red"),
}
COLUMNS = tuple(Column(name) for name in ("File", "What", "Day", "Handed in", "Outcome"))


REASONS = {
    Verdict.CHANGED: "What is different",
    Verdict.REJECTED: "Reason",
    Verdict.SUSPICIOUS: "Question",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a verdict reads: its name, what it means, and what to do about it."""

    name: str
    says: str
    tone: Tone


MEANINGS = {
    Verdict.REJECTED: Meaning(
        "Rejected",
        "Cannot be read. Correct these lines in the system they came from, then hand the file in again.",
        Tone.STOP,
    ),
    Verdict.SUSPICIOUS: Meaning(
        "Suspicious",
        "Can be read, but may not mean what it says: an unclear date, an unknown code or person, a day still to come. "
        "Answer the question in the system it came from, then hand the file in again.",
        Tone.SOON,
    ),
    Verdict.NEW: Meaning("New", "Not recorded before. Will be kept.", Tone.GOOD),
    Verdict.CHANGED: Meaning("Changed", "Recorded otherwise before. Will be kept.", Tone.ASIDE),
    Verdict.UNCHANGED: Meaning("Unchanged", "Recorded already. Nothing to do.", Tone.PLAIN),
    Verdict.DUPLICATE: Meaning(
        "Duplicate",
        "Says the same as an earlier line of this file, which is kept once. Nothing to do.",
        Tone.PLAIN,
    ),
    Verdict.IGNORED: Meaning(
        "Ignored",
        "Speaks of nothing that is recorded here, such as a course that was booked or not finished. Nothing to do.",
        Tone.PLAIN,
    ),
}
"""Each verdict; what somebody has to put right comes first."""


def address(file: File, part: str = "") -> str:
    """Return where a file, or a part of its report, is found."""
    return f"{PATH}/{file.id}{part}"


def colleague(file: File) -> str:
    """Return where a colleague is asked to agree to many lines."""
    return address(file, "/returned/colleague")


def waiting(errand_id: int) -> str:
    """Return where it is told how far a large file has come."""
    return f"{WAITING}/{errand_id}"


def to_keep(file: File) -> int:
    """Return how many lines are kept if the file is."""
    return sum(file.counts[verdict] for verdict in KEPT)


def going_back(file: File) -> int:
    """Return how many lines go back to the force."""
    return sum(file.counts[verdict] for verdict in RETURNED)


def parts(file: File) -> Sequence[MeterPart]:
    """Return where every line of a file went; each share leads to its lines."""
    return [
        MeterPart(
            meaning.name,
            file.counts[verdict],
            meaning.tone,
            address(file, f"/lines?verdict={verdict}"),
            meaning.says if file.counts[verdict] and verdict not in KEPT else "",
        )
        for verdict, meaning in MEANINGS.items()
    ]


def particulars(file: File) -> Sequence[SummaryRow]:
    """Return what a file is, and how it was read."""
    rows = (
        ("What it holds", KINDS[file.kind]),
        ("Force", file.force),
        ("Speaks of", as_date(file.effective_on)),
        ("Handed in", f"{as_date_and_time(file.staged_at)} by {file.staged_by or 'the command line'}"),
        ("Read as", file.encoding),
        ("Mapping", file.mapping),
    )
    return [SummaryRow(key, value) for key, value in rows]


def ending(file: File) -> str | None:
    """Return who kept or discarded a file and when, or nothing while it waits."""
    if file.finished_at is None:
        return None
    done = STATES[file.state][0]
    return f"{done} on {as_date_and_time(file.finished_at)} by {file.finished_by or 'the command line'}."


def banner(file: File, done: str) -> Banner | None:
    """Return the good news after a step, unless the file stands otherwise than the address says."""
    if done == file.state == "committed":
        lines = as_count(to_keep(file), "line")
        return Banner(f"{lines} kept. The licences they touch are being decided again.", succeeded=True)
    if done == file.state == "discarded":
        return Banner("The file is discarded. Nothing of it was kept.", succeeded=True)
    return None


def conflict(file: File, detail: str) -> str:
    """Return why a file could not be kept or discarded: who was first, where that is the reason."""
    end = ending(file)
    return f"Nothing was done: this file is already finished. {end}" if end else detail


def kept_words(file: File) -> str:
    """Return what would be kept, in words for a button."""
    return f"Keep {as_count(to_keep(file), 'line')}"


def kept_in_words(file: File) -> str:
    """Return what would be kept, by what is new and what has changed."""
    new, changed = file.counts[Verdict.NEW], file.counts[Verdict.CHANGED]
    said = [f"{number:,} {word}" for number, word in ((new, "new"), (changed, "changed")) if number]
    return f"{' and '.join(said)} {'line' if new + changed == 1 else 'lines'}"


def line_headings(verdict: Verdict) -> Sequence[Column]:
    """Return the headings under which lines of a verdict are shown."""
    return [
        Column("Line"),
        *(Column(heading) for heading, _ in line_cells(verdict, FileLine(0, "", None, ()))),
    ]


def line_cells(verdict: Verdict, line: FileLine) -> Sequence[tuple[str, str]]:
    """Return what is shown of a line, each part under its heading."""
    cells = []
    if verdict in KEPT:
        cells.append(("About", line.about))
    if verdict is not Verdict.NEW:
        cells.append((REASONS.get(verdict, "Why"), line.reason or "Recorded already"))
    if verdict in RETURNED:
        cells.append(("What it says", ", ".join(cell for cell in line.cells if cell.strip())))
    return cells


def back_to(file: File) -> Link:
    """Return the way back to a file’s report."""
    return Link("Report on the file", address(file))
