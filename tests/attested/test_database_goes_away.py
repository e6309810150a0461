"""What are people and programs told while PostgreSQL restarts: to try again in a moment, and never that we failed?"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from access.sign_in import cookie_name
from attested.local import Addresses, Running, Tuning, running
from foundation.database import DATABASE
from foundation.requests import Watched
from tests.clients import calling

pytestmark = pytest.mark.anyio
PAGES = ("/passport", "/api/v1/me/decision")


@pytest.fixture
def own_servers(
    local_servers: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    """A PostgreSQL of this test alone."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("REDIS_URL", local_servers.redis_url)
    with running(tmp_path, tuning=Tuning(fsync=False)) as found:
        yield found


@pytest.fixture
async def lent(built_database: str, own_servers: Running) -> AsyncIterator[Running]:
    """The program's pool on that PostgreSQL, for as long as the test lasts."""
    (shared, DATABASE.pool), config = (DATABASE.pool, None), DATABASE.config
    await DATABASE.open(own_servers.addresses.database_url, size=2, role=None)
    try:
        yield own_servers
    finally:
        await DATABASE.close()
        DATABASE.pool, DATABASE.config = shared, config


async def test_while_the_database_restarts_everybody_is_asked_to_try_again(
    app: Watched, lent: Running
) -> None:
    (postgres,) = lent.ours
    postgres.stop()
    async with calling(app) as client:
        client.cookies.set(cookie_name(), "a-session-that-cannot-be-looked-up")
        for turn in range(3):  # first the connection that was open, then the attempts at new ones
            for path in PAGES:
                answer = await client.get(path)
                assert (answer.status_code, answer.headers.get("retry-after")) == (503, "5"), (turn, path)
        assert "back shortly" in (await client.get(PAGES[0])).text
        assert (await client.get(PAGES[1])).json()["title"] == "Try again in a moment"
