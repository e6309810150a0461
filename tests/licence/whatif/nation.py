"""Which small nation is there, and how is PPST made two-yearly in a draft of policy for it?"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from io import BytesIO

import asyncpg

from attested.seeding.actions import seed
from attested.seeding.orders import Wish
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import DATABASE, ProgramRole, fetch
from licence.projection.crew import Alone, R, Task
from licence.projection.sweep import sweep
from passport.drafting import editing
from passport.drafting.actions import Edit, begin, revise
from passport.policy.facts import source_of
from passport.policy.shape import ValidityTable
from passport.policy.toml import reading_of
from tests.builders import AVON
from tests.conftest import KEPT

NORA = Actor.system("Nora Writer")
NEIL = Actor.system("Neil Approver")
PEOPLE = 150
SOON = timedelta(days=20)


class BreaksOff(Alone):
    """Hands whose worker dies when some chunks are done."""

    def __init__(self, chunks: int) -> None:
        """Do so many."""
        self._chunks = chunks

    async def settle(self, chunks: Sequence[Task[R]], done: Callable[[R], None]) -> None:
        """Do those, and die."""
        await super().settle(chunks[: self._chunks], done)
        raise ConnectionError


@asynccontextmanager
async def as_the_worker() -> AsyncIterator[None]:
    """Go on as the worker does, who alone may keep what a what-if comes to."""
    url = str(DATABASE.config["dsn"])
    await DATABASE.close()
    await DATABASE.open(url, size=2, role=ProgramRole.WORKER)
    try:
        yield
    finally:
        await DATABASE.close()
        await DATABASE.open(url)


_KEPT: dict[str, bytes] = {}
_COUNTS: dict[str, int] = {}
_TABLES = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
 WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema') AND pg_relation_size(pg_class.oid) > 0
"""


async def a_force() -> date:
    """Make up a force, sweep it, and return the day; made once, it is put back as it was each time after."""
    if not _KEPT:
        await seed(Wish(PEOPLE, 20260304, today(), force=AVON))
        await sweep(today())
    settings = {"session_replication_role": "replica"}  # rows as they were pass no trigger
    beside = await asyncpg.connect(str(DATABASE.config["dsn"]), server_settings=settings)
    try:
        await (_put_back(beside) if _KEPT else _keep(beside))
    finally:
        await beside.close()
    return today()


async def _keep(beside: asyncpg.Connection) -> None:
    for schema, table in await beside.fetch(_TABLES):
        if f"{schema}.{table}" not in KEPT:
            held = BytesIO()
            await beside.copy_from_table(table, schema_name=schema, output=held, format="binary")
            _KEPT[f"{schema}.{table}"] = held.getvalue()
    counts = await beside.fetch("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences")
    _COUNTS.update({name: last for name, last in counts if last is not None})


async def _put_back(beside: asyncpg.Connection) -> None:
    async with beside.transaction():
        for name, rows in _KEPT.items():
            schema, table = name.split(".")
            await beside.copy_to_table(table, schema_name=schema, source=BytesIO(rows), format="binary")
        await beside.executemany("SELECT setval($1::text::regclass, $2)", list(_COUNTS.items()))


async def draft_with_ppst_every(
    months: int, begins_on: date, *, grace_days: int = 28, hours_in_all: float | None = None
) -> int:
    """Draft that PPST holds for so many months, or that so many hours of it are done in them; return its number."""
    number = await begin(actor=NORA, title="Safety training", begins_on=begins_on, reason="The review")
    table = next(
        one for one in reading_of(await source_of(number)).requirements.values() if one.code == "PPST"
    )
    there = table.validity or ValidityTable(months=1)
    rolling = ValidityTable(months=months)
    wanted = table.model_copy(
        update={
            "validity": there.model_copy(update={"months": months}) if hours_in_all is None else rolling,
            "grace_days": grace_days,
            "hours_in_all": hours_in_all,
        }
    )
    edit = Edit(
        editing.requirement("PPST"),
        "Changed PPST",
        "The review",
        lambda text: editing.with_requirement(text, "PPST", wanted),
    )
    await revise(actor=NORA, number=number, seen=1, edit=edit)
    return number


async def standings() -> Mapping[int, tuple[str, tuple[str, ...]]]:
    """Return what is stored of everybody: the standing, and the powers that are stopped."""
    rows = await fetch("SELECT person_id, standing, stopped FROM licence.licence_standing")
    return {row["person_id"]: (row["standing"], tuple(sorted(row["stopped"]))) for row in rows}


async def holder_of(role: str) -> int:
    """Return somebody of the force who holds a role."""
    rows = await fetch("SELECT person_id FROM access.role_grant WHERE role = $1 ORDER BY id LIMIT 1", role)
    return int(rows[0]["person_id"])
