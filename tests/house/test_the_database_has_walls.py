"""Does the database itself keep apart what must be apart, whatever the program forgets?

The accident: a new table, view or function opens what care or vetting wrote to everybody who can reach the database.
"""

import re
from collections.abc import Iterator

import asyncpg
import pytest

from foundation import grants
from foundation.database import execute, fetch, transaction
from tests.house.tree import ROOT

pytestmark = pytest.mark.anyio

WALLED = ("wellbeing", "vetting")
OURS = ("foundation", "access", "people", "passport", "licence", *WALLED)
ROLES = [f"attested_{role}" for role in grants.ROLES]
# What may act with its maker's rights, and why.
WITH_ITS_MAKERS_RIGHTS = {
    "access.counts_opened_records": "whoever opens records can neither write alerts nor keep one from being raised",
}

Right = tuple[str, str, str, str]


async def names(sql: str, *values: object) -> list[str]:
    return [str(row[0]) for row in await fetch(sql, *values)]


async def test_every_table_behind_a_wall_is_shut_row_by_row_even_to_its_owner(built_database: str) -> None:
    tables = await fetch(
        """SELECT oid::regclass::text AS name, relrowsecurity AND relforcerowsecurity AS is_shut,
                  EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid) AS has_policy
             FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text = ANY($1)""",
        list(WALLED),
    )
    assert len(tables) >= 9
    assert [table["name"] for table in tables if not (table["is_shut"] and table["has_policy"])] == []


async def test_every_view_asks_with_the_rights_of_whoever_looks(built_database: str) -> None:
    assert [] == await names(
        """SELECT oid::regclass FROM pg_class WHERE relkind IN ('v', 'm')
              AND relnamespace::regnamespace::text = ANY($1)
              AND NOT coalesce(reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)""",
        list(OURS),
    )


async def test_nothing_acts_with_its_makers_rights(built_database: str) -> None:
    found = await names(
        """SELECT oid::regproc FROM pg_proc WHERE prosecdef
              AND pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')"""
    )
    assert set(found) == set(WITH_ITS_MAKERS_RIGHTS)
    assert [] == await names(
        """SELECT oid::regproc FROM pg_proc WHERE prosecdef AND NOT coalesce(proconfig::text ~ 'search_path=pg_catalog', false)
              AND pronamespace::regnamespace::text = ANY($1)""",
        list(OURS),
    ), "whoever calls it says where its names are looked up"


async def test_no_policy_asks_a_function_about_each_row(built_database: str) -> None:
    # Functions of the server's own leave no trace here; what they may be is seen in the plans below.
    assert [] == await names(
        """SELECT polname FROM pg_depend JOIN pg_policy ON pg_policy.oid = objid
            WHERE classid = 'pg_policy'::regclass AND refclassid = 'pg_proc'::regclass"""
    )


@pytest.mark.parametrize("wall", WALLED)
async def test_who_asks_is_worked_out_once_a_statement_and_not_once_a_row(
    built_database: str, wall: str
) -> None:
    tables = await names(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = $1", wall
    )
    for table in tables:
        async with transaction() as connection:
            await connection.execute(f"SET LOCAL ROLE attested_{wall}")
            rows = await connection.fetch(f"EXPLAIN (COSTS OFF) SELECT * FROM {table}")  # noqa: S608 - of the catalogue
        plan = [row[0] for row in rows]
        assert any("InitPlan" in line for line in plan), table
        asked = [line for line in plan if re.search(r"(Filter|Cond).*(current_setting|now\(\))", line)]
        assert asked == [], table


async def test_the_programs_roles_may_nothing_that_would_get_them_past_a_wall(built_database: str) -> None:
    rows = await fetch("SELECT * FROM pg_roles WHERE rolname = ANY($1)", ROLES)
    assert len(rows) == len(ROLES)
    for row in rows:
        able = [name for name in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolcanlogin",
                                  "rolreplication", "rolinherit") if row[name]]  # fmt: skip
        assert able == [], row["rolname"]
    assert [] == await names(
        "SELECT oid::regclass FROM pg_class WHERE relowner::regrole::text = ANY($1)", ROLES
    )


@pytest.mark.parametrize("wall", WALLED)
async def test_trauma_and_vetting_can_weigh_on_nothing_because_nobody_else_gets_in(
    built_database: str, wall: str
) -> None:
    inside = await names(
        "SELECT role FROM unnest($1::text[]) AS role WHERE has_schema_privilege(role, $2, 'USAGE')",
        ROLES,
        wall,
    )
    assert inside == [f"attested_{wall}"]
    reading = await names(
        """SELECT DISTINCT role FROM unnest($1::text[]) AS role, pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text = $2
              AND has_any_column_privilege(role, pg_class.oid, 'SELECT, INSERT, UPDATE')""",
        ROLES,
        wall,
    )
    assert reading == [f"attested_{wall}"]


@pytest.mark.parametrize("statement", [
    "SELECT * FROM wellbeing.exposure", "SELECT * FROM vetting.clearance", "CREATE TABLE people.mine (id int)",
    "CREATE TABLE public.mine (id int)", "DELETE FROM foundation.audit_event", "TRUNCATE foundation.audit_event",
    "UPDATE foundation.audit_event SET purpose = 'none'", "ALTER TABLE foundation.audit_event DISABLE TRIGGER ALL",
    "DELETE FROM passport.evidence", "UPDATE passport.evidence SET hours = 99", "DELETE FROM licence.determination",
    "INSERT INTO people.check_offered VALUES (1, '2026-01-01', now())", "SET LOCAL session_replication_role = replica",
])  # fmt: skip
async def test_the_program_is_refused_by_the_database(built_database: str, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(statement)


async def test_whoever_has_no_role_of_ours_has_nothing(built_database: str) -> None:
    # A list of rights that is null holds what PostgreSQL gives everybody.
    assert [] == await names(
        """SELECT coalesce(name, 'the database') FROM (
               SELECT relname AS name, coalesce(relacl, acldefault('r', relowner)) AS acl FROM pg_class
                WHERE relnamespace::regnamespace::text = ANY($1) AND relkind IN ('r', 'p', 'v', 'm')
               UNION ALL
               SELECT relname, coalesce(relacl, acldefault('s', relowner)) FROM pg_class
                WHERE relnamespace::regnamespace::text = ANY($1) AND relkind = 'S'
               UNION ALL
               SELECT proname, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
                WHERE pronamespace::regnamespace::text = ANY($1)
               UNION ALL
               SELECT nspname, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace WHERE nspname = ANY($1)
               UNION ALL
               SELECT datname, coalesce(datacl, acldefault('d', datdba)) FROM pg_database
                WHERE datname = current_database()) AS held, aclexplode(acl) AS one
            WHERE one.grantee = 0""",
        list(OURS),
    )


async def test_each_role_may_do_what_the_list_says_and_nothing_else(built_database: str) -> None:
    found = {
        (row["role"], row["name"], row["action"], row["column"])
        for row in await fetch(
            """SELECT grantee::regrole::text AS role, on_what::regclass::text AS name, privilege_type AS action,
                      on_column AS column
                 FROM (SELECT pg_class.oid AS on_what, '' AS on_column, relacl AS acl FROM pg_class
                        WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
                       UNION ALL
                       SELECT attrelid, attname, attacl FROM pg_attribute WHERE attacl IS NOT NULL) AS held,
                      aclexplode(acl)
                WHERE grantee::regrole::text = ANY($1)""",
            ROLES,
        )
    }
    written = {right for grant in grants.grants() for right in rights(grant)}
    assert sorted(found - written) == []
    assert sorted(written - found) == []


def rights(grant: grants.Grant) -> Iterator[Right]:
    """Return each single right of a grant, as the catalogue has it."""
    name = grant.on.removeprefix("public.")
    for action, columns in re.findall(r"([A-Z]+)(?: \(([^)]*)\))?", grant.rights):
        for column in columns.split(", "):
            yield f"attested_{grant.role}", name, action, column


async def test_somebody_decided_who_may_do_what_with_every_table(built_database: str) -> None:
    decided = {grant.on for grant in grants.grants()}
    there = await names(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ANY($1)", list(OURS)
    )
    missing = sorted(set(there) - decided)
    assert missing == [], f"say in {grants.WRITTEN.relative_to(ROOT)} who may do what with these"


async def test_what_is_never_changed_cannot_be_changed_by_anybody_the_program_runs_as(
    built_database: str,
) -> None:
    rows = await fetch(
        """SELECT DISTINCT format('%I.%I', nspname, relname) AS name, proname AS how FROM pg_trigger
             JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
             JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE proname IN ('never_changes', 'facts_are_append_only') AND tgtype & 16 = 16  -- of those that see UPDATE"""
    )
    ways = {row["name"]: row["how"] for row in rows}
    assert {"foundation.audit_event", "passport.evidence", "people.check_offered"} <= set(ways)
    superseding = {"superseded_at", "superseded_by", "superseded_reason"}
    for grant in grants.grants():
        for _, name, action, column in rights(grant):
            if name in ways and action not in {"SELECT", "INSERT"}:
                assert ways[name] == "facts_are_append_only", grant
                assert action == "UPDATE", grant
                assert column in superseding, grant
