"""The accident: a Piccolo table says one thing and the database another, and an insert fails in front of a user."""

import importlib

import pytest
from piccolo.columns import Array, ForeignKey
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from tests import owner
from tests.house.tree import modules

pytestmark = pytest.mark.anyio
SAME = {
    "varchar": "text",
    "serial": "integer",
    "bigserial": "bigint",
    "real": "real",
    "timestamptz": "timestamp with time zone",
}


def every_table() -> list[type[Table]]:
    found = [
        table
        for module in modules()
        if module.shelf == "tables"
        for table in vars(importlib.import_module(module.name)).values()
        if isinstance(table, type) and issubclass(table, Table) and table is not Table
    ]
    return sorted(set(found), key=lambda table: str(table._meta.schema) + table._meta.tablename)


@pytest.mark.parametrize(
    "table", every_table(), ids=lambda table: f"{table._meta.schema}.{table._meta.tablename}"
)
async def test_a_table_and_the_catalogue_say_the_same(table: type[Table], built_database: str) -> None:
    # As the owner: what lies behind a wall has no name for anybody else.
    rows = await owner.fetch(
        """SELECT attname AS name, format_type(atttypid, NULL) AS type, attnotnull AS needed
             FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped""",
        f"{table._meta.schema}.{table._meta.tablename}",
    )
    there = {row["name"]: (row["type"], row["needed"]) for row in rows}
    said = {
        column._meta.db_column_name: (_type(column), not column._meta.null) for column in table._meta.columns
    }
    assert said == there


def _type(column: object) -> str:
    if isinstance(column, Array):
        return f"{_type(column.base_column)}[]"
    name = str(column.column_type).lower().partition("(")[0].strip()  # type: ignore[attr-defined]
    return SAME.get(name, name)


@pytest.mark.parametrize(
    "table", every_table(), ids=lambda table: f"{table._meta.schema}.{table._meta.tablename}"
)
def test_deleting_what_is_referred_to_is_refused(table: type[Table]) -> None:
    for column in table._meta.columns:
        if isinstance(column, ForeignKey):
            assert column._foreign_key_meta.on_delete in {OnDelete.restrict, OnDelete.no_action}, column
