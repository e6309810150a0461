"""Which rows are there, in every table, and which of their columns have changed since?"""

import json
from collections.abc import Mapping
from typing import Any

from tests import owner

# Every request is somebody's, every look is written down, every file that leaves is listed, tries are counted.
BY_DESIGN = frozenset(
    {
        "access.export", "access.session", "access.unusual_reading", "foundation.audit_event", "foundation.audit_text",
        "foundation.tries",
    }
)  # fmt: skip

Row = Mapping[str, Any]
Rows = Mapping[str, Mapping[str, Row]]


async def rows() -> Rows:
    """Return every row of every table of ours, by its table and by what names it there."""
    tables = await owner.fetch(
        """SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') ORDER BY 1"""
    )
    # Our own catalogue's names.
    every = " UNION ALL ".join(
        f"SELECT '{row['name']}' AS name, to_jsonb(t)::text AS row FROM {row['name']} AS t"  # noqa: S608
        for row in tables
        if row["name"] not in BY_DESIGN
    )
    found: dict[str, dict[str, Row]] = {}
    for name, text in await owner.fetch(every):
        row = json.loads(text)
        found.setdefault(name, {})[str(row.get("id", text))] = row
    return found


def changed(before: Rows, after: Rows) -> dict[str, set[str]]:
    """Return by table which columns differ; a row that came or went counts with all of them."""
    found: dict[str, set[str]] = {}
    for table in before.keys() | after.keys():
        old, new = before.get(table, {}), after.get(table, {})
        for key in old.keys() | new.keys():
            one, other = old.get(key, {}), new.get(key, {})
            columns = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
            if columns:
                found.setdefault(table, set()).update(columns)
    return found


async def columns() -> frozenset[str]:
    """Return the name of every column of every table."""
    found = await owner.fetch(
        """SELECT DISTINCT column_name AS name FROM information_schema.columns
            WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'public')"""
    )
    return frozenset(row["name"] for row in found)
