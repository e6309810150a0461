"""Is the database's history ordered, unique, repeatable and honest about what the tables say?"""

import asyncio
from datetime import date

import asyncpg
import pytest

from foundation.database import fetch
from foundation.migrate import HISTORY, history, is_latest, migrate, pages_there
from tests import owner
from tests.builders import absence, person

pytestmark = pytest.mark.anyio


async def test_the_files_sort_as_their_numbers_and_no_number_stands_twice() -> None:
    numbers = [page.ID for page in history()]
    assert numbers == sorted(set(numbers))
    assert [path.stem[1:5] for path in sorted(HISTORY.glob("m*.py"))] == [number[:4] for number in numbers]


async def test_migrating_again_adds_nothing(database: str) -> None:
    assert (await migrate()).added == ()
    assert await is_latest()


async def test_two_runners_at_once_add_each_page_once(built_database: str) -> None:
    there = await pages_there()
    await asyncio.gather(migrate(), migrate())
    assert await pages_there() == there


async def test_every_foreign_key_restricts_and_is_indexed(database: str) -> None:
    keys = await fetch("""
        SELECT conrelid::regclass::text AS from_table, attname AS column, confdeltype
          FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
         WHERE contype = 'f' AND connamespace::regnamespace::text <> 'public'
    """)
    assert keys
    assert [key["from_table"] for key in keys if key["confdeltype"] not in (b"r", b"a")] == []


async def test_a_record_is_superseded_once_and_changed_in_no_other_way(database: str) -> None:
    await absence(await person(), date(2026, 1, 1))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.fetch("UPDATE people.absence SET kind = 'secondment'")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.fetch("DELETE FROM people.absence")
    await owner.fetch(
        "UPDATE people.absence SET superseded_at = clock_timestamp(), superseded_reason = 'wrong person'"
    )
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.fetch("UPDATE people.absence SET superseded_reason = 'another'")
    assert len(await fetch("SELECT FROM people.change")) == 2
