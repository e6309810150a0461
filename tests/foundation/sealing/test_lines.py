"""Is a line of audit set down once, whole and in the form that is sealed, whoever writes it?"""

from datetime import UTC, datetime

import asyncpg
import msgspec
import pytest

from foundation.audit import CONCERNS, Actor, Event, erase_text, recorded, text_hash, write
from foundation.database import execute, fetch, fetch_one, transaction
from tests import owner

pytestmark = pytest.mark.anyio
SOMEBODY = Actor(7, "Ada Okafor", "request-1")


async def line(event: Event, actor: Actor = SOMEBODY) -> int:
    async with transaction() as connection:
        return await write(connection, actor, event)


async def test_the_canonical_bytes_say_all_that_the_line_says(database: str) -> None:
    event = Event(
        "team read", "supervision", detail={"on": "2026-03-01"}, subject_ids=(3, 5), role="supervisor", is_reading=True
    )  # fmt: skip
    number = await line(event)
    row = await fetch_one("SELECT canonical, at, xid::text::bigint AS xid FROM foundation.audit_event")
    assert row
    said = msgspec.json.decode(row["canonical"])
    assert datetime.fromisoformat(said.pop("at")) == row["at"]
    assert said == {
        "id": number, "era": 1, "xid": row["xid"], "actor_id": 7, "actor_name": "Ada Okafor", "role": "supervisor",
        "event": "team read", "purpose": "supervision", "is_reading": True, "subject_id": None,
        "subject_ids": [3, 5], "detail": {"on": "2026-03-01"}, "text_hash": None, "request_id": "request-1",
    }  # fmt: skip


async def test_whoever_writes_a_line_chooses_neither_its_time_nor_its_bytes(database: str) -> None:
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    await execute(
        """INSERT INTO foundation.audit_event (actor_name, event, purpose, at, xid, canonical)
           VALUES ('system', 'nothing', 'test', $1, '3', 'forged')""",
        long_ago,
    )
    row = await fetch_one(
        "SELECT at, xid::text, convert_from(canonical, 'UTF8') AS said FROM foundation.audit_event"
    )
    assert row
    assert row["at"] > long_ago
    assert row["xid"] != "3"
    assert '"event" : "nothing"' in row["said"]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE foundation.audit_event SET purpose = 'another'",
        "DELETE FROM foundation.audit_event",
        "TRUNCATE foundation.audit_event CASCADE",
        "UPDATE foundation.audit_text SET text = 'another'",
        "DELETE FROM foundation.audit_text",
        "TRUNCATE foundation.audit_text",
    ],
)
async def test_a_line_and_its_text_are_never_changed(database: str, harm: str) -> None:
    await line(Event("record opened", "supervision", 3, text="asked by the inspector"))
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.IntegrityConstraintViolationError)):
        await execute(harm)
    owner = await asyncpg.connect(database)  # whom no grant keeps out
    try:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(harm)
    finally:
        await owner.close()


async def test_what_people_wrote_stands_beside_the_line_and_only_its_hash_in_it(database: str) -> None:
    await line(Event("record opened", "break-glass", 3, text="her sister rang"))
    row = await fetch_one(
        """SELECT convert_from(canonical, 'UTF8') AS said, text_hash, salt, text
             FROM foundation.audit_event JOIN foundation.audit_text ON event_id = id"""
    )
    assert row
    assert row["text"] == "her sister rang"
    assert row["text_hash"] == text_hash(row["salt"], row["text"])
    assert row["text_hash"].hex() in row["said"]
    assert "sister" not in row["said"]


async def test_an_erased_text_is_gone_with_its_salt_once_and_the_line_stays(database: str) -> None:
    number = await line(Event("record opened", "break-glass", 3, text="her sister rang"))
    async with transaction() as connection:
        assert await erase_text(connection, SOMEBODY, number, purpose="retention")
        assert not await erase_text(connection, SOMEBODY, number, purpose="retention")
    [beside] = await fetch("SELECT salt, text, erased_at IS NOT NULL AS is_erased FROM foundation.audit_text")
    assert tuple(beside) == (None, None, True)
    events = await fetch(
        "SELECT event, text_hash IS NOT NULL AS had_text FROM foundation.audit_event ORDER BY id"
    )
    assert [tuple(event) for event in events] == [("record opened", True), ("audit text erased", False)]


async def test_who_looked_at_a_person_is_found_in_pages_and_in_lists_by_index(database: str) -> None:
    for whom in ((3,), (4, 5), (5, 3)):
        single = whom[0] if len(whom) == 1 else None
        await line(Event("read", "supervision", single, subject_ids=() if single else whom, is_reading=True))
    concerns = CONCERNS.format(person="$1")
    asked = f"SELECT id FROM foundation.audit_event WHERE {concerns} AND is_reading ORDER BY id"  # noqa: S608
    assert [row["id"] for row in await fetch(asked, 3)] == [1, 3]
    # Among many lines: for three, any plan does.
    await owner.execute(
        """INSERT INTO foundation.audit_event (actor_name, event, purpose, subject_id, subject_ids, is_reading)
           SELECT 'Bo', 'read', 'supervision', 10 + n, CASE WHEN n % 2 = 0 THEN ARRAY[n, n + 1] ELSE '{}' END, true
             FROM generate_series(1, 3000) AS n"""
    )
    await owner.execute("ANALYZE foundation.audit_event")
    async with transaction() as connection:
        await connection.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {asked.replace('$1', '3')}"))
    assert "audit_event_subjects" in plan
    assert "audit_event_subject " in plan


async def test_a_line_is_written_with_its_act_or_not_at_all(database: str) -> None:
    async def act() -> None:
        async with recorded(SOMEBODY, Event("something", "test")):
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    assert await fetch("SELECT FROM foundation.audit_event") == []
