"""Policy versions, evidence of learning, and what stops a requirement's clock."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import append_only, described, notes_changes

ID = "0004-passport"
VERSION = "1.38.0"


def marks_policy(*tables: str) -> str:
    """Return the triggers that let whoever remembers the policy know that it may have changed."""
    return "\n".join(
        f"""CREATE TRIGGER {table.rpartition(".")[2]}_marks_policy AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION passport.mark_policy();"""
        for table in tables
    )


FORWARDS = f"""
CREATE SCHEMA passport;

CREATE TABLE passport.requirement (
    id           smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text NOT NULL UNIQUE CHECK (code ~ '^[A-Z0-9][A-Z0-9-]*$')
);
COMMENT ON TABLE passport.requirement IS 'A requirement keeps its number through every version of policy.';

CREATE TABLE passport.policy_version (
    id            smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number        integer NOT NULL UNIQUE,
    title         text NOT NULL,
    state         text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'approved', 'withdrawn')),
    in_force_from date,
    source        text NOT NULL,
    digest        text NOT NULL,
    drafted_by    text NOT NULL,
    drafted_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    approved_by   text,
    approved_at   timestamptz,
    CHECK (approved_by <> drafted_by),
    CHECK ((state = 'approved') <= (approved_by IS NOT NULL AND in_force_from IS NOT NULL AND approved_at IS NOT NULL))
);
COMMENT ON COLUMN passport.policy_version.source IS 'The TOML as it was loaded, comments and evidence tags included.';
CREATE UNIQUE INDEX policy_version_in_force ON passport.policy_version (in_force_from) WHERE state = 'approved';

CREATE TABLE passport.policy_override (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    force_id       smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    requirement_id smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    setting        text NOT NULL CHECK (setting IN ('validity_months', 'grace_days', 'initial_days', 'level')),
    value          text NOT NULL,
    reason         text NOT NULL CHECK (reason <> ''),
    valid_from     date NOT NULL,
    valid_until    date,
    drafted_by     text NOT NULL,
    approved_by    text NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (approved_by <> drafted_by),
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    EXCLUDE USING gist (force_id WITH =, requirement_id WITH =, setting WITH =,
        daterange(valid_from, valid_until, '[]') WITH &&)
);
CREATE INDEX policy_override_requirement ON passport.policy_override (requirement_id);

-- Made anew by every statement that may change which policy holds where: who remembers the policy asks for this alone.
CREATE TABLE passport.policy_mark (
    is_only      boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    mark         uuid NOT NULL
);
CREATE FUNCTION passport.mark_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO passport.policy_mark (mark) VALUES (gen_random_uuid())
    ON CONFLICT (is_only) DO UPDATE SET mark = excluded.mark;
    RETURN NULL;
END $$;
{marks_policy("passport.requirement", "passport.policy_version", "passport.policy_override", "people.force")}

CREATE TABLE passport.evidence (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id         integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    requirement_id    smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    completed_on      date NOT NULL CHECK (isfinite(completed_on)),
    is_verified       boolean NOT NULL,
    recorded_by       integer REFERENCES people.person ON DELETE RESTRICT,
    recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at     timestamptz,
    superseded_by     integer REFERENCES people.person ON DELETE RESTRICT,
    supersedes        bigint REFERENCES passport.evidence ON DELETE RESTRICT,
    intake_id         bigint REFERENCES foundation.intake ON DELETE RESTRICT,
    hours             numeric(5, 2) CHECK (hours > 0),
    source            text NOT NULL,
    reference         text,
    superseded_reason text,
    CHECK ((superseded_at IS NULL) = (superseded_reason IS NULL)),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);
COMMENT ON TABLE passport.evidence IS
    'What was met, on what day, said by whom. True on a day, recorded at an instant; superseded, never edited.';
-- Natural key (an import repeated changes nothing) and covering index of the facts statement at once.
CREATE UNIQUE INDEX evidence_current ON passport.evidence (person_id, requirement_id, completed_on DESC)
    WHERE superseded_at IS NULL AND is_verified;
CREATE UNIQUE INDEX evidence_awaiting ON passport.evidence (person_id, requirement_id, completed_on DESC)
    WHERE superseded_at IS NULL AND NOT is_verified;
CREATE INDEX evidence_superseded ON passport.evidence (person_id) WHERE superseded_at IS NOT NULL;
CREATE UNIQUE INDEX evidence_supersedes ON passport.evidence (supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE passport.dispensation (
    id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id         integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    requirement_id    smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    kind              text NOT NULL CHECK (kind IN ('waiver', 'force failure')),
    reason            text NOT NULL CHECK (reason <> ''),
    valid_from        date NOT NULL,
    valid_until       date,
    recorded_by       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    approved_by       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at     timestamptz,
    superseded_by     integer REFERENCES people.person ON DELETE RESTRICT,
    superseded_reason text,
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CHECK (approved_by <> recorded_by AND approved_by <> person_id AND recorded_by <> person_id),
    EXCLUDE USING gist (person_id WITH =, requirement_id WITH =, kind WITH =,
        daterange(valid_from, valid_until, '[]') WITH &&) WHERE (superseded_at IS NULL)
);
CREATE INDEX dispensation_person ON passport.dispensation (person_id);
CREATE INDEX dispensation_requirement ON passport.dispensation (requirement_id);

{append_only("passport.evidence", "passport.dispensation")}
{notes_changes("passport.evidence", "passport.dispensation")}
"""

BACKWARDS = "DROP SCHEMA passport CASCADE;"


async def forwards() -> MigrationManager:
    """Build the wing of evidence."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
