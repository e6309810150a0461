"""Which levels of vetting are there, how long does each hold, and who may conclude what?"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from licence.standing.due import months_after
from passport.policy.rules import Term

DAY = timedelta(days=1)
LONGEST_TEXT = 4000
RUNNING_OUT = (30, 90, 365)
"""The looks ahead that the list of clearances offers, in days."""


class Level(StrEnum):
    """A level of vetting; policy says how long it holds."""

    RECRUITMENT = "recruitment vetting"
    MANAGEMENT = "management vetting"
    COUNTER_TERRORIST = "counter-terrorist check"
    SECURITY = "security check"
    DEVELOPED = "developed vetting"

    @property
    def term(self) -> str:
        """Return the term of policy that says how long the level holds."""
        return TERMS[self]


TERMS = {
    Level.RECRUITMENT: "vetting_recruitment",
    Level.MANAGEMENT: "vetting_management",
    Level.COUNTER_TERRORIST: "vetting_counter_terrorist_check",
    Level.SECURITY: "vetting_security_check",
    Level.DEVELOPED: "vetting_developed",
}


class Outcome(StrEnum):
    """How a case ends. This much the person is told; why, only what passed the harm test."""

    GRANTED = "granted"
    DISCONTINUED = "discontinued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def needs_a_second(self) -> bool:
        """Say whether a second vetting officer on the case must agree: whatever takes something from the person."""
        return self in {Outcome.REFUSED, Outcome.WITHDRAWN}


class Entry(StrEnum):
    """What an entry in a case is."""

    REASON = "reason"
    ADVERSE_MATERIAL = "adverse material"
    CONDITION = "condition"


class Purpose(StrEnum):
    """What a case may be opened for; whoever opens one says so, and the audit keeps it."""

    RENEWAL = "renewing a clearance"
    REVIEW = "annual integrity and vetting review"
    CHANGE = "a change in the person’s circumstances"
    INFORMATION = "new information to assess"
    CONCLUSION = "concluding the case or telling the outcome"
    REQUEST = "a question from the person"


def valid_through(level: Level, since: date, terms: Iterable[Term]) -> date | None:
    """Return the last day on which a clearance granted on a day holds; None where policy sets no term for its level."""
    months = next((one.amounts[0] for one in terms if one.key == level.term), None)
    return None if months is None else months_after(since, int(months)) - DAY
