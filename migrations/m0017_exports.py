"""What may leave as a file, and how much of it one person takes in a day alone: kinds as data, judged by the database."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0017-exports"
VERSION = "1.38.0"

FORWARDS = """
CREATE TABLE access.export_kind (
    kind       text PRIMARY KEY CHECK (kind <> ''),
    most_alone integer CHECK (most_alone > 0),
    within     interval NOT NULL DEFAULT '24 hours' CHECK (within > interval '0')
);
COMMENT ON TABLE access.export_kind IS 'What can leave as a file, and how many rows of it within how long leave with one person.';
COMMENT ON COLUMN access.export_kind.most_alone IS 'Null: as many as there are, for what names nobody.';
INSERT INTO access.export_kind (kind, most_alone)
VALUES ('licences', 500), ('lines handed back', 500), ('national figures', NULL);

ALTER TABLE access.export DROP CONSTRAINT export_kind_check, DROP CONSTRAINT many_rows_need_a_second_person,
    ADD FOREIGN KEY (kind) REFERENCES access.export_kind ON DELETE RESTRICT,
    ALTER COLUMN asked_by DROP NOT NULL,
    ADD COLUMN machine text CHECK (machine <> ''),
    ADD CONSTRAINT a_person_or_a_machine CHECK (num_nonnulls(asked_by, machine) = 1),
    ADD CONSTRAINT only_people_ask CHECK (machine IS NULL OR state = 'taken' AND agreed_by IS NULL);
COMMENT ON COLUMN access.export.machine IS 'The system that took it, where no person did.';
CREATE INDEX export_of_kind ON access.export (kind);
CREATE INDEX export_machine ON access.export (machine, taken_at) WHERE machine IS NOT NULL;
CREATE INDEX export_taken_by ON access.export (asked_by, kind, taken_at) WHERE state = 'taken' AND agreed_by IS NULL;

CREATE FUNCTION access.taken_alone(who integer, system text, what text, but text) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(rows), 0) FROM (
        SELECT DISTINCT sha256, rows FROM access.export JOIN access.export_kind USING (kind)
         WHERE kind = what AND state = 'taken' AND agreed_by IS NULL AND sha256 <> but
           AND (asked_by = who OR machine = system) AND taken_at > clock_timestamp() - within) AS files
$$;
COMMENT ON FUNCTION access.taken_alone IS
    'How many rows of a kind somebody took lately without a colleague; the same file taken again counts once.';

CREATE FUNCTION access.exports_are_counted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    most integer := (SELECT most_alone FROM access.export_kind WHERE kind = NEW.kind);
BEGIN
    -- Of two files taken at once, the second is counted with the first.
    PERFORM pg_advisory_xact_lock(hashtextextended(format('export %s %s', NEW.asked_by, NEW.machine), 0));
    IF access.taken_alone(NEW.asked_by, NEW.machine, NEW.kind, NEW.sha256) + NEW.rows > most THEN
        RAISE EXCEPTION 'so many rows leave only with a second person'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'many_rows_need_a_second_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER many_rows_need_a_second_person BEFORE INSERT OR UPDATE ON access.export
    FOR EACH ROW WHEN (NEW.state = 'taken' AND NEW.agreed_by IS NULL) EXECUTE FUNCTION access.exports_are_counted();
"""

BACKWARDS = """
DROP TRIGGER many_rows_need_a_second_person ON access.export;
DROP FUNCTION access.exports_are_counted(), access.taken_alone(integer, text, text, text);
DELETE FROM access.export WHERE machine IS NOT NULL;
DROP INDEX access.export_of_kind, access.export_machine, access.export_taken_by;
ALTER TABLE access.export DROP CONSTRAINT a_person_or_a_machine, DROP CONSTRAINT only_people_ask, DROP COLUMN machine,
    DROP CONSTRAINT export_kind_fkey, ALTER COLUMN asked_by SET NOT NULL,
    ADD CONSTRAINT export_kind_check CHECK (kind <> ''),
    ADD CONSTRAINT many_rows_need_a_second_person CHECK (state <> 'taken' OR rows <= 500 OR agreed_by IS NOT NULL);
DROP TABLE access.export_kind;
"""


async def forwards() -> MigrationManager:
    """Let the database count what leaves."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
