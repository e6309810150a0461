"""Who looked at what: unusual readers, names held back for a while, broken glass, and what left as a file."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0013-reading"
VERSION = "1.38.0"

MOST_PEOPLE = 30
WINDOW = "10 minutes"
QUIET = "1 hour"

READINGS = f"""
-- What a person looked at, newest first; an opened record names one subject, a list names its subjects together.
CREATE INDEX audit_event_opened ON foundation.audit_event (actor_id, at DESC)
    WHERE is_reading AND subject_id IS NOT NULL;

CREATE TABLE access.reading_alert (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader_id  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    people     integer NOT NULL CHECK (people >= {MOST_PEOPLE}),
    raised_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    told_at    timestamptz,
    seen_by    integer REFERENCES people.person ON DELETE RESTRICT,
    seen_at    timestamptz,
    CHECK ((seen_by IS NULL) = (seen_at IS NULL)),
    CHECK (seen_by <> reader_id)
);
COMMENT ON TABLE access.reading_alert IS
    'Somebody opened the records of {MOST_PEOPLE} people within {WINDOW}: one line for each reader and hour.';
CREATE INDEX reading_alert_reader ON access.reading_alert (reader_id, raised_at DESC);
CREATE INDEX reading_alert_untold ON access.reading_alert (id) WHERE told_at IS NULL;

-- Counted where the line is written, so that no room can forget it, and with the owner's rights: whoever writes the line
-- need neither read the audit nor be able to write alerts. Whoever opens several records at once waits for themselves
-- alone, and each then counts what the one before it wrote.
CREATE FUNCTION access.counts_opened_records() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opened integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('access.reading_alert'), NEW.actor_id);
    SELECT count(DISTINCT subject_id) INTO opened FROM foundation.audit_event
     WHERE actor_id = NEW.actor_id AND is_reading AND subject_id IS NOT NULL AND subject_id <> actor_id
       AND at > clock_timestamp() - interval '{WINDOW}';
    IF opened >= {MOST_PEOPLE} AND NOT EXISTS (
        SELECT FROM access.reading_alert
         WHERE reader_id = NEW.actor_id AND raised_at > clock_timestamp() - interval '{QUIET}') THEN
        INSERT INTO access.reading_alert (reader_id, people) VALUES (NEW.actor_id, opened);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER opened_records_are_counted AFTER INSERT ON foundation.audit_event FOR EACH ROW
    WHEN (NEW.is_reading AND NEW.subject_id IS NOT NULL AND NEW.actor_id > 0 AND NEW.subject_id <> NEW.actor_id)
    EXECUTE FUNCTION access.counts_opened_records();

CREATE TABLE access.reading_delay (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    reader_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    delayed_until date NOT NULL,
    event_id      bigint NOT NULL REFERENCES foundation.audit_event ON DELETE RESTRICT,
    recorded_by   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz,
    CHECK (recorded_by NOT IN (subject_id, reader_id) AND subject_id <> reader_id)
);
COMMENT ON TABLE access.reading_delay IS
    'A reader''s name is held back from the person they read about, through a day; why lies beside its line of audit.';
CREATE INDEX reading_delay_subject ON access.reading_delay (subject_id, reader_id) WHERE ended_at IS NULL;
CREATE INDEX reading_delay_reader ON access.reading_delay (reader_id);
CREATE INDEX reading_delay_event ON access.reading_delay (event_id);
"""

GLASS = """
CREATE TABLE access.glass (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    role          text NOT NULL,
    subject_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id      smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    reason        text NOT NULL CHECK (reason IN
                  ('risk to life', 'urgent deployment', 'supervisor unreachable', 'investigation', 'other')),
    event_id      bigint NOT NULL REFERENCES foundation.audit_event ON DELETE RESTRICT,
    opened_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    closes_at     timestamptz NOT NULL,
    told_at       timestamptz,
    reviewed_by   integer REFERENCES people.person ON DELETE RESTRICT,
    reviewed_at   timestamptz,
    is_upheld     boolean,
    review_id     bigint REFERENCES foundation.audit_event ON DELETE RESTRICT,
    flagged_at    timestamptz,
    CHECK (person_id <> subject_id),
    CHECK (closes_at >= opened_at AND closes_at <= opened_at + interval '60 minutes'),
    CONSTRAINT a_second_person_reviews CHECK (reviewed_by NOT IN (person_id, subject_id)),
    CHECK (num_nulls(reviewed_by, reviewed_at, is_upheld, review_id) IN (0, 4)),
    CONSTRAINT one_pane_at_a_time EXCLUDE USING gist (person_id WITH =, tstzrange(opened_at, closes_at) WITH &&)
);
COMMENT ON TABLE access.glass IS
    'Somebody opened one record out of their reach, for an hour at most. Ending it early brings closes_at forward.';
CREATE INDEX glass_person ON access.glass (person_id, closes_at);
CREATE INDEX glass_subject ON access.glass (subject_id);
CREATE INDEX glass_force ON access.glass (force_id, id DESC);
CREATE INDEX glass_event ON access.glass (event_id);
CREATE INDEX glass_unreviewed ON access.glass (opened_at) WHERE reviewed_at IS NULL;
CREATE INDEX glass_untold ON access.glass (subject_id) WHERE told_at IS NULL;
"""

EXPORTS = """
CREATE TABLE access.export (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind <> ''),
    force_ids   smallint[] NOT NULL,
    filter      text NOT NULL,
    rows        integer NOT NULL CHECK (rows >= 0),
    state       text NOT NULL CHECK (state IN ('asked', 'agreed', 'refused', 'taken')),
    asked_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    role        text NOT NULL,
    asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    event_id    bigint REFERENCES foundation.audit_event ON DELETE RESTRICT,
    agreed_by   integer REFERENCES people.person ON DELETE RESTRICT,
    agreed_at   timestamptz,
    sha256      text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    taken_at    timestamptz,
    CONSTRAINT a_second_person_agrees CHECK (agreed_by <> asked_by),
    CONSTRAINT many_rows_need_a_second_person CHECK (state <> 'taken' OR rows <= 500 OR agreed_by IS NOT NULL),
    CHECK ((agreed_by IS NULL) = (agreed_at IS NULL)),
    CHECK (state NOT IN ('agreed', 'refused') OR agreed_by IS NOT NULL),
    CHECK ((state = 'taken') = (taken_at IS NOT NULL) AND (state = 'taken') = (sha256 IS NOT NULL))
);
COMMENT ON TABLE access.export IS
    'Every file of people''s records that left: who took it, with which filter, how many rows, and its hash.';
COMMENT ON COLUMN access.export.agreed_by IS 'Who agreed, or refused, as the second person.';
CREATE INDEX export_force ON access.export USING gin (force_ids);
CREATE INDEX export_asked_by ON access.export (asked_by, id DESC);
CREATE INDEX export_event ON access.export (event_id);
"""

NOTICES = """
ALTER TABLE people.notice DROP CONSTRAINT notice_rung_check;
ALTER TABLE people.notice ADD CONSTRAINT notice_rung_check
    CHECK (rung IN ('90', '30', '7', 'overdue', 'stopped', 'lapsed', 'reinstated', 'told'));
"""

FORWARDS = READINGS + GLASS + EXPORTS + NOTICES

BACKWARDS = """
DELETE FROM people.notice_delivery USING people.notice WHERE notice.id = notice_id AND rung = 'told';
DELETE FROM people.notice WHERE rung = 'told';
ALTER TABLE people.notice DROP CONSTRAINT notice_rung_check;
ALTER TABLE people.notice ADD CONSTRAINT notice_rung_check
    CHECK (rung IN ('90', '30', '7', 'overdue', 'stopped', 'lapsed', 'reinstated'));
DROP TABLE access.export, access.glass, access.reading_delay;
DROP TRIGGER opened_records_are_counted ON foundation.audit_event;
DROP FUNCTION access.counts_opened_records();
DROP TABLE access.reading_alert;
DROP INDEX foundation.audit_event_opened;
"""


async def forwards() -> MigrationManager:
    """Build what tells people who looked at them."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
