"""How do millions of rows reach the database in one transaction, quickly and whole?"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from asyncpg import Connection

from attested.seeding.sheets import TARGETS, Into, Sheet, Target

PIECE = 1 << 20

# Made again in a fraction of the time that keeping them up row by row would take.
_INDICES = """
SELECT format('DROP INDEX %I.%I', schemaname, indexname) AS away, indexdef AS back FROM pg_indexes
 WHERE (schemaname, tablename) IN (('passport', 'evidence'), ('people', 'directory')) AND indexname NOT LIKE '%\\_pkey'
"""
_EXCLUSIONS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
  FROM pg_constraint WHERE contype = 'x'
   AND conrelid = ANY('{people.post,people.line,people.absence,people.identifier}'::regclass[])
"""
_IDENTITIES = """
SELECT format('SELECT setval(%L, greatest((SELECT max(id) FROM %I.%I), 1))',
              pg_get_serial_sequence(format('%I.%I', schema, name), 'id'), schema, name) AS statement
  FROM unnest($1::text[], $2::text[]) AS given(schema, name)
"""
# COPY never fills a table whose rows are shut to whoever fills it; its owner may open it for the transaction.
_WALLED = tuple(
    dict.fromkeys(
        f"{one.schema}.{one.table}"
        for one in TARGETS.values()
        if one.schema in {"wellbeing", "vetting"} or one.table.startswith("conversation_")
    )
)
# Whoever agrees to an assignment says so themselves; that those of a made-up world once did, nobody can say any more.
_AGREED = "vetting.case_assignment"
_GIVEN_NUMBERS = (Into.UNIT, Into.PERSON, Into.EVIDENCE, Into.CONVERSATION, Into.CPD_ENTRY)


@dataclass(frozen=True, slots=True)
class Way:
    """How rows are loaded: `is_direct` past triggers and checks of references, which our rows fulfil by how they are made.

    Only a superuser may go that way, and only into tables that nobody has used; any other role takes the careful one.
    """

    is_direct: bool


async def way_for(connection: Connection, *, is_careful: bool = False) -> Way:
    """Choose the quickest way that this role may go."""
    is_superuser = await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return Way(is_direct=bool(is_superuser) and not is_careful)


async def make_ready(connection: Connection, way: Way) -> list[str]:
    """Clear the way, and return the statements that put back what was in it.

    Emptied tables are filled without a log of the writes, and their rows are frozen at once: either all of them are
    there in the end or none.
    """
    if not way.is_direct:
        for table in _WALLED:
            await connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        await connection.execute(f"ALTER TABLE {_AGREED} DISABLE TRIGGER USER")
        back = [f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in _WALLED]
        return [*back, f"ALTER TABLE {_AGREED} ENABLE TRIGGER USER"]
    await connection.execute("SET LOCAL session_replication_role = replica")
    await connection.execute("TRUNCATE people.person, people.unit CASCADE")
    later = [*await connection.fetch(_INDICES), *await connection.fetch(_EXCLUSIONS)]
    for row in later:
        await connection.execute(row["away"])
    return [row["back"] for row in later]


async def load(connection: Connection, sheet: Sheet, way: Way) -> None:
    """Load one sheet."""
    target = TARGETS[sheet.into]
    await connection.copy_to_table(
        target.table,
        schema_name=target.schema,
        columns=target.columns,
        source=_pieces(sheet.text),
        freeze=way.is_direct,
    )


async def finish(connection: Connection, put_back: list[str], way: Way) -> None:
    """Put back what was in the way, and let numbers run on from the last that was given."""
    for statement in put_back:
        await connection.execute(statement)
    if way.is_direct:
        await connection.execute("SET LOCAL session_replication_role = origin")
    targets = [TARGETS[into] for into in _GIVEN_NUMBERS]
    rows = await connection.fetch(
        _IDENTITIES, [one.schema for one in targets], [one.table for one in targets]
    )
    for row in rows:
        await connection.execute(row["statement"])


def tables() -> Iterator[Target]:
    """Return each table that is filled, once."""
    seen = set()
    for target in TARGETS.values():
        if (target.schema, target.table) not in seen:
            seen.add((target.schema, target.table))
            yield target


async def _pieces(text: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
