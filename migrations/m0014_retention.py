"""What is kept no longer than its reason lasts: purges, proposed by one person and agreed by another, and holds on them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0014-retention"
VERSION = "1.38.0"

FORWARDS = """
CREATE TABLE foundation.purge (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text NOT NULL,
    rule         text NOT NULL,
    before       date NOT NULL,
    found        bigint NOT NULL CHECK (found > 0),
    oldest       date NOT NULL,
    state        text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'agreed', 'done', 'turned down')),
    proposed_by  integer REFERENCES people.person ON DELETE RESTRICT,
    proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    answered_by  integer REFERENCES people.person ON DELETE RESTRICT,
    answered_at  timestamptz,
    purged       bigint NOT NULL DEFAULT 0,
    digest       bytea,
    finished_at  timestamptz,
    CHECK (answered_by <> proposed_by),
    CHECK ((state = 'proposed') = (answered_by IS NULL)),
    CHECK ((state = 'done') = (finished_at IS NOT NULL))
);
COMMENT ON TABLE foundation.purge IS 'One person, or the calendar, proposes; another agrees; what went leaves its number and its hash.';
COMMENT ON COLUMN foundation.purge.digest IS 'SHA-256 over what has gone so far, row after row: whoever has a copy can prove that it was this.';
CREATE UNIQUE INDEX purge_is_proposed_once ON foundation.purge (kind) WHERE state IN ('proposed', 'agreed');

CREATE TABLE foundation.retention_hold (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text,
    person_id  integer REFERENCES people.person ON DELETE RESTRICT,
    reason     text NOT NULL CHECK (reason <> ''),
    set_by     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    set_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by   integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at   timestamptz,
    CHECK (num_nonnulls(kind, person_id) = 1),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
COMMENT ON TABLE foundation.retention_hold IS 'Nothing of a kind, or nothing of a person, is purged while somebody needs it, for example a court.';
CREATE UNIQUE INDEX retention_hold_person ON foundation.retention_hold (person_id) WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE UNIQUE INDEX retention_hold_kind ON foundation.retention_hold (kind) WHERE ended_at IS NULL AND kind IS NOT NULL;

INSERT INTO foundation.schedule (name, job, runs_at, weekday, starts_on, payload)
SELECT 'Propose what is kept too long', 'retention.propose', '05:30', 1, min(starts_on), '{}' FROM foundation.schedule;
"""

BACKWARDS = """
DELETE FROM foundation.schedule_run WHERE name = 'Propose what is kept too long';
DELETE FROM foundation.schedule WHERE name = 'Propose what is kept too long';
DROP TABLE foundation.retention_hold;
DROP TABLE foundation.purge;
"""


async def forwards() -> MigrationManager:
    """Make room for purges and holds."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
