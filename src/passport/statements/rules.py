"""What does a statement say that matters here, and does it meet what a mapping asks of it?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
HOUR = 3600
MOST_HOURS = Decimal(999)


class Outcome(StrEnum):
    """What became of a statement."""

    RECORDED = "recorded"
    ALREADY = "already recorded"
    NOT_MET = "not met"
    NOBODY = "nobody"
    NOTHING = "nothing"
    IMPOSSIBLE = "impossible"
    VOIDS = "voids"
    IGNORED = "ignored"


WAITING = (Outcome.NOBODY, Outcome.NOTHING, Outcome.IMPOSSIBLE)
"""What somebody has to look at: of nobody we know, of nothing we know, or of a day that has not come."""


class Numbers(StrEnum):
    """Which of a person's numbers a learning system's accounts carry."""

    NATIONAL = "national identifier"
    PAYROLL = "payroll"
    COLLAR = "collar"
    ANY = "any number"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a learning system."""

    home_page: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundBy:
    """By what a statement is found again: keys of whom it concerns and of activities, those around it included."""

    agents: tuple[UUID, ...]
    related_agents: tuple[UUID, ...]
    activities: tuple[UUID, ...]
    registration: UUID | None
    refers_to: UUID | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement says. `actor` names whoever did it in one line, by account, mailbox or whatever was given."""

    id: UUID | None
    actor: str
    account: Account | None
    mailbox: str | None
    verb: str
    activity: str | None
    happened_at: datetime | None
    success: bool | None
    score: Decimal | None
    seconds: Decimal | None
    voids: UUID | None
    found_by: FoundBy


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a verb of an activity means here: a requirement, or with None nothing of interest.

    `hours` are those of learning; None takes them from the statement's duration.
    """

    activity: str
    verb: str
    requirement: str | None
    needs_success: bool = True
    least_score: Decimal | None = None
    hours: Decimal | None = None

    def is_met_by(self, success: bool | None, score: Decimal | None) -> bool:  # noqa: FBT001 - as xAPI has it
        """Say whether a result is good enough; what is not said is not met, where it is asked for."""
        if self.needs_success and success is not True:
            return False
        return self.least_score is None or (score is not None and score >= self.least_score)

    def hours_of(self, seconds: Decimal | None) -> Decimal | None:
        """Return the hours of learning, to two places; none where nobody says, or where it makes no sense."""
        if self.hours is not None or seconds is None:
            return self.hours
        if not 0 < seconds <= MOST_HOURS * HOUR:
            return None
        return round(seconds / HOUR, 2) or None
