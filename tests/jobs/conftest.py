"""What the tests of jobs share: a place where effects show, and a Valkey that may be killed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from attested.local import Addresses, Running, Tuning, running
from foundation.settings import settings
from tests.owner import execute


@pytest.fixture
async def effects(database: str) -> AsyncIterator[None]:
    """A table in which jobs leave their mark: one row each time that one has its effect."""
    await execute("CREATE TABLE IF NOT EXISTS public.effect (job_id bigint, words text)")
    await execute("GRANT ALL ON public.effect TO attested_web, attested_worker")
    # The nights' own schedules are not what these tests are about.
    await execute("UPDATE foundation.schedule SET is_on = false")
    yield
    await execute("UPDATE foundation.schedule SET is_on = true")
    await execute("DROP TABLE public.effect")


@pytest.fixture
def doorbell(local_servers: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Valkey that everybody here rings."""
    yield from _told("REDIS_URL", local_servers.redis_url, monkeypatch)


@pytest.fixture
def own_valkey(
    local_servers: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Running, str]]:
    """A Valkey of this test alone, and its address."""
    monkeypatch.setenv("DATABASE_URL", local_servers.database_url)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with running(tmp_path, tuning=Tuning(fsync=False)) as found:
        for url in _told("REDIS_URL", found.addresses.redis_url, monkeypatch):
            yield found, url


def _told(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield value
    monkeypatch.undo()
    settings.cache_clear()
