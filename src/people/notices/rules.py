"""What is a notice, and on which rung of the ladder does it stand?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rung(StrEnum):
    """How near a matter's day is, or what has befallen it; a person is told of each once. `TOLD` is for them alone."""

    DAYS_90 = "90"
    DAYS_30 = "30"
    DAYS_7 = "7"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    LAPSED = "lapsed"
    REINSTATED = "reinstated"
    TOLD = "told"


class Channel(StrEnum):
    """How a notice reaches its recipient."""

    INBOX = "inbox"
    E_MAIL = "e-mail"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is to be said about a person: existing once for each matter, due day and rung.

    It goes to them and to whoever supervises them or, where `to` names people, to these alone.
    """

    person_id: int
    matter: str
    due_on: date
    rung: Rung
    headline: str
    body: str
    to: frozenset[int] | None = None
