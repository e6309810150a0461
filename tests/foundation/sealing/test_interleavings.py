"""Whatever the order in which writers and sealers come, is each committed line sealed exactly once, and no other ever?"""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.database import fetch
from foundation.sealing.actions import seal
from tests.foundation.sealing.ledger import Ledger, sealed_ids

pytestmark = pytest.mark.anyio
WRITERS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What a writer does next, or the sealer where there is no writer; a writer begins when it first writes."""

    does: str
    writer: int = 0
    lines: int = 1


WRITES = st.builds(Step, st.just("write"), st.integers(0, WRITERS - 1), st.integers(1, 3))
ENDS = st.builds(Step, st.sampled_from(["commit", "rollback"]), st.integers(0, WRITERS - 1))
SEALS = st.builds(Step, st.just("seal"), lines=st.integers(1, 4))
STEPS = st.lists(st.one_of(WRITES, WRITES, ENDS, SEALS), max_size=25)


class Writers:
    """Connections, each of which may be in the middle of a transaction for as long as it likes."""

    def __init__(self, connections: Sequence[asyncpg.Connection]) -> None:
        self._connections = connections

    async def take(self, step: Step) -> None:
        """Do a step: write within the transaction that is open, or end it."""
        connection = self._connections[step.writer]
        if step.does == "write":
            if not connection.is_in_transaction():
                await connection.execute("BEGIN")
            for _ in range(step.lines):
                await connection.execute(
                    "INSERT INTO foundation.audit_event (actor_name, event, purpose) VALUES ('a', 'b', 'c')"
                )
        elif connection.is_in_transaction():
            await connection.execute(step.does)

    async def end(self) -> None:
        """Commit whatever is open."""
        for writer, _ in enumerate(self._connections):
            await self.take(Step("commit", writer))


async def committed() -> list[int]:
    return [row["id"] for row in await fetch("SELECT id FROM foundation.audit_event ORDER BY id")]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
async def test_each_committed_line_is_sealed_exactly_once(ledger: Ledger, steps: Sequence[Step]) -> None:
    connections = [await asyncpg.connect(ledger.url) for _ in range(WRITERS)]
    writers, signs = Writers(connections), ledger.signs
    try:
        for step in steps:
            if step.does == "seal":
                await seal(signs, most=step.lines)
                assert set(await sealed_ids()) <= set(await committed())
            else:
                await writers.take(step)
        await writers.end()
    finally:
        for connection in connections:
            await connection.close()
    await ledger.seal(most=5)
    sealed = await sealed_ids()
    assert sorted(sealed) == await committed()
    assert len(sealed) == len(set(sealed))
    assert (await ledger.verified()).is_sound
