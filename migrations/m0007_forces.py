"""The 43 territorial forces of England and Wales, under their names of the day."""

import csv
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0007-forces"
VERSION = "1.38.0"

FORCES = Path(__file__).parents[1] / "src" / "people" / "forces" / "forces.csv"
# The first day of the present pattern of forces: Local Government Act 1972.
SINCE = "1974-04-01"


def _rows() -> str:
    with FORCES.open(encoding="utf-8", newline="") as lines:
        return ", ".join(
            "("
            + ", ".join(
                "'" + row[name].replace("'", "''") + "'" for name in ("code", "slug", "region", "name")
            )
            + ")"
            for row in csv.DictReader(lines)
        )


async def forwards() -> MigrationManager:
    """Enter the forces that there are."""
    return described(
        ID,
        f"""
        WITH given(code, slug, region, name) AS (VALUES {_rows()}),
        entered AS (INSERT INTO people.force (code, slug, region, valid_from)
                    SELECT code, slug, region, '{SINCE}' FROM given ORDER BY name RETURNING id, code)
        INSERT INTO people.force_name (force_id, name, valid_from)
        SELECT id, name, '{SINCE}' FROM entered JOIN given USING (code) ORDER BY name;
        """,
        "DELETE FROM people.force_name; DELETE FROM people.force;",
        description=__doc__ or "",
    )
