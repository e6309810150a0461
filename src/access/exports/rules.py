"""When does an export need a second person, and what can become of one?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_ALONE = 500
"""More rows than this leave only once a colleague has agreed."""
WITHIN = timedelta(hours=24)
"""So long after a colleague has agreed may the file be taken, once."""


class Kind(StrEnum):
    """What can leave as a file."""

    DESK_LICENCES = "licences"
    RETURNED_LINES = "lines handed back"


class State(StrEnum):
    """What has become of an export."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN = "taken"


# Where an agreed export is taken: the room it comes from makes it anew, at that moment.
TAKEN_AT: Mapping[str, str] = {Kind.DESK_LICENCES: "/desk/licences.csv"}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave: of which forces, by which filter, how many rows, whose, and the hash of the file."""

    kind: Kind
    force_ids: Sequence[int]
    filter: str
    rows: int
    person_ids: Sequence[int]
    sha256: str


def needs_colleague(rows: int) -> bool:
    """Say whether so many rows need a second person."""
    return rows > MOST_ALONE
