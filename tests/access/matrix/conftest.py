"""One world for each module of the matrix: what it takes to build is more than what it takes to ask about."""

from collections.abc import AsyncIterator

import pytest

from tests.access.matrix.world import World, world
from tests.conftest import _empty


@pytest.fixture(scope="module")
async def made(built_database: str) -> AsyncIterator[World]:
    """Everybody, once; whoever asks in these modules changes nothing that another test would see."""
    yield await world()
    await _empty(built_database)
