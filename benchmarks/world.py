"""On which nation are the figures taken? It is made once and kept, for making it takes longer than measuring."""

import hashlib
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from rich.progress import Progress

from attested.local import Tuning, servers
from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.clock import today
from foundation.database import DATABASE, execute, fetch, fetch_one
from foundation.migrate import migrate_as_owner
from licence.projection.sweep import sweep

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "bench"
MADE_FROM = (*(ROOT / "migrations").glob("*.py"), *(ROOT / "src/attested/seeding").glob("*.py"),
             *(ROOT / "policies").glob("*.toml"))  # fmt: skip
TUNING = Tuning(
    shared_buffers="2GB",
    settings=(("work_mem", "128MB"), ("maintenance_work_mem", "512MB"), ("max_wal_size", "8GB")),
)
LONGEST_DRIFT = 25
"""Every round of sweeping takes the nation a day on; after so many days it is made anew."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, and how many rounds are worth while."""

    name: str
    people: int
    rounds: int
    warms_up: bool
    singles: int
    import_lines: int


SIZES = {
    "small": Size("small", 10_000, rounds=3, warms_up=True, singles=400, import_lines=20_000),
    "nation": Size("nation", 250_000, rounds=2, warms_up=False, singles=1_000, import_lines=100_000),
}


@dataclass(frozen=True, slots=True)
class World:
    """The nation as it is measured."""

    size: Size
    database_url: str
    redis_url: str
    seeded_on: date

    async def day(self) -> date:
        """Return the day to which everybody has been brought."""
        row = await fetch_one("SELECT max(decided_on) AS day FROM licence.licence_standing")
        return cast("date", row["day"]) if row and row["day"] else self.seeded_on

    async def officers(self, count: int) -> list[int]:
        """Return some officers at work, scattered over the nation, always the same."""
        rows = await fetch(
            """SELECT person_id FROM licence.licence_standing WHERE kind = 'officer' AND standing = 'active'
                ORDER BY hashint4(person_id) LIMIT $1""",
            count,
        )
        return [row["person_id"] for row in rows]

    async def settled(self) -> None:
        """Let the tables be as a night's maintenance leaves them, so that queries stay in the indices."""
        for table in (
            "passport.evidence",
            "licence.licence_standing",
            "people.change",
            "people.notice",
            "foundation.audit_event",
        ):
            await execute(f"VACUUM (ANALYZE) {table}")


@contextmanager
def addresses(size: Size) -> Iterator[tuple[str, str]]:
    """Keep the servers of a size; what was made from other migrations, or has drifted too far, is thrown away."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(MADE_FROM))).hexdigest()[:10]
    folder = KEPT / f"{size.name}-{digest}"
    for other in KEPT.glob(f"{size.name}-*"):
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(parents=True, exist_ok=True)
    with servers(folder, tuning=TUNING) as found:
        yield found.database_url, found.redis_url


@asynccontextmanager
async def world(size: Size, database_url: str, redis_url: str) -> AsyncIterator[World]:
    """Open the nation, making it first where it is not there yet."""
    await migrate_as_owner(database_url)
    await DATABASE.open(database_url, size=4, role=None)
    try:
        yield World(size, database_url, redis_url, await _made(size))
    finally:
        await DATABASE.close()


async def _made(size: Size) -> date:
    row = await fetch_one(
        "SELECT at::date AS day FROM foundation.audit_event WHERE event = 'demonstration seeded'"
    )
    if row is not None:
        return cast("date", row["day"])
    on = today()
    with Progress() as progress:
        task = progress.add_task("Making up the people", total=size.people)
        await seed(
            Wish(size.people, 1, on), told=lambda done, of: progress.update(task, completed=done, total=of)
        )
        task = progress.add_task("Deciding every licence", total=size.people)
        await sweep(on, processes=2, told=lambda done, of: progress.update(task, completed=done, total=of))
    await execute("VACUUM (ANALYZE) licence.licence_standing")
    await execute("DELETE FROM people.change")
    return on


def has_drifted(day: date, seeded_on: date) -> bool:
    """Say whether the nation has been swept so far into the future that it is no longer like one at work."""
    return day - seeded_on > timedelta(days=LONGEST_DRIFT)
