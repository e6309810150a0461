"""The audit's own form, from which nothing can be taken unseen, and the seals that prove it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0012-seals"
VERSION = "1.38.0"

# What is sealed is what is stored: a line's canonical bytes are made once, by the database, as it is written.
EVENTS = """
ALTER TABLE foundation.audit_event
    ADD COLUMN subject_ids integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN role        text,
    ADD COLUMN is_reading  boolean NOT NULL DEFAULT false,
    ADD COLUMN text_hash   bytea,
    ADD COLUMN era         smallint NOT NULL DEFAULT 1,
    ADD COLUMN xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN canonical   bytea;
COMMENT ON COLUMN foundation.audit_event.era IS
    'Transactions are numbered anew in a database restored from a dump: a new era keeps the order.';

CREATE FUNCTION foundation.canonical(event foundation.audit_event) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT convert_to(json_build_object(
        'id', event.id, 'era', event.era, 'xid', event.xid::text::bigint,
        'at', to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor_id', event.actor_id, 'actor_name', event.actor_name, 'role', event.role,
        'event', event.event, 'purpose', event.purpose, 'is_reading', event.is_reading,
        'subject_id', event.subject_id, 'subject_ids', event.subject_ids, 'detail', event.detail,
        'text_hash', encode(event.text_hash, 'hex'), 'request_id', event.request_id)::text, 'UTF8')
$$;
-- Whoever writes a line chooses neither its time nor its place nor the bytes that stand for it.
CREATE FUNCTION foundation.sets_down() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    NEW.xid := pg_current_xact_id();
    NEW.canonical := foundation.canonical(NEW);
    RETURN NEW;
END $$;

ALTER TABLE foundation.audit_event DISABLE TRIGGER audit_event_is_kept;
UPDATE foundation.audit_event SET canonical = foundation.canonical(audit_event);
ALTER TABLE foundation.audit_event ENABLE TRIGGER audit_event_is_kept;
ALTER TABLE foundation.audit_event ALTER COLUMN canonical SET NOT NULL;
CREATE TRIGGER audit_event_is_set_down BEFORE INSERT ON foundation.audit_event
    FOR EACH ROW EXECUTE FUNCTION foundation.sets_down();
CREATE INDEX audit_event_order ON foundation.audit_event (era, xid, id);
-- Of lists alone: a page about one person pays nothing for it.
CREATE INDEX audit_event_subjects ON foundation.audit_event USING gin (subject_ids) WHERE subject_ids <> '{}';

CREATE TABLE foundation.audit_text (
    event_id   bigint PRIMARY KEY REFERENCES foundation.audit_event ON DELETE RESTRICT,
    salt       bytea,
    text       text,
    erased_at  timestamptz,
    CHECK ((text IS NULL) = (erased_at IS NOT NULL) AND (salt IS NULL) = (text IS NULL))
);
COMMENT ON TABLE foundation.audit_text IS
    'What people wrote. The line of audit holds its salted hash alone, so that it can be erased and the chain still holds.';
CREATE FUNCTION foundation.texts_are_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.event_id = OLD.event_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'texts of the audit may be erased once and changed in no other way'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_text_is_only_erased BEFORE UPDATE OR DELETE ON foundation.audit_text
    FOR EACH ROW EXECUTE FUNCTION foundation.texts_are_only_erased();
CREATE TRIGGER audit_text_is_never_emptied BEFORE TRUNCATE ON foundation.audit_text
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
"""

SEALS = """
CREATE TABLE foundation.seal_key (
    id           text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
    public_key   bytea NOT NULL UNIQUE CHECK (octet_length(public_key) = 32),
    from_seal    bigint NOT NULL UNIQUE CHECK (from_seal > 0),
    began_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    endorsement  bytea CHECK (octet_length(endorsement) = 64),
    CHECK ((from_seal = 1) OR (endorsement IS NOT NULL))
);
COMMENT ON COLUMN foundation.seal_key.endorsement IS
    'The signature of the key before it, without which nobody can bring in a key of their own.';
CREATE TABLE foundation.seal (
    number     bigint PRIMARY KEY CHECK (number > 0),
    sealed_at  timestamptz NOT NULL,
    events     integer NOT NULL CHECK (events > 0),
    total      bigint NOT NULL,
    first_id   bigint NOT NULL,
    last_id    bigint NOT NULL,
    last_era   smallint NOT NULL,
    last_xid   xid8 NOT NULL,
    root       bytea NOT NULL CHECK (octet_length(root) = 32),
    previous   bytea NOT NULL CHECK (octet_length(previous) = 32),
    key_id     text NOT NULL REFERENCES foundation.seal_key ON DELETE RESTRICT,
    head       bytea NOT NULL,
    signature  bytea NOT NULL CHECK (octet_length(signature) = 64),
    event_ids  bigint[] NOT NULL CHECK (cardinality(event_ids) = events),
    leaves     bytea NOT NULL CHECK (octet_length(leaves) = 32 * events)
);
COMMENT ON COLUMN foundation.seal.head IS 'The very bytes that were signed.';
COMMENT ON COLUMN foundation.seal.leaves IS
    'The hash of each line in its place: the root follows from them, and they name the line that was changed.';
CREATE INDEX seal_key_used ON foundation.seal (key_id);
CREATE TRIGGER seal_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation.seal
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
CREATE TRIGGER seal_key_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation.seal_key
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
"""

FORWARDS = EVENTS + SEALS

BACKWARDS = """
DROP TABLE foundation.seal, foundation.seal_key, foundation.audit_text;
DROP FUNCTION foundation.texts_are_only_erased();
DROP TRIGGER audit_event_is_set_down ON foundation.audit_event;
DROP FUNCTION foundation.sets_down();
DROP FUNCTION foundation.canonical(foundation.audit_event);
ALTER TABLE foundation.audit_event
    DROP COLUMN subject_ids, DROP COLUMN role, DROP COLUMN is_reading, DROP COLUMN text_hash,
    DROP COLUMN era, DROP COLUMN xid, DROP COLUMN canonical;
"""


async def forwards() -> MigrationManager:
    """Give the audit its form, and build the seals."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
