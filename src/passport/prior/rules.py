"""How does a claim of earlier learning stand?"""

from enum import StrEnum

LONGEST = 2000
LONGEST_PLACE = 200


class State(StrEnum):
    """How a claim stands."""

    WAITING = "waiting for an assessor"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"
