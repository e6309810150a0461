"""What does somebody at the desk ask to see, and where in the list are they?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from licence.standing.decisions import Standing
from people.posts.rules import Rank

E = TypeVar("E", Standing, Rank)
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

    def written(self) -> str:
        """Return the place as it stands in an address."""
        return f"{'never' if self.lapses_on == NEVER else self.lapses_on}~{self.person_id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that an address names, or None where it names none."""
        day, _, number = text.partition("~")
        person_id = _number(number)
        try:
            lapses_on = NEVER if day == "never" else date.fromisoformat(day)
        except ValueError:
            return None
        return None if person_id is None else cls(lapses_on, person_id)


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

    def address(self, path: str) -> str:
        """Return where the list is found with these filters."""
        words = {
            "standing": self.standing,
            "within": self.within,
            "unit": self.unit_id,
            "rank": self.rank,
            "after": self.after.written() if self.after else None,
            "before": self.before.written() if self.before else None,
        }
        query = urlencode({name: str(value) for name, value in words.items() if value is not None})
        return f"{path}?{query}" if query else path


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for. What makes no sense is left out: an old bookmark still shows a list."""
    within = _number(query.get("within"))
    return Asked(
        standing=_one_of(Standing, query.get("standing")),
        within=within if within in WITHIN else None,
        unit_id=_number(query.get("unit")),
        rank=_one_of(Rank, query.get("rank")),
        after=Place.read(query.get("after", "")),
        before=Place.read(query.get("before", "")),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


def _one_of(kinds: type[E], text: str | None) -> E | None:
    return next((kind for kind in kinds if str(kind) == text), None)
