"""Is every table that refers to a person either given to them, or left out for a stated reason?

The accident: a new table keeps something on people, and nobody who asks for everything held on them ever sees it.
"""

import pytest

from access.matrix import matrix
from attested.subject_access.catalogue import catalogue
from foundation.database import fetch

pytestmark = pytest.mark.anyio

# What leads to a person: a key to them, or a name that says so.
LEADS_TO_A_PERSON = r"(person|subject|actor|reader|recipient|owner|officer|clinician|author)_ids?$|_by$"
REFERRING = """
SELECT namespace.nspname || '.' || tab.relname AS name, array_agg(attribute.attname::text) AS columns
  FROM pg_class AS tab JOIN pg_namespace AS namespace ON namespace.oid = relnamespace
  JOIN pg_attribute AS attribute ON attrelid = tab.oid AND attnum > 0 AND NOT attisdropped
 WHERE relkind IN ('r', 'p') AND nspname <> ALL('{pg_catalog,information_schema,pg_toast}')
   AND (attname ~ $1 OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = tab.oid AND contype = 'f'
                                    AND confrelid = 'people.person'::regclass AND attnum = ANY(conkey)))
 GROUP BY 1
"""


async def referring() -> dict[str, set[str]]:
    """Return every table of the database that refers to people, and the columns by which it does."""
    return {row["name"]: set(row["columns"]) for row in await fetch(REFERRING, LEADS_TO_A_PERSON)}


async def test_every_table_and_column_that_leads_to_a_person_is_accounted_for(built_database: str) -> None:
    said = catalogue().accounted()
    forgotten = {
        f"{table}.{column}"
        for table, columns in (await referring()).items()
        for column in columns - said.get(table, frozenset())
    }
    assert forgotten == set(), "give it in held.toml, or say there why not"


async def test_everything_written_down_is_there(built_database: str) -> None:
    rows = await fetch(
        "SELECT table_schema || '.' || table_name AS name, column_name FROM information_schema.columns"
    )
    there = {(row["name"], row["column_name"]) for row in rows}
    written = {(table, column) for table, columns in catalogue().accounted().items() for column in columns}
    # The web's role sees what it may: what lies behind a wall is looked up in the catalogue itself.
    walled = await fetch(
        """SELECT attrelid::regclass::text AS name, attname FROM pg_attribute
            WHERE attrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r')"""
    )
    there |= {(row["name"], row["attname"]) for row in walled}
    assert written - there == set()


async def test_a_new_table_about_people_is_noticed(built_database: str) -> None:
    assert {"people.post", "wellbeing.care_note", "vetting.case_material", "access.glass"} <= (
        await referring()
    ).keys()


def test_the_copy_and_the_matrix_speak_of_the_same_kinds() -> None:
    kinds = {kind.name for kind in matrix().kinds}
    assert {one.kind for one in catalogue().held} <= kinds


def test_nothing_is_left_out_without_a_reason() -> None:
    assert [one.table for one in catalogue().left_out if len(one.why) < 20] == []


def test_what_lies_behind_a_wall_is_judged_before_it_is_given() -> None:
    for one in catalogue().held:
        schema = one.table.partition(".")[0]
        assert one.part == {"wellbeing": "health", "vetting": "vetting"}.get(schema, "general"), one.section
