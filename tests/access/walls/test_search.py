"""Is a person found in the narrow directory alone, by its index, as the program itself asks?"""

import re

import asyncpg
import pytest

from foundation.database import as_owner, execute, transaction
from people.persons.directory import find
from tests import owner
from tests.builders import force_id, listed, officer

pytestmark = pytest.mark.anyio

CROWD = """
WITH entered AS (
    INSERT INTO people.person (national_id, given_names, family_name)
    SELECT to_char(number, 'FM0000') || '-' || to_char(number, 'FM0000') || '-A', 'Given', 'Family'
      FROM generate_series(1, 9999) AS number RETURNING id)
INSERT INTO people.directory (person_id, force_id, name, numbers, searchable, is_protected)
SELECT id, 1, 'Given Family', '', ' ' || md5(id::text) || ' ' || md5(id::text || 'b'), false FROM entered
"""


@pytest.fixture
async def crowd(database: str) -> int:
    """One who is looked for among so many that reading them all would be noticed."""
    sought = await officer("Zebedee", "Quillfeather")
    await listed()
    async with as_owner() as connection:
        await connection.execute(CROWD)
    await owner.execute("ANALYZE people.directory")
    return sought


@pytest.mark.parametrize(
    ("text", "index"), [("quillf zeb", "directory_words"), ("quilfeather", "directory_searchable")]
)
async def test_a_search_goes_by_the_index_of_the_directory_and_reads_nothing_else(
    crowd: int, text: str, index: str
) -> None:
    asked: list[asyncpg.connection.LoggedQuery] = []
    async with transaction() as connection:
        assert await connection.fetchval("SELECT current_user") == "attested_web"
        connection.add_query_logger(asked.append)
        found = await find(text, force_id=await force_id())
        await connection.fetchval("SELECT 1")  # what was asked is told once the loop comes round
        searches = [one for one in asked if "FROM people.directory" in one.query]
        await connection.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.5")
        plan = await connection.fetch(f"EXPLAIN {searches[-1].query}", *searches[-1].args)
    assert [one.person_id for one in found] == [crowd]
    read = {name for one in searches for name in re.findall(r"(?:FROM|JOIN) (\w+\.\w+)", one.query)}
    assert read == {"people.directory"}
    assert any(index in row[0] for row in plan), plan
    assert not any("Seq Scan" in row[0] for row in plan), plan


async def test_a_search_by_beginnings_asks_the_database_once(crowd: int) -> None:
    asked: list[asyncpg.connection.LoggedQuery] = []
    async with transaction() as connection:
        connection.add_query_logger(asked.append)
        for text in ("quillf zeb", "Zebedee  QUILL-feather", "'quill'&:*\\"):
            await find(text, force_id=await force_id())
        await connection.fetchval("SELECT 1")
    assert len([one for one in asked if "people.beginnings" in one.query]) == 3
    assert len([one for one in asked if "folded" in one.query]) == 1  # nobody is called Quill-feather


async def test_whoever_is_protected_is_gone_from_the_search_at_once_and_comes_back(database: str) -> None:
    sought = await officer("Zebedee", "Quillfeather")
    await listed()
    for is_protected, found in ((True, []), (False, [sought])):
        await execute("UPDATE people.person SET is_protected = $1 WHERE id = $2", is_protected, sought)
        assert [one.person_id for one in await find("quillfeather", force_id=await force_id())] == found
