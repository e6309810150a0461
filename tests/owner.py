"""How does a test tamper with what the program itself may not: as the owner of the tables, past every grant?"""

from collections.abc import Sequence

from asyncpg import Record

from foundation.database import as_owner


async def execute(sql: str, *values: object) -> str:
    """Run a statement and return what the server says of it."""
    async with as_owner() as connection:
        return await connection.execute(sql, *values)


async def fetch(sql: str, *values: object) -> Sequence[Record]:
    """Return the rows of a query."""
    async with as_owner() as connection:
        return await connection.fetch(sql, *values)
