"""When does an export need a second person, and what can become of one?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

WITHIN = timedelta(hours=24)
"""So long after a colleague has agreed may the file be taken, once."""


class Kind(StrEnum):
    """What can leave as a file; how much of each leaves with one person stands in `access.export_kind`."""

    DESK_LICENCES = "licences"
    RETURNED_LINES = "lines handed back"
    NATIONAL_FIGURES = "national figures"
    TRAINING_DEMAND = "training demand"
    WHAT_IF_PEOPLE = "people of a what-if"


class State(StrEnum):
    """What has become of an export."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN = "taken"


# Where an agreed export is taken: the room it comes from makes it anew, at that moment. A name in brackets is a part of
# the filter.
TAKEN_AT: Mapping[str, str] = {
    Kind.DESK_LICENCES: "/desk/licences.csv",
    Kind.RETURNED_LINES: "/imports/{file}/returned.csv",
    Kind.WHAT_IF_PEOPLE: "/policy/what-ifs/people.csv",
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave: of which forces, by which filter, how many rows, whose, and the hash of the file."""

    kind: Kind
    force_ids: Sequence[int]
    filter: str
    rows: int
    person_ids: Sequence[int]
    sha256: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many rows of a kind leave alone within a day, None for as many as there are; and how many left already."""

    most_alone: int | None
    taken: int = 0

    def is_exceeded_by(self, rows: int) -> bool:
        """Say whether so many more rows need a second person."""
        return self.most_alone is not None and self.taken + rows > self.most_alone

    def is_too_small_for(self, rows: int) -> bool:
        """Say whether so many rows need a second person whatever was taken before."""
        return self.most_alone is not None and rows > self.most_alone
