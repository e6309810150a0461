"""What people write of their own development: theirs alone until they share it, and never changed once it was read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, TODAY, described, policy

ID = "0022-development"
VERSION = "1.38.0"

CPD = """
CREATE TABLE passport.cpd_entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    title        text NOT NULL CHECK (title <> ''),
    happened_on  date CHECK (isfinite(happened_on)),
    what         text NOT NULL DEFAULT '',
    so_what      text NOT NULL DEFAULT '',
    now_what     text NOT NULL DEFAULT '',
    hours        numeric(5, 2) CHECK (hours > 0),
    standards    text[] NOT NULL DEFAULT '{}',
    profiles     text[] NOT NULL DEFAULT '{}',
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    discarded_at timestamptz,
    UNIQUE (id, person_id)
);
COMMENT ON TABLE passport.cpd_entry IS
    'A reflection: what happened, so what, now what. Its author alone sees it, and whoever they share it with by name.';
CREATE INDEX cpd_entry_person ON passport.cpd_entry (person_id, id DESC);

CREATE TABLE passport.cpd_share (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id      bigint NOT NULL,
    person_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    reader_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    as_supervisor boolean NOT NULL,
    shared_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz,
    FOREIGN KEY (entry_id, person_id) REFERENCES passport.cpd_entry (id, person_id) ON DELETE RESTRICT,
    CHECK (reader_id <> person_id)
);
COMMENT ON COLUMN passport.cpd_share.as_supervisor IS 'Opens it only while the reader supervises its author.';
CREATE UNIQUE INDEX cpd_share_once ON passport.cpd_share (entry_id, reader_id) WHERE ended_at IS NULL;
CREATE INDEX cpd_share_reader ON passport.cpd_share (reader_id) WHERE ended_at IS NULL;
CREATE INDEX cpd_share_person ON passport.cpd_share (person_id);

CREATE TABLE passport.cpd_addition (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id    bigint NOT NULL,
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    text        text NOT NULL CHECK (text <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (entry_id, person_id) REFERENCES passport.cpd_entry (id, person_id) ON DELETE RESTRICT
);
CREATE INDEX cpd_addition_entry ON passport.cpd_addition (entry_id);
CREATE INDEX cpd_addition_person ON passport.cpd_addition (person_id);

CREATE TABLE passport.cpd_verification (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id    bigint NOT NULL,
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    verified_by integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    as_supervisor boolean NOT NULL,
    words       text,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (entry_id, person_id) REFERENCES passport.cpd_entry (id, person_id) ON DELETE RESTRICT,
    UNIQUE (entry_id, verified_by),
    CHECK (verified_by <> person_id)
);
CREATE INDEX cpd_verification_person ON passport.cpd_verification (person_id);
CREATE INDEX cpd_verification_verifier ON passport.cpd_verification (verified_by);

-- What somebody may be reading is not changed under their eyes, whatever the program forgets.
CREATE FUNCTION passport.shared_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.title, NEW.happened_on, NEW.what, NEW.so_what, NEW.now_what, NEW.hours, NEW.standards, NEW.profiles,
        NEW.discarded_at, NEW.person_id)
       IS DISTINCT FROM (OLD.title, OLD.happened_on, OLD.what, OLD.so_what, OLD.now_what, OLD.hours, OLD.standards,
                         OLD.profiles, OLD.discarded_at, OLD.person_id)
       AND (EXISTS (SELECT FROM passport.cpd_share WHERE entry_id = OLD.id AND ended_at IS NULL)
            OR EXISTS (SELECT FROM passport.cpd_verification WHERE entry_id = OLD.id)) THEN
        RAISE EXCEPTION 'what is shared is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cpd_entry_shared_words_stay BEFORE UPDATE ON passport.cpd_entry
    FOR EACH ROW EXECUTE FUNCTION passport.shared_words_stay();
"""

KEPT = "\n".join(
    f"""CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON passport.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();"""
    for table in ("cpd_addition", "cpd_verification")
)

# Whose a share is today. One made to a supervisor opens nothing once they supervise its author no more.
_LED = f"""(NOT as_supervisor OR EXISTS (
    SELECT FROM people.line WHERE line.person_id = cpd_share.person_id AND line.supervisor_id = cpd_share.reader_id
       AND line.superseded_at IS NULL AND line.valid_from <= {TODAY} AND coalesce(line.valid_until >= {TODAY}, true)))"""
_SHARED_WITH_ME = f"""(SELECT array_agg(entry_id) FROM passport.cpd_share
    WHERE reader_id = {ACTOR} AND ended_at IS NULL AND {_LED})::bigint[]"""
_OWN = f"person_id = {ACTOR}"

WALLS = "\n".join(
    (
        *(
            f"ALTER TABLE passport.{table} ENABLE ROW LEVEL SECURITY;"
            for table in ("cpd_entry", "cpd_share", "cpd_addition", "cpd_verification")
        ),
        policy("passport.cpd_entry", "SELECT", "one’s own", using=_OWN),
        policy("passport.cpd_entry", "SELECT", "shared with one", using=f"id = ANY({_SHARED_WITH_ME})"),
        policy("passport.cpd_entry", "INSERT", "one’s own", check=_OWN),
        policy("passport.cpd_entry", "UPDATE", "one’s own", using=_OWN, check=_OWN),
        policy("passport.cpd_share", "SELECT", "one’s own", using=_OWN),
        policy("passport.cpd_share", "SELECT", "shared with one", using=f"reader_id = {ACTOR}"),
        policy("passport.cpd_share", "INSERT", "one’s own", check=_OWN),
        policy("passport.cpd_share", "UPDATE", "one’s own", using=_OWN, check=_OWN),
        *(
            policy(f"passport.{table}", "SELECT", name, using=using)
            for table in ("cpd_addition", "cpd_verification")
            for name, using in (
                ("one’s own", _OWN),
                ("shared with one", f"entry_id = ANY({_SHARED_WITH_ME})"),
            )
        ),
        policy("passport.cpd_addition", "INSERT", "one’s own", check=_OWN),
        policy("passport.cpd_verification", "SELECT", "by one", using=f"verified_by = {ACTOR}"),
        policy(
            "passport.cpd_verification",
            "INSERT",
            "of what is shared with one",
            check=f"verified_by = {ACTOR} AND entry_id = ANY({_SHARED_WITH_ME})",
        ),
    )
)

FORWARDS = f"""
{CPD}
{KEPT}
{WALLS}
"""

BACKWARDS = """
DROP TABLE passport.cpd_verification, passport.cpd_addition, passport.cpd_share, passport.cpd_entry;
DROP FUNCTION passport.shared_words_stay;
"""


async def forwards() -> MigrationManager:
    """Give everybody a place for what they learn from."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
