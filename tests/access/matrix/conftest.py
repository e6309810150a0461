"""One world for each module of the matrix: what it takes to build is more than what it takes to ask about."""

from collections.abc import AsyncIterator

import pytest

from tests.access.matrix.confidence import overheard
from tests.access.matrix.world import HEARD, World, world
from tests.conftest import Sweeper


@pytest.fixture(scope="module")
async def made(sweeper: Sweeper) -> AsyncIterator[World]:
    """Everybody, once; and whatever they ask in the module, nobody may hear what is not for them."""
    HEARD.clear()
    there = await world()
    yield there
    await sweeper.sweep()
    assert overheard(there) == []
