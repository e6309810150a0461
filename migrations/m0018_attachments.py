"""What people attach to what they record, and that nobody verifies themselves or what they entered."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0018-attachments"
VERSION = "1.38.0"

ATTACHMENTS = """
CREATE TABLE passport.attachment (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    sha256      bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size        integer NOT NULL CHECK (size > 0),
    kind        text NOT NULL CHECK (kind IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic')),
    name        text CHECK (name <> ''),
    added_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    added_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    gone_at     timestamptz,
    gone_by     integer REFERENCES people.person ON DELETE RESTRICT,
    gone_reason text CHECK (gone_reason <> ''),
    CHECK ((gone_at IS NULL) = (name IS NOT NULL)),
    CHECK ((gone_at IS NULL) = (gone_reason IS NULL)),
    CHECK (gone_by IS NULL OR gone_at IS NOT NULL)
);
COMMENT ON TABLE passport.attachment IS
    'A file about a person. Its content lies in the vault under its hash for as long as a row that is not gone says so.';
CREATE INDEX attachment_person ON passport.attachment (person_id);
CREATE INDEX attachment_content ON passport.attachment (sha256) WHERE gone_at IS NULL;

CREATE FUNCTION passport.attachments_only_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.gone_at IS NOT NULL OR NEW.gone_at IS NULL
       OR to_jsonb(OLD) - 'name' - 'gone_at' - 'gone_by' - 'gone_reason'
          IS DISTINCT FROM to_jsonb(NEW) - 'name' - 'gone_at' - 'gone_by' - 'gone_reason' THEN
        RAISE EXCEPTION 'a file is taken away once, and changed in no other way'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attachments_only_go BEFORE UPDATE OR DELETE ON passport.attachment
    FOR EACH ROW EXECUTE FUNCTION passport.attachments_only_go();

CREATE TABLE passport.evidence_attachment (
    attachment_id bigint PRIMARY KEY REFERENCES passport.attachment ON DELETE RESTRICT,
    evidence_id   bigint NOT NULL REFERENCES passport.evidence ON DELETE RESTRICT
);
CREATE INDEX evidence_attachment_evidence ON passport.evidence_attachment (evidence_id);
CREATE TRIGGER evidence_attachment_never_changes BEFORE UPDATE OR DELETE ON passport.evidence_attachment
    FOR EACH ROW EXECUTE FUNCTION foundation.never_changes();
"""

# Whose word a record is: whoever wrote down what it says. That somebody verified it, or took that back, changes no word of
# it. Files of a learning system are nobody's own word, whoever hands them in.
VERIFYING = """
CREATE FUNCTION passport.author_of(evidence_id bigint) RETURNS integer LANGUAGE sql STABLE AS $$
    WITH RECURSIVE said AS (
        SELECT one.id, one.person_id, one.recorded_by, one.is_verified, one.supersedes
          FROM passport.evidence AS one WHERE one.id = evidence_id
        UNION ALL
        SELECT before.id, before.person_id, before.recorded_by, before.is_verified, before.supersedes
          FROM said JOIN passport.evidence AS before ON before.id = said.supersedes
         WHERE before.is_verified <> said.is_verified AND said.recorded_by IS DISTINCT FROM said.person_id
    )
    SELECT recorded_by FROM said ORDER BY id LIMIT 1
$$;

CREATE FUNCTION passport.somebody_else_verifies() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_verified boolean;
BEGIN
    IF NEW.recorded_by = NEW.person_id THEN
        RAISE EXCEPTION 'nobody verifies themselves' USING ERRCODE = 'check_violation';
    END IF;
    SELECT is_verified INTO was_verified FROM passport.evidence WHERE id = NEW.supersedes;
    IF NOT was_verified AND passport.author_of(NEW.supersedes) = NEW.recorded_by THEN
        RAISE EXCEPTION 'nobody verifies what they entered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER somebody_else_verifies BEFORE INSERT ON passport.evidence FOR EACH ROW
    WHEN (NEW.is_verified AND NEW.recorded_by IS NOT NULL AND NEW.intake_id IS NULL)
    EXECUTE FUNCTION passport.somebody_else_verifies();

-- What waits to be verified is looked for by force and by team, and is little beside all that is recorded.
CREATE INDEX evidence_waiting ON passport.evidence (recorded_at, id) WHERE superseded_at IS NULL AND NOT is_verified;
"""

SCHEDULE = """
INSERT INTO foundation.schedule (name, job, runs_at, starts_on, payload)
SELECT 'Drop files that nothing names', 'attachments.tidy', '05:15', min(starts_on), '{}' FROM foundation.schedule;
"""

FORWARDS = ATTACHMENTS + VERIFYING + SCHEDULE
BACKWARDS = """
DELETE FROM foundation.schedule_run WHERE name = 'Drop files that nothing names';
DELETE FROM foundation.schedule WHERE name = 'Drop files that nothing names';
DROP TABLE passport.evidence_attachment, passport.attachment;
DROP FUNCTION passport.attachments_only_go;
DROP INDEX passport.evidence_waiting;
DROP TRIGGER somebody_else_verifies ON passport.evidence;
DROP FUNCTION passport.somebody_else_verifies;
DROP FUNCTION passport.author_of;
"""


async def forwards() -> MigrationManager:
    """Make room for files, and keep people from verifying themselves."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
