"""How does what a supervisor asks for stand in an address, and what does an address ask for?"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from licence.standing.decisions import Standing
from licence.team.rules import Asked, Look, May, Order


def words(asked: Asked) -> Mapping[str, str]:
    """Return the filters and the order as they stand in an address, without the day."""
    said = {
        "due": asked.due,
        "may": asked.may,
        "standing": asked.standing,
        "sort": None if asked.order is Order.DUE else asked.order,
    }
    return {name: str(value) for name, value in said.items() if value is not None}


def address(asked: Asked, path: str) -> str:
    """Return where the team is found with these filters."""
    day = {"on": asked.on.isoformat()} if asked.on else {}
    query = urlencode({**words(asked), **day})
    return f"{path}?{query}" if query else path


def read_asked(query: Mapping[str, str], *, on: date | None = None) -> Asked:
    """Return what an address asks for; what makes no sense is left out: an old bookmark still shows the team."""
    return Asked(
        due=next((each for each in Look if each == query.get("due")), None),
        may=next((each for each in May if each == query.get("may")), None),
        standing=next((each for each in Standing if each == query.get("standing")), None),
        order=next((each for each in Order if each == query.get("sort")), Order.DUE),
        on=on,
    )
