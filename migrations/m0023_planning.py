"""What comes due for whom in the next year, and the address under which a person's own calendar is found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0023-planning"
VERSION = "1.38.0"
NIGHTLY = "What comes due in the next year"

FORWARDS = f"""
CREATE TABLE licence.calendar_address (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    series      uuid NOT NULL,
    secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz,
    CHECK (ended_at >= made_at)
);
COMMENT ON TABLE licence.calendar_address IS
    'Under which secret address a person''s calendar is read: only its hash, and one at a time. What a calendar calls its
     events rests on its series, which outlives an address.';
CREATE UNIQUE INDEX calendar_address_current ON licence.calendar_address (person_id) WHERE ended_at IS NULL;

-- What a decision says comes due for a person, kept for forecasts alone: nothing is decided by it. Beside each other
-- stand the requirement, the days between which it is best met, and whether it is the first time.
CREATE TABLE licence.coming_due (
    person_id       integer PRIMARY KEY REFERENCES people.person ON DELETE RESTRICT,
    requirement_ids smallint[] NOT NULL,
    opens_on        date[] NOT NULL,
    due_on          date[] NOT NULL,
    is_first        boolean[] NOT NULL,
    counted_on      date NOT NULL,
    counted_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (cardinality(requirement_ids) = cardinality(opens_on) AND cardinality(opens_on) = cardinality(due_on)
           AND cardinality(due_on) = cardinality(is_first))
);

INSERT INTO access.export_kind (kind, most_alone) VALUES ('training demand', NULL);

INSERT INTO foundation.schedule (name, job, runs_at, payload, starts_on)
VALUES ('{NIGHTLY}', 'planning.count', '02:30', '{{}}', (now() AT TIME ZONE 'Europe/London')::date);
"""

BACKWARDS = f"""
DELETE FROM access.export WHERE kind = 'training demand';
DELETE FROM access.export_kind WHERE kind = 'training demand';
DELETE FROM foundation.schedule_run WHERE name = '{NIGHTLY}';
DELETE FROM foundation.schedule WHERE name = '{NIGHTLY}';
DROP TABLE licence.calendar_address, licence.coming_due;
"""


async def forwards() -> MigrationManager:
    """Keep what comes due, and the addresses of calendars."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
