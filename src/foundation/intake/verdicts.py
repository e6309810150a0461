"""What became of each line of a file?"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Every line falls into exactly one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    REJECTED = "rejected"
    SUSPICIOUS = "suspicious"


KEPT = (Verdict.NEW, Verdict.CHANGED)
RETURNED = (Verdict.REJECTED, Verdict.SUSPICIOUS)
"""What goes back to the force with a reason: to be put right in the file or the mapping, and handed in again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason, or with the question that somebody must answer."""

    verdict: Verdict
    reason: str


def rejected(reason: str) -> Judgement:
    """Say why a line cannot be read."""
    return Judgement(Verdict.REJECTED, reason)


def suspicious(question: str) -> Judgement:
    """Ask what must be answered before a line can be kept."""
    return Judgement(Verdict.SUSPICIOUS, question)


def ignored(reason: str) -> Judgement:
    """Say why a line is none of ours."""
    return Judgement(Verdict.IGNORED, reason)
