"""The ground floor: the audit, the jobs and their schedules, the files that forces hand in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0001-foundation"
VERSION = "1.38.0"

FORWARDS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA foundation;

-- A dated fact is never edited: its only change is that a later record supersedes it.
CREATE FUNCTION foundation.facts_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'records in %.% are superseded, never deleted', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
       OR to_jsonb(OLD) - 'superseded_at' - 'superseded_by' - 'superseded_reason'
          IS DISTINCT FROM to_jsonb(NEW) - 'superseded_at' - 'superseded_by' - 'superseded_reason' THEN
        RAISE EXCEPTION 'records in %.% may be superseded once and changed in no other way', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION foundation.never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'records in %.% are never changed or deleted', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TABLE foundation.audit_event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id    integer,
    actor_name  text NOT NULL,
    event       text NOT NULL,
    purpose     text NOT NULL,
    subject_id  integer,
    detail      jsonb NOT NULL DEFAULT '{}',
    request_id  text
);
CREATE INDEX audit_event_subject ON foundation.audit_event (subject_id, at DESC) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_event_actor ON foundation.audit_event (actor_id, at DESC) WHERE actor_id IS NOT NULL;
CREATE TRIGGER audit_event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();

CREATE TABLE foundation.job (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    payload     jsonb NOT NULL DEFAULT '{}',
    effect_key  text,
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    due_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempt     smallint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    leased_by   text,
    last_error  text,
    request_id  text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX job_effect_key ON foundation.job (effect_key);
CREATE INDEX job_waiting ON foundation.job (due_at, id) WHERE state = 'waiting';
CREATE INDEX job_running ON foundation.job (lease_until) WHERE state = 'running';
CREATE INDEX job_finished ON foundation.job (state, finished_at DESC) WHERE state IN ('done', 'dead');
CREATE INDEX job_list ON foundation.job (state, id);

CREATE TABLE foundation.schedule (
    name        text PRIMARY KEY,
    job         text NOT NULL,
    runs_at     time NOT NULL,
    weekday     smallint CHECK (weekday BETWEEN 1 AND 7),
    starts_on   date NOT NULL,
    is_on       boolean NOT NULL DEFAULT true,
    payload     jsonb NOT NULL DEFAULT '{}',
    CHECK (runs_at < time '00:55' OR runs_at > time '02:05')
);
COMMENT ON TABLE foundation.schedule IS
    'Local times in Europe/London; none in the hour that the clocks skip or repeat.';
CREATE TABLE foundation.schedule_run (
    name        text NOT NULL REFERENCES foundation.schedule ON DELETE RESTRICT,
    local_date  date NOT NULL,
    job_id      bigint NOT NULL REFERENCES foundation.job ON DELETE RESTRICT,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (name, local_date)
);
CREATE INDEX schedule_run_job ON foundation.schedule_run (job_id);

CREATE TABLE foundation.heartbeat (
    worker      text PRIMARY KEY,
    at          timestamptz NOT NULL
);

CREATE TABLE foundation.intake (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text NOT NULL,
    force_code     text NOT NULL,
    file_name      text NOT NULL,
    sha256         text NOT NULL,
    encoding       text NOT NULL,
    mapping        text NOT NULL,
    state          text NOT NULL DEFAULT 'staging'
                   CHECK (state IN ('staging', 'staged', 'committed', 'discarded', 'failed')),
    effective_on   date NOT NULL,
    lines          integer NOT NULL DEFAULT 0,
    counts         jsonb NOT NULL DEFAULT '{}',
    source         text NOT NULL,
    header         text[] NOT NULL DEFAULT '{}',
    warnings       text[] NOT NULL DEFAULT '{}',
    problem        text,
    staged_by      integer,
    staged_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_by    integer,
    finished_at    timestamptz,
    CHECK ((state IN ('committed', 'discarded', 'failed')) = (finished_at IS NOT NULL))
);
CREATE INDEX intake_recent ON foundation.intake (force_code, staged_at DESC);
CREATE TABLE foundation.intake_line (
    intake_id  bigint NOT NULL REFERENCES foundation.intake ON DELETE RESTRICT,
    line       integer NOT NULL,
    verdict    text NOT NULL CHECK (verdict IN
               ('new', 'changed', 'unchanged', 'duplicate', 'ignored', 'rejected', 'suspicious')),
    reason     text,
    raw        text[],
    staged     jsonb,
    PRIMARY KEY (intake_id, line)
);
-- A large file on its way: judged or kept as a job. What was handed in lies here only until then.
CREATE TABLE foundation.intake_errand (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    step          text NOT NULL CHECK (step IN ('judge', 'keep')),
    kind          text NOT NULL,
    force_code    text NOT NULL,
    file_name     text NOT NULL,
    effective_on  date NOT NULL,
    content       bytea,
    intake_id     bigint REFERENCES foundation.intake ON DELETE RESTRICT,
    state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'finished', 'refused')),
    done          integer NOT NULL DEFAULT 0,
    total         integer NOT NULL DEFAULT 0,
    problem       text,
    asked_by      integer,
    asked_name    text NOT NULL,
    request_id    text,
    asked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz,
    CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CHECK (state = 'waiting' OR content IS NULL)
);
CREATE INDEX intake_errand_waiting ON foundation.intake_errand (force_code) WHERE state = 'waiting';
-- Most lines of most files are new or recorded already: those are found by their numbers alone.
CREATE INDEX intake_line_verdict ON foundation.intake_line (intake_id, verdict, line)
    WHERE verdict NOT IN ('new', 'unchanged');
"""

BACKWARDS = "DROP SCHEMA foundation CASCADE;"


async def forwards() -> MigrationManager:
    """Build the ground floor."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
