"""How does an entry of one's development stand, and what may still be done with it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

LONGEST_TITLE = 120
LONGEST_TEXT = 4000
MOST_HOURS = Decimal(999)


class Standing(StrEnum):
    """How an entry stands."""

    DRAFT = "draft"
    SHARED = "shared"
    VERIFIED = "verified"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: the reflection, when it was, hours if they want to say so, and what it speaks to."""

    title: str
    happened_on: date | None = None
    what: str = ""
    so_what: str = ""
    now_what: str = ""
    hours: Decimal | None = None
    standards: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def missing(self) -> Sequence[str]:
        """Return what an entry needs before it can be shared. Hours never: the College counts no hours (domain 6.1)."""
        needed = ("happened_on", "what", "so_what", "now_what")
        return [name for name in needed if not getattr(self, name)]


@dataclass(frozen=True, slots=True)
class Share:
    """With whom an entry is shared; one made to a supervisor opens nothing once they supervise its author no more."""

    id: int
    person_id: int
    reader_id: int
    as_supervisor: bool
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class Addition:
    """What the author added once the words were fixed."""

    text: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """That somebody else says it happened, and was talked through."""

    verified_by: int
    as_supervisor: bool
    words: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with everything that became of it; `is_opened` says that somebody else has read it."""

    id: int
    person_id: int
    words: Words
    recorded_at: datetime
    changed_at: datetime
    discarded_at: datetime | None = None
    is_opened: bool = False
    shares: tuple[Share, ...] = ()
    additions: tuple[Addition, ...] = ()
    verifications: tuple[Verification, ...] = ()

    @property
    def standing(self) -> Standing:
        """Say how the entry stands."""
        if self.discarded_at is not None:
            return Standing.DISCARDED
        if self.verifications:
            return Standing.VERIFIED
        return Standing.SHARED if self.shares else Standing.DRAFT

    @property
    def is_fixed(self) -> bool:
        """Say whether the words stay as they are: they are shared now, or somebody has read them."""
        return bool(self.shares or self.verifications) or self.is_opened

    @property
    def may_change(self) -> bool:
        """Say whether the words may be changed: nobody has read them, and nobody can now."""
        return not self.is_fixed and self.discarded_at is None

    @property
    def may_discard(self) -> bool:
        """Say whether it may be put aside: nobody has it before them, and nobody has verified it."""
        return not (self.shares or self.verifications) and self.discarded_at is None

    def is_verified_by(self, person_id: int) -> bool:
        """Say whether somebody has verified it."""
        return any(one.verified_by == person_id for one in self.verifications)

    @property
    def people(self) -> set[int]:
        """Return everybody whose name is needed to tell of it."""
        readers = {one.reader_id for one in self.shares}
        return {self.person_id, *readers, *(one.verified_by for one in self.verifications)}
