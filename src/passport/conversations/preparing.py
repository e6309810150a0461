"""What does a supervisor want to know before the conversation? Whoever knows tells: this room asks no licence."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sort(StrEnum):
    """What an item of the sheet is."""

    OVERDUE = "overdue"
    DUE = "due"
    LEARNT = "learnt"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to speak about: what it is, and its day."""

    sort: Sort
    title: str
    on: date | None
    href: str | None = None


Preparing = Callable[[int, date], Awaitable[Sequence[Item]]]
"""Returns what there is to speak about with a person on a day."""
