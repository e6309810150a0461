"""How long do the desk's counts and the first page of its list take, beside a page by primary key?"""

from collections.abc import AsyncIterator
from functools import partial

from access.scope import Scope
from benchmarks.measuring import Figure, Goal, Named, by_medians
from benchmarks.world import World
from foundation.database import fetch
from licence.desk.facts import PAGE, counted, listed
from licence.desk.rules import Asked
from licence.standing.decisions import Standing

_BY_KEY = """
SELECT person.id, national_id, given_names, family_name, email, standing, since, lapses_on, next_due_on, stopped
  FROM people.person JOIN licence.licence_standing ON person_id = id WHERE id > $1 ORDER BY id LIMIT $2
"""
_BY_FORCE = """
SELECT force_id, standing, sum(people) FROM licence.standing_count WHERE rank <> '' GROUP BY force_id, standing
"""
LARGEST = "SELECT force_id FROM licence.standing_count WHERE rank <> '' GROUP BY force_id ORDER BY sum(people) DESC LIMIT 1"
REPEATED = 60


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the counts and lists of the largest force."""
    on = await world.day()
    force = _whole((await fetch(LARGEST))[0]["force_id"])
    for name, ours in (
        ("counts by force and standing, the nation", partial(fetch, _BY_FORCE)),
        ("counts of the largest force, by unit and rank", partial(counted, force)),
        ("first page of the largest force's list", partial(listed, force, Asked(), on=on)),
        (
            "first page of those who have lapsed",
            partial(listed, force, Asked(standing=Standing.LAPSED), on=on),
        ),
    ):
        pairs = [(partial(fetch, _BY_KEY, place * 97, PAGE), ours) for place in range(REPEATED)]
        yield await by_medians(
            Named(name, "a page by primary key", Goal(3.0)), pairs, groups=world.size.rounds
        )


def _whole(force_id: int) -> Scope:
    """Return the reach of somebody of the desk, of no unit, whom one person supervises."""
    nobody = frozenset[int]()
    return Scope(nobody, nobody, frozenset({force_id}), False, frozenset({1, 2}), None, None)  # noqa: FBT003
