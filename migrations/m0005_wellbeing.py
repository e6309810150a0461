"""The confidential wing: what people went through, what support they were offered, and how they were cared for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described, notes_changes

ID = "0005-wellbeing"
VERSION = "1.38.0"

# Whom a row is about, and the force that made it: who moves on takes nothing along, and who made it keeps it.
ABOUT = """
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id     smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT"""


def kept(*tables: str) -> str:
    """Return the triggers that let a record be neither changed nor deleted."""
    return "\n".join(
        f"""CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON wellbeing.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();"""
        for table in tables
    )


FORWARDS = f"""
CREATE SCHEMA wellbeing;

CREATE TABLE wellbeing.check_offer ({ABOUT},
    offered_on   date NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by  integer REFERENCES people.person ON DELETE RESTRICT,
    UNIQUE (person_id, offered_on)
);
CREATE INDEX check_offer_force ON wellbeing.check_offer (force_id, offered_on);
COMMENT ON TABLE wellbeing.check_offer IS
    'A routine check was offered, to everybody alike. Its absence counts against the force, never the officer.';

CREATE TABLE wellbeing.check_response ({ABOUT},
    offered_on   date NOT NULL,
    answer       text NOT NULL CHECK (answer IN ('taken up', 'refused')),
    answered_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (person_id, offered_on) REFERENCES wellbeing.check_offer (person_id, offered_on) ON DELETE RESTRICT
);
CREATE INDEX check_response_person ON wellbeing.check_response (person_id, offered_on);
CREATE INDEX check_response_force ON wellbeing.check_response (force_id);
COMMENT ON TABLE wellbeing.check_response IS 'What the person themselves says of an offer; the latest answer counts.';

CREATE TABLE wellbeing.exposure ({ABOUT},
    kind         text NOT NULL CHECK (kind <> ''),
    attended_on  date NOT NULL,
    incident     text,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by  integer REFERENCES people.person ON DELETE RESTRICT,
    UNIQUE NULLS NOT DISTINCT (person_id, attended_on, kind, incident)
);
CREATE INDEX exposure_force ON wellbeing.exposure (force_id, attended_on DESC);
COMMENT ON TABLE wellbeing.exposure IS 'An event that may weigh on whoever attended it. It leads to an offer and to nothing else.';

CREATE TABLE wellbeing.treatment ({ABOUT},
    clinician_id integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    valid_from   date NOT NULL,
    valid_until  date,
    CHECK (clinician_id <> person_id),
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    EXCLUDE USING gist (person_id WITH =, clinician_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)
);
CREATE INDEX treatment_clinician ON wellbeing.treatment (clinician_id);
CREATE INDEX treatment_force ON wellbeing.treatment (force_id);
COMMENT ON TABLE wellbeing.treatment IS 'Who of occupational health cares for whom: only they read the notes.';

CREATE TABLE wellbeing.care_note ({ABOUT},
    author_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    text         text NOT NULL CHECK (text <> ''),
    released_at  timestamptz,
    released_by  integer REFERENCES people.person ON DELETE RESTRICT,
    CHECK (author_id <> person_id AND released_by <> person_id),
    CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE INDEX care_note_person ON wellbeing.care_note (person_id, written_at DESC);
CREATE INDEX care_note_force ON wellbeing.care_note (force_id);
COMMENT ON COLUMN wellbeing.care_note.released_at IS 'A clinician has seen that reading it does the person no harm: they may.';
{kept("check_offer", "check_response", "exposure")}

-- All that ever leaves this wing. The licence reads it, and only of the force does it say anything.
CREATE TABLE people.check_offered (
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    offered_on   date NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (person_id, offered_on)
);
CREATE TRIGGER check_offered_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON people.check_offered
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
{notes_changes("people.check_offered")}
CREATE FUNCTION wellbeing.publish_offers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO people.check_offered (person_id, offered_on, recorded_at)
    SELECT person_id, offered_on, recorded_at FROM recorded;
    RETURN NULL;
END $$;
CREATE TRIGGER offers_are_published AFTER INSERT ON wellbeing.check_offer REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION wellbeing.publish_offers();
"""

BACKWARDS = "DROP TABLE people.check_offered; DROP SCHEMA wellbeing CASCADE;"


async def forwards() -> MigrationManager:
    """Build the confidential wing."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
