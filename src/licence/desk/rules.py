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


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: the last row seen. Rows without a day on which they lapse come after all others."""

    lapses_on: date | None
    person_id: int

    def written(self) -> str:
        """Return the place as it stands in an address."""
        return f"{self.lapses_on or 'none'}~{self.person_id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that an address names, or None where it names none."""
        day, _, number = text.partition("~")
        try:
            return cls(None if day == "none" else date.fromisoformat(day), int(number))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to show; whatever is not asked is not filtered by."""

    standing: Standing | None = None
    within: int | None = None
    unit_id: int | None = None
    rank: Rank | None = None
    after: Place | None = None

    @property
    def applied(self) -> int:
        """Return how many filters are set."""
        return sum(each is not None for each in (self.standing, self.within, self.unit_id, self.rank))

    def address(self, path: str, **changes: object) -> str:
        """Return where the list is found with these filters, some of them changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        words = {
            "standing": asked.standing,
            "within": asked.within,
            "unit": asked.unit_id,
            "rank": asked.rank,
            "after": asked.after.written() if asked.after else None,
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
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


def _one_of(kinds: type[E], text: str | None) -> E | None:
    return next((kind for kind in kinds if str(kind) == text), None)
