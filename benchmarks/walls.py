"""What do the walls cost: a page behind one, the line of audit before it, a force-wide list, and finding a person?"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import asyncpg
from asyncpg import Connection

from access import sessions
from access.identity import Grant, Identity
from access.roles import Role
from access.sign_in import cookie_name
from access.walls import Wall, behind, stand
from attested.app import create_app
from benchmarks.asking import asked
from benchmarks.lists import LARGEST
from benchmarks.measuring import Figure, Goal, Named, Step, by_medians
from benchmarks.world import World
from foundation.audit import Event
from foundation.database import as_owner, fetch, transaction
from foundation.requests import Watched
from people.persons.directory import find
from wellbeing.support import reading, view

# As rates these are 0.85, 0.50 and 0.75 of what stands without a wall.
PAGE, RECORDED, LIST, SEARCH = Goal(1.18), Goal(2.0), Goal(1.33), Goal(3.0)
REPEATED = 150
BEHIND = "behind"  # by its name where the room uses it
OWN_CARE = view.OWN_PATH
EVENT = Event("offers read", "measuring", is_reading=True)

Way = Callable[..., AbstractAsyncContextManager[Connection]]

_COUNT = "SELECT count(*) FROM wellbeing.check_offer"
_LIST = (
    "SELECT person_id, offered_on FROM wellbeing.check_offer {} ORDER BY offered_on DESC, person_id LIMIT 50"
)
_WITHIN = "WHERE force_id = ANY($1::int[]) AND person_id <> $2"
_NAMES = "SELECT name, force_id FROM people.directory WHERE person_id % 97 = 5 ORDER BY hashint4(person_id) LIMIT $1"
_BY_KEY = "SELECT * FROM people.person WHERE id > $1 ORDER BY id LIMIT 20"


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure what is behind the walls beside the same without them, in the same run."""
    groups = world.size.rounds
    async for one in _pages(world, groups):
        yield one
    async for one in _lists(groups):
        yield one
    yield await _searches(groups)


async def _pages(world: World, groups: int) -> AsyncIterator[Figure]:
    officer = (await world.officers(1))[0]
    app, cookie = create_app(), f"{cookie_name()}={await sessions.begin(officer)}"
    # A plan made for one role is made anew for another: whom no policy binds asks over a connection of their own.
    own = await asyncpg.connect(world.database_url)
    without, walled, recorded = [
        partial(_page, app, cookie, way) for way in (partial(_open, own), _walled, behind)
    ]
    for named, floor, ours in (
        (Named("a page behind a wall", "the same page without one", PAGE), without, walled),
        (Named("that page with its line of audit", "the page behind the wall", RECORDED), walled, recorded),
    ):
        yield await by_medians(named, [(floor, ours)] * REPEATED, groups=groups)
    await own.close()


async def _page(app: Watched, cookie: str, way: Way) -> None:
    """Ask for one's own care, with another way behind the wall."""
    setattr(reading, BEHIND, way)
    try:
        await asked(app, OWN_CARE, cookie)
    finally:
        setattr(reading, BEHIND, behind)


@asynccontextmanager
async def _open(own: Connection, *_: object, **__: object) -> AsyncIterator[Connection]:
    """Read as one who owns the tables, whom no policy binds."""
    async with own.transaction():
        yield own


@asynccontextmanager
async def _walled(
    wall: Wall, identity: Identity, _event: Event, *, role: Role, **__: object
) -> AsyncIterator[Connection]:
    """Stand behind the wall unrecorded, as nobody else may."""
    async with transaction() as connection:
        await stand(connection, wall, identity, role)
        yield connection


async def _lists(groups: int) -> AsyncIterator[Figure]:
    force_id = int((await fetch(LARGEST))[0]["force_id"])
    role = Role.WELLBEING_COORDINATOR
    coordinator = Identity(
        1, "Coordinator", force_id, {role: frozenset({force_id})}, acting=Grant(1, role, force_id)
    )
    for what, sql in (("count", f"{_COUNT} {{}}"), ("first page of a list", _LIST)):
        floor = partial(_explicit, sql.format(_WITHIN), force_id)
        ours = partial(_behind, sql.format(""), coordinator)
        yield await by_medians(
            Named(f"force-wide {what} behind a wall", "the same with the force in its WHERE", LIST),
            [(floor, ours)] * REPEATED,
            groups=groups,
        )


async def _explicit(sql: str, force_id: int) -> None:
    async with as_owner() as connection:
        await connection.fetch(sql, [force_id], 1)


async def _behind(sql: str, identity: Identity) -> None:
    async with transaction() as connection:
        await stand(connection, Wall.WELLBEING, identity, identity.acts_as)
        await connection.fetch(sql)


async def _searches(groups: int) -> Figure:
    sought = await fetch(_NAMES, REPEATED)
    pairs = [
        (
            partial(_as_the_program, partial(fetch, _BY_KEY, place * 31)),
            partial(_as_the_program, partial(find, one["name"], force_id=one["force_id"])),
        )
        for place, one in enumerate(sought)
    ]
    return await by_medians(
        Named("finding a person of one's force by name", "a page by primary key", SEARCH),
        pairs,
        groups=groups,
    )


async def _as_the_program(step: Step) -> None:
    """Ask in the role that the web server runs in."""
    async with transaction() as connection:
        await connection.execute("SET LOCAL ROLE attested_web")
        await step()
