"""Which requirements add up hours, so that a decision reads the hours of their evidence and of no other."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0027-hours"
VERSION = "1.38.0"

FORWARDS = """
CREATE TABLE passport.requirement_in_hours (
    requirement_id smallint PRIMARY KEY REFERENCES passport.requirement ON DELETE RESTRICT,
    noted_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE passport.requirement_in_hours IS
    'Some version of policy, a draft perhaps, asks for so many hours in all: of these requirements alone are hours read.';
"""

BACKWARDS = "DROP TABLE passport.requirement_in_hours;"


async def forwards() -> MigrationManager:
    """Note which requirements add up hours."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
