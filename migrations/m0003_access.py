"""Who holds which role, and who is signed in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0003-access"
VERSION = "1.38.0"

APPROVED = """'occupational health', 'wellbeing coordinator', 'vetting officer', 'promotion board member',
    'privacy officer'"""
NATIONAL = "'standards body', 'national case officer', 'operator'"
GRANTED = f"""'licensing desk', 'responsible officer', 'learning and development', 'force lead', {NATIONAL}, {APPROVED}"""

FORWARDS = f"""
CREATE SCHEMA access;

CREATE TABLE access.role_grant (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    role           text NOT NULL CHECK (role IN ({GRANTED})),
    force_id       smallint REFERENCES people.force ON DELETE RESTRICT,
    unit_id        integer REFERENCES people.unit ON DELETE RESTRICT,
    valid_from     date NOT NULL,
    valid_until    date,
    reason         text NOT NULL DEFAULT '',
    granted_by     integer REFERENCES people.person ON DELETE RESTRICT,
    granted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    needs_approval boolean NOT NULL GENERATED ALWAYS AS (role IN ({APPROVED})) STORED,
    approved_by    integer REFERENCES people.person ON DELETE RESTRICT,
    approved_at    timestamptz,
    ended_by       integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at       timestamptz,
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CHECK ((role IN ({NATIONAL})) = (force_id IS NULL)),
    CHECK (unit_id IS NULL OR force_id IS NOT NULL),
    CHECK (granted_by <> person_id AND approved_by <> person_id AND approved_by <> granted_by),
    CHECK (approved_by IS NULL OR approved_at IS NOT NULL),
    CHECK (ended_by IS NULL OR ended_at IS NOT NULL),
    CONSTRAINT role_is_granted_once EXCLUDE USING gist (person_id WITH =, role WITH =, (coalesce(force_id, 0)) WITH =,
        (coalesce(unit_id, 0)) WITH =, daterange(valid_from, valid_until, '[]') WITH &&) WHERE (ended_at IS NULL)
);
COMMENT ON TABLE access.role_grant IS
    'Nobody grants themselves a role, and one that opens health or vetting counts only once a third person agrees.';
CREATE INDEX role_grant_person ON access.role_grant (person_id);
CREATE INDEX role_grant_force ON access.role_grant (force_id) WHERE ended_at IS NULL;
CREATE INDEX role_grant_unit ON access.role_grant (unit_id) WHERE unit_id IS NOT NULL;

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
