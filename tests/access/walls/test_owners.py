"""Do the walls stand on a managed server too, where whoever owns the tables is no superuser and the login owns nothing?"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import date

import asyncpg
import pytest

from access.walls import Wall, behind
from attested.local import Tuning, servers
from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.audit import Event
from foundation.database import DATABASE, as_owner, fetch, fetch_one
from foundation.migrate import history, migrate, migrate_as_owner
from tests.access.walls.people_at_work import as_officer

pytestmark = pytest.mark.anyio

LOOKING = Event("exposures read", "planning care", is_reading=True)
ROLES: str = next(page for page in history() if page.ID == "0011-walls").ROLES
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on which nobody has made a role yet, by the address of its superuser."""
    with servers(tmp_path_factory.mktemp("managed"), tuning=Tuning(fsync=False)) as addresses:
        yield addresses.database_url


def address(server: str, login: str, database: str) -> str:
    """Return the address of another login and another database of the same server."""
    return server.replace("//attested@/attested?", f"//{login}@/{database}?")


async def on_the_server(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
async def pool_apart(built_database: str) -> AsyncIterator[None]:
    """The pool, free to be opened elsewhere; afterwards it is back where every test expects it."""
    await DATABASE.close()
    yield
    await DATABASE.close()
    await DATABASE.open(built_database, size=6)


async def test_two_databases_of_a_server_make_the_roles_at_once(own_server: str) -> None:
    await on_the_server(own_server, "CREATE DATABASE first", "CREATE DATABASE second")
    watching = await asyncpg.connect(own_server)
    first, second = [
        await asyncpg.connect(address(own_server, "attested", name)) for name in ("first", "second")
    ]
    try:
        await first.execute("BEGIN")
        await first.execute(ROLES)
        making = asyncio.create_task(second.execute(ROLES))
        while await watching.fetchval(WAITING) == 0:
            assert not making.done()
        await first.execute("COMMIT")
        await making
        made = await watching.fetchval("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'attested\\_%'")
        assert made == 7
        assert await watching.fetchval("SELECT pg_has_role('attested_web', 'attested_wellbeing', 'MEMBER')")
        # As found in a database of a server whose roles are from elsewhere, and may too much.
        await watching.execute("ALTER ROLE attested_web BYPASSRLS")
        with pytest.raises(asyncpg.RaiseError, match="may more than Attested lets it"):
            await second.execute(ROLES)
    finally:
        for connection in (watching, first, second):
            await connection.close()
        await on_the_server(own_server, "DROP DATABASE first", "DROP DATABASE second")
        await on_the_server(
            own_server,
            """DO $$ DECLARE made text; BEGIN
                   FOR made IN SELECT rolname FROM pg_roles WHERE rolname LIKE 'attested\\_%' LOOP
                       EXECUTE format('DROP ROLE %I', made);
                   END LOOP; END $$""",
        )


@pytest.mark.usefixtures("pool_apart")
async def test_an_owner_without_superpowers_and_a_login_that_owns_nothing_are_enough(own_server: str) -> None:
    await on_the_server(
        own_server, "CREATE ROLE landlord LOGIN CREATEROLE", "CREATE DATABASE let OWNER landlord"
    )
    landlord, tenant = [address(own_server, login, "let") for login in ("landlord", "tenant")]
    assert (await migrate_as_owner(landlord)).added
    await DATABASE.open(landlord, size=2)
    seeded = await seed(Wish(seed=7, people=120, on=date(2026, 6, 1)))
    assert seeded.people == 120
    async with as_owner() as connection:
        assert await connection.fetchval("SELECT current_user") == "landlord"
        assert await connection.fetchval("SELECT count(*) FROM people.check_offered") > 0
        assert await connection.fetchval("SELECT count(*) FROM wellbeing.check_offer") == 0, (
            "not even its owner"
        )
    await DATABASE.close()

    await on_the_server(
        own_server, "CREATE ROLE tenant LOGIN", "GRANT attested_web, attested_worker TO tenant"
    )
    await DATABASE.open(tenant, size=2)
    assert (await migrate()).added == ()
    offered = await fetch_one(
        "SELECT person_id, count(*) AS times FROM people.check_offered GROUP BY 1 LIMIT 1"
    )
    assert offered is not None
    officer = as_officer(offered["person_id"], 1)
    async with behind(Wall.WELLBEING, officer, LOOKING) as connection:
        assert await connection.fetchval("SELECT count(*) FROM wellbeing.check_offer") == offered["times"]
    for forbidden in ("SELECT * FROM wellbeing.check_offer", "CREATE TABLE people.mine (id int)"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await fetch(forbidden)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with as_owner() as connection:
                await connection.execute(forbidden)
