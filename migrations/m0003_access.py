"""Who holds which role, and who is signed in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0003-access"
VERSION = "1.38.0"

FORWARDS = """
CREATE SCHEMA access;

CREATE TABLE access.role_grant (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    role         text NOT NULL,
    force_id     smallint REFERENCES people.force ON DELETE RESTRICT,
    valid_from   date NOT NULL,
    valid_until  date,
    granted_by   integer REFERENCES people.person ON DELETE RESTRICT,
    granted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CHECK (granted_by <> person_id),
    EXCLUDE USING gist (person_id WITH =, role WITH =, (coalesce(force_id, 0)) WITH =,
        daterange(valid_from, valid_until, '[]') WITH &&)
);
CREATE INDEX role_grant_person ON access.role_grant (person_id);

CREATE TABLE access.session (
    id_hash      bytea PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz
);
COMMENT ON COLUMN access.session.id_hash IS 'SHA-256 of the cookie: whoever reads this table can sign in as nobody.';
CREATE INDEX session_person ON access.session (person_id);
"""

BACKWARDS = "DROP SCHEMA access CASCADE;"


async def forwards() -> MigrationManager:
    """Build the doors."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
