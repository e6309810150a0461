"""Does it take as long to refuse a record as to find that there is none? A clock must not tell what an answer does not."""

from collections.abc import AsyncIterator
from functools import partial

from access import sessions
from access.sign_in import cookie_name
from attested.app import create_app
from benchmarks.asking import asked
from benchmarks.measuring import Figure, Goal, Named, by_medians
from benchmarks.world import World
from foundation.database import fetch
from people.persons.rules import national_id

# Trust section 7: the middle times of what is refused and of what is absent are less than a tenth apart.
APART = Goal(1.1)
REPEATED = 150
NOBODYS = national_id(2**31 - 1)
NOT_FOUND = 404


async def figures(world: World) -> AsyncIterator[Figure]:
    """Ask as an officer for others' records, and for records that nobody has, on the same addresses."""
    asker, *others = await world.officers(REPEATED + 1)
    app, cookie = create_app(), f"{cookie_name()}={await sessions.begin(asker)}"
    rows = await fetch("SELECT national_id FROM people.person WHERE id = ANY($1)", others)
    for name, path in (
        ("a passport refused, as a page", "/people/{}/passport"),
        ("a decision refused, to a program", "/api/v1/people/{}/decision"),
    ):
        absent = partial(asked, app, path.format(NOBODYS), cookie, expected=NOT_FOUND)
        pairs = [
            (absent, partial(asked, app, path.format(row["national_id"]), cookie, expected=NOT_FOUND))
            for row in rows
        ]
        yield await by_medians(Named(name, "one that nobody has", APART), pairs, groups=world.size.rounds)
