"""What does somebody at the desk ask to see, and where in the list are they?"""

from dataclasses import dataclass, replace
from datetime import date

from licence.standing.decisions import Standing
from people.posts.rules import Rank

WITHIN = (30, 60, 90)
"""The looks ahead that the desk offers, in days."""
NO_UNIT = 0
NEVER = date.max
"""Stands for no day on which a licence lapses: such rows come after all others, as `infinity` does in the database."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: a row seen."""

    lapses_on: date
    person_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to show; whatever is not asked is not filtered by. `before` is read where `after` is not."""

    standing: Standing | None = None
    within: int | None = None
    unit_id: int | None = None
    rank: Rank | None = None
    after: Place | None = None
    before: Place | None = None

    @property
    def applied(self) -> int:
        """Return how many filters are set."""
        return sum(each is not None for each in (self.standing, self.within, self.unit_id, self.rank))

    @property
    def everything(self) -> "Asked":
        """Return the same filters from the beginning of the list."""
        return replace(self, after=None, before=None)

    def beyond(self, place: Place) -> "Asked":
        """Return the same filters, from a place on."""
        return replace(self, after=place, before=None)

    def up_to(self, place: Place) -> "Asked":
        """Return the same filters, up to a place."""
        return replace(self, after=None, before=place)
