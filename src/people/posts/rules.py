"""Which kinds, ranks and absences does the workforce have, and which day falls within which period?"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a person is in the workforce. Only officers and special constables hold licences (white paper, paragraph 272)."""

    OFFICER = "officer"
    SPECIAL_CONSTABLE = "special constable"
    PCSO = "pcso"
    STAFF = "staff"
    VOLUNTEER = "volunteer"


class Rank(StrEnum):
    """The ranks of the constabularies, lowest first; London's own titles stand beside their equals (domain 1.1)."""

    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    CHIEF_INSPECTOR = "chief inspector"
    SUPERINTENDENT = "superintendent"
    CHIEF_SUPERINTENDENT = "chief superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "assistant chief constable"
    COMMANDER = "commander"
    DEPUTY_CHIEF_CONSTABLE = "deputy chief constable"
    DEPUTY_ASSISTANT_COMMISSIONER = "deputy assistant commissioner"
    CHIEF_CONSTABLE = "chief constable"
    ASSISTANT_COMMISSIONER = "assistant commissioner"
    DEPUTY_COMMISSIONER = "deputy commissioner"
    COMMISSIONER = "commissioner"

    @property
    def order(self) -> int:
        """Return the rank's place, 1 for constable; London's titles share the place of their equals."""
        return RANK_ORDER[self]


RANK_ORDER = {
    Rank.CONSTABLE: 1,
    Rank.SERGEANT: 2,
    Rank.INSPECTOR: 3,
    Rank.CHIEF_INSPECTOR: 4,
    Rank.SUPERINTENDENT: 5,
    Rank.CHIEF_SUPERINTENDENT: 6,
    Rank.ASSISTANT_CHIEF_CONSTABLE: 7,
    Rank.COMMANDER: 7,
    Rank.DEPUTY_CHIEF_CONSTABLE: 8,
    Rank.DEPUTY_ASSISTANT_COMMISSIONER: 8,
    Rank.CHIEF_CONSTABLE: 9,
    Rank.ASSISTANT_COMMISSIONER: 9,
    Rank.DEPUTY_COMMISSIONER: 10,
    Rank.COMMISSIONER: 11,
}


class RankBasis(StrEnum):
    """On what footing a rank is held."""

    SUBSTANTIVE = "substantive"
    TEMPORARY = "temporary"
    ACTING = "acting"


class AbsenceKind(StrEnum):
    """Why a person is away. Every kind is neutral: it extends, it never lapses (domain section 7)."""

    PARENTAL = "parental"
    LONG_TERM_SICKNESS = "long-term sickness"
    CAREER_BREAK = "career break"
    SECONDMENT = "secondment"
    SUSPENDED_FROM_DUTY = "suspended from duty"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day through a day, both included; no last day means it goes on."""

    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether a day falls within the period."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def holds(self, other: "Period") -> bool:
        """Say whether another period lies wholly within this one."""
        if not self.covers(other.starts_on):
            return False
        return self.ends_on is None or (other.ends_on is not None and other.ends_on <= self.ends_on)

    def before(self, day: date) -> "Period | None":
        """Return what is left of the period before a day, or None."""
        last = day - timedelta(days=1)
        return Period(self.starts_on, last) if self.starts_on <= last else None

    def after(self, day: date) -> "Period | None":
        """Return what is left of the period after a day, or None."""
        first = day + timedelta(days=1)
        return Period(first, self.ends_on) if self.ends_on is None or first <= self.ends_on else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: its force and unit, its kind, and the rank with the footing it is held on."""

    force_id: int
    unit_id: int | None
    kind: Kind
    rank: Rank | None = None
    rank_basis: RankBasis = RankBasis.SUBSTANTIVE
    profiles: tuple[str, ...] = ()
    job_title: str | None = None
    fte: Decimal = Decimal(1)
