"""By when must somebody have what is held on them, and on which grounds may what of it be withheld?"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_MONTHS_MORE = 2


class Ground(StrEnum):
    """Why something is not given to the person it is about."""

    SERIOUS_HARM = "serious harm"
    SERIOUS_HARM_UNTOLD = "serious harm, by knowing of it at all"
    VETTING_HARM = "vetting harm"
    CRIME = "crime"
    ANOTHER_PERSON = "another person"
    REFERENCE = "confidential reference"


@dataclass(frozen=True, slots=True)
class Law:
    """What a ground rests on, and whether the person may be told that something was withheld on it."""

    words: str
    source: str
    is_told: bool


LAWS = {
    Ground.SERIOUS_HARM: Law(
        "Giving it would be likely to cause serious harm to somebody’s physical or mental health",
        "Data Protection Act 2018, schedule 3, paragraph 5",
        is_told=True,
    ),
    Ground.SERIOUS_HARM_UNTOLD: Law(
        "As above, and even to know that something is withheld would be likely to",
        "Data Protection Act 2018, schedule 3, paragraph 5",
        is_told=False,
    ),
    Ground.VETTING_HARM: Law(
        "Giving it would harm somebody, or the purpose of vetting",
        "The Police (Vetting) Regulations 2025, regulation 8",
        is_told=False,
    ),
    Ground.CRIME: Law(
        "Giving it would be likely to prejudice the prevention or detection of crime",
        "Data Protection Act 2018, schedule 2, paragraph 2",
        is_told=False,
    ),
    Ground.ANOTHER_PERSON: Law(
        "It would tell about another person, who has not agreed",
        "Data Protection Act 2018, schedule 2, paragraph 16",
        is_told=True,
    ),
    Ground.REFERENCE: Law(
        "It is a reference given in confidence",
        "Data Protection Act 2018, schedule 2, paragraph 24",
        is_told=True,
    ),
}
HEALTH_GROUNDS = (Ground.SERIOUS_HARM, Ground.SERIOUS_HARM_UNTOLD, Ground.ANOTHER_PERSON)
VETTING_GROUNDS = (Ground.VETTING_HARM, Ground.CRIME, Ground.ANOTHER_PERSON, Ground.REFERENCE)


def months_after(day: date, months: int) -> date:
    """Return the corresponding date so many months later, or that month's last day where it has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(asked_on: date) -> date:
    """Return by when a request must be answered: one month (UK GDPR article 12(3))."""
    return months_after(asked_on, 1)


def extended(asked_on: date, months: int) -> date:
    """Return by when it must be answered once it was extended, by two months at most, counted from the day it was asked."""
    return months_after(asked_on, 1 + min(months, MOST_MONTHS_MORE))
