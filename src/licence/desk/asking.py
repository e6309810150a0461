"""How does what the desk asks for stand in an address, and what does an address ask for?"""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from licence.desk.rules import NEVER, WITHIN, Asked, Place
from licence.standing.decisions import Standing
from people.posts.rules import Rank

E = TypeVar("E", Standing, Rank)
_NEVER = "never"


def address(asked: Asked, path: str = "") -> str:
    """Return where the list is found with these filters."""
    words = {
        "standing": asked.standing,
        "within": asked.within,
        "unit": asked.unit_id,
        "rank": asked.rank,
        "after": written(asked.after) if asked.after else None,
        "before": written(asked.before) if asked.before else None,
    }
    query = urlencode({name: str(value) for name, value in words.items() if value is not None})
    return f"{path}?{query}" if query else path


def written(place: Place) -> str:
    """Return a place as it stands in an address."""
    return f"{_NEVER if place.lapses_on == NEVER else place.lapses_on}~{place.person_id}"


def read_place(text: str) -> Place | None:
    """Return the place that an address names, or None where it names none."""
    day, _, number = text.partition("~")
    person_id = _number(number)
    try:
        lapses_on = NEVER if day == _NEVER else date.fromisoformat(day)
    except ValueError:
        return None
    return None if person_id is None else Place(lapses_on, person_id)


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for. What makes no sense is left out: an old bookmark still shows a list."""
    within = _number(query.get("within"))
    return Asked(
        standing=_one_of(Standing, query.get("standing")),
        within=within if within in WITHIN else None,
        unit_id=_number(query.get("unit")),
        rank=_one_of(Rank, query.get("rank")),
        after=read_place(query.get("after", "")),
        before=read_place(query.get("before", "")),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


def _one_of(kinds: type[E], text: str | None) -> E | None:
    return next((kind for kind in kinds if str(kind) == text), None)
