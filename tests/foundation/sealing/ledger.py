"""An audit with some lines in it, its sealer, and a database administrator who is up to no good."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from foundation.audit import Actor, Event, write
from foundation.database import fetch, transaction
from foundation.sealing.actions import seal
from foundation.sealing.keeping import seal_all
from foundation.sealing.kept import read_kept
from foundation.sealing.keys import SigningKey, signing_key
from foundation.sealing.verify import AuditVerified, verify


@dataclass(frozen=True, slots=True)
class Ledger:
    """A folder with the sealing key and the kept heads, and the database's address."""

    folder: Path
    url: str

    @property
    def key(self) -> Path:
        return self.folder / "key.pem"

    @property
    def heads(self) -> Path:
        return self.folder / "heads.jsonl"

    @property
    def signs(self) -> SigningKey:
        return signing_key(self.key)

    async def write(self, lines: int = 1, text: str | None = None) -> Sequence[int]:
        """Write some lines, each in a transaction of its own."""
        return [await _line(number, text) for number in range(lines)]

    async def seal(self, *, most: int = 10_000) -> None:
        """Seal what waits, as many lines under a head as asked, and keep the heads."""
        signs = self.signs
        while await seal(signs, most=most) is not None:
            pass
        await seal_all(self.key, self.heads)

    async def verified(self, kept: Path | None = None) -> AuditVerified:
        """Verify against the kept heads, if there are any."""
        path = kept or self.heads
        return await verify(read_kept(path) if path.read_bytes() else [])

    @asynccontextmanager
    async def administrator(self) -> AsyncIterator[asyncpg.Connection]:
        """A superuser past every trigger."""
        connection = await asyncpg.connect(self.url, server_settings={"session_replication_role": "replica"})
        try:
            yield connection
        finally:
            await connection.close()

    async def harm(self, *statements: str) -> None:
        """Have the administrator run statements, each of which does something."""
        async with self.administrator() as connection:
            for statement in statements:
                done = await connection.execute(statement)
                assert not done.endswith(" 0"), statement

    async def change(self, set_to: str, where: str) -> None:
        """Have the administrator change lines of audit."""
        await self.harm(f"UPDATE foundation.audit_event SET {set_to} WHERE {where}")  # noqa: S608 - the test's own words

    async def delete(self, where: str) -> None:
        """Have the administrator delete lines of audit."""
        await self.harm(f"DELETE FROM foundation.audit_event WHERE {where}")  # noqa: S608 - the test's own words


async def _line(number: int, text: str | None) -> int:
    async with transaction() as connection:
        event = Event("record read", "supervision", number, {"page": number}, text=text)
        return await write(connection, Actor(9, "Ada Okafor"), event)


async def sealed_ids() -> list[int]:
    """Return the numbers of all sealed lines, in their order."""
    rows = await fetch("SELECT unnest(event_ids) AS id FROM foundation.seal ORDER BY number")
    return [row["id"] for row in rows]
