"""Which role of the database may do what with which table, and how is that entered?"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from asyncpg import Connection

WRITTEN = Path(__file__).parents[2] / "migrations" / "grants.toml"
ROLES = ("web", "worker", "reporting", "wellbeing", "vetting", "sealer", "auditor")
# What may make tables of its own for as long as a transaction or a session lasts.
STAGES = ("web", "worker")


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role may do with one table or sequence; `rights` as SQL has them."""

    role: str
    on: str
    rights: str
    is_sequence: bool = False

    @property
    def schema(self) -> str:
        """Return the schema that the role must be let into for it."""
        return self.on.partition(".")[0]

    @property
    def sql(self) -> str:
        """Return the grant as a statement."""
        what = "SEQUENCE" if self.is_sequence else "TABLE"
        return f"GRANT {self.rights} ON {what} {self.on} TO attested_{self.role};"


def grants() -> Sequence[Grant]:
    """Return every grant there is, as migrations/grants.toml has them."""
    written = tomllib.loads(WRITTEN.read_text(encoding="utf-8"))
    return (
        *_read(written["tables"], written["kinds"]),
        *_read(written["sequences"], {}, is_sequence=True),
    )


def _read(
    written: Mapping[str, Mapping[str, str]], kinds: Mapping[str, str], *, is_sequence: bool = False
) -> Iterator[Grant]:
    for name, roles in written.items():
        for role, rights in roles.items():
            yield Grant(role, name, kinds.get(rights, rights), is_sequence)


def digest() -> str:
    """Return what tells this list of grants from any other."""
    return hashlib.sha256(WRITTEN.read_bytes()).hexdigest()[:32]


async def enter(connection: Connection) -> None:
    """Let each role do what the list says, and nothing that it does not."""
    everyone = ", ".join(f"attested_{role}" for role in ROLES)
    database = await connection.fetchval("SELECT quote_ident(current_database())")
    schemas = await connection.fetchval(
        """SELECT string_agg(quote_ident(nspname), ', ') FROM pg_namespace
            WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')"""
    )
    await connection.execute(
        f"""
        REVOKE ALL ON DATABASE {database} FROM PUBLIC, {everyone};
        GRANT CONNECT ON DATABASE {database} TO {everyone};
        GRANT TEMPORARY ON DATABASE {database} TO {", ".join(f"attested_{role}" for role in STAGES)};
        REVOKE ALL ON SCHEMA {schemas} FROM PUBLIC, {everyone};
        REVOKE ALL ON ALL TABLES IN SCHEMA {schemas} FROM PUBLIC, {everyone};
        REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schemas} FROM PUBLIC, {everyone};
        REVOKE ALL ON ALL ROUTINES IN SCHEMA {schemas} FROM PUBLIC, {everyone};
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        """
    )
    await connection.execute("\n".join(_statements()))


def _statements() -> Iterator[str]:
    every = grants()
    for schema, role in sorted({(grant.schema, grant.role) for grant in every}):
        yield f"GRANT USAGE ON SCHEMA {schema} TO attested_{role};"
        if schema != "public":
            yield f"GRANT EXECUTE ON ALL ROUTINES IN SCHEMA {schema} TO attested_{role};"
    yield from (grant.sql for grant in every)
