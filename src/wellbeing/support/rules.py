"""What may weigh on somebody who attended it, what may they answer to an offer, and when is the next one due?"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_NOTE = 4000
EARLIEST_EVENT = timedelta(days=20 * 366)
"""How long ago an event may lie that somebody adds to their own record."""


class EventKind(StrEnum):
    """A family of events that may weigh on whoever attends them. It says nothing about how anybody bears it."""

    FATAL_COLLISION = "fatal collision"
    SUDDEN_DEATH = "sudden death"
    DEATH_OF_A_CHILD = "death of a child"
    SUICIDE = "suicide"
    ABUSE_OF_A_CHILD = "abuse of a child"
    SERIOUS_VIOLENCE = "serious violence"
    MANY_CASUALTIES = "many casualties"
    ASSAULT = "assault on the officer"
    THREAT_TO_LIFE = "threat to the officer’s life"
    LOSS_OF_A_COLLEAGUE = "death or injury of a colleague"
    USE_OF_FIREARMS = "use of firearms by police"
    DISTRESSING_MATERIAL = "distressing material"


class Reply(StrEnum):
    """What a person says of an offer; the latest counts, and changes nothing but the care they get."""

    TAKEN_UP = "taken up"
    REFUSED = "refused"


class Purpose(StrEnum):
    """What somebody's care may be looked at for; whoever looks says so, and the audit keeps it."""

    AFTER_AN_EVENT = "following up an event"
    ROUTINE = "the routine check"
    ASKED = "the person asked for support"
    TREATMENT = "care that is under way"
    REFERRAL = "a referral"


@dataclass(frozen=True, slots=True)
class Terms:
    """When support is due, as policy says: a check every so many months, a plan so many hours after an event.

    What policy does not say is never due.
    """

    check_months: int | None
    plan_hours: int | None

    def plan_by(self, attended_on: date) -> date | None:
        """Return the last day on which support after an event is in time."""
        return None if self.plan_hours is None else attended_on + timedelta(hours=self.plan_hours)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a supervisor may know: that a check was offered, and when the next is due. It is so for everybody alike."""

    offered_on: date | None
    due_on: date | None

    def is_due(self, on: date) -> bool:
        """Say whether the next check is due on a day; the first always is."""
        return self.offered_on is None or (self.due_on is not None and self.due_on <= on)
