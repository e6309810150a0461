"""How is a page of the database's one numbered history written?"""

from collections.abc import Awaitable, Callable

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.database import DATABASE

# Who asks, as `access.walls` says it for one transaction. Each is a subquery that names no column, so that it is worked
# out once a statement and not once a row; outside a wall it is null and matches nothing (traps S1).
ACTOR = "(SELECT nullif(current_setting('app.person', true), '')::int)"
FORCES = "(SELECT nullif(current_setting('app.forces', true), '')::int[])::int[]"
TODAY = "(SELECT (now() AT TIME ZONE 'Europe/London')::date)"


class MigrationOutsideTransactionError(RuntimeError):
    """A migration ran outside its transaction, so that a failure would leave it half done."""


def described(number: str, forwards: str, backwards: str, *, description: str) -> MigrationManager:
    """Return a migration that runs SQL as it stands: many statements, braces and all (traps P10)."""
    manager = MigrationManager(migration_id=number, app_name="attested", description=description)
    manager.add_raw(_running(forwards))
    manager.add_raw_backwards(_running(backwards))
    return manager


def append_only(*tables: str) -> str:
    """Return the triggers that let a dated fact be superseded once and changed in no other way."""
    return "\n".join(_append_only(table) for table in tables)


def notes_changes(*tables: str) -> str:
    """Return the triggers that note whose facts a statement changed, so that their licence is decided again."""
    return "\n".join(_notes_changes(table) for table in tables)


def acting_as(*roles: str) -> str:
    """Return the condition that whoever asks acts in one of the roles."""
    named = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT current_setting('app.role', true)) IN ({named})"


def walled(*tables: str) -> str:
    """Return what shuts tables to everybody whom no policy lets through, their owner included."""
    return "\n".join(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;" for table in tables
    )


def policy(table: str, action: str, name: str, *, using: str = "", check: str = "") -> str:
    """Return a policy that lets an action through to the rows that a condition names."""
    conditions = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
    return f'CREATE POLICY "{action.lower()}: {name}" ON {table} FOR {action}{conditions};'


def _append_only(table: str) -> str:
    name = table.rpartition(".")[2]
    return f"""
CREATE TRIGGER {name}_is_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION foundation.facts_are_append_only();
CREATE TRIGGER {name}_is_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.facts_are_append_only();"""


def _notes_changes(table: str) -> str:
    # PostgreSQL gives transition tables to triggers of one event only.
    name = table.rpartition(".")[2]
    return "".join(
        f"""
CREATE TRIGGER {name}_{event.lower()}_is_noted AFTER {event} ON {table}
    REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION people.note_changes();"""
        for event in ("INSERT", "UPDATE")
    )


def _running(sql: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        running = DATABASE.current_transaction.get()
        if running is None:
            raise MigrationOutsideTransactionError
        await running.connection.execute(sql)

    return run
