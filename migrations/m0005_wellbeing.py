"""The confidential wing: for now only that the force offered its check, which is all that ever leaves it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described, notes_changes

ID = "0005-wellbeing"
VERSION = "1.38.0"

FORWARDS = f"""
CREATE SCHEMA wellbeing;
CREATE TABLE wellbeing.check_offer (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    offered_on   date NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by  integer REFERENCES people.person ON DELETE RESTRICT,
    UNIQUE (person_id, offered_on)
);
COMMENT ON TABLE wellbeing.check_offer IS
    'A routine check was offered, to everybody alike. Its absence counts against the force, never the officer.';
CREATE TRIGGER check_offer_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON wellbeing.check_offer
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
{notes_changes("wellbeing.check_offer")}
CREATE VIEW wellbeing.published_offer WITH (security_barrier) AS
    SELECT person_id, offered_on, recorded_at FROM wellbeing.check_offer;
"""

BACKWARDS = "DROP SCHEMA wellbeing CASCADE;"


async def forwards() -> MigrationManager:
    """Lay the foundation of the confidential wing."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
