"""Drafts of policy in every form they had, what forces propose to set for themselves, and what-ifs over everyone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0021-policy-desk"
VERSION = "1.38.0"

FORWARDS = """
ALTER TABLE passport.policy_version
    ADD revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    ADD based_on integer REFERENCES passport.policy_version (number) ON DELETE RESTRICT,
    ADD withdrawn_by text,
    ADD withdrawn_at timestamptz,
    ADD withdrawn_reason text CHECK (withdrawn_reason <> ''),
    ADD CHECK ((state = 'withdrawn') = (withdrawn_reason IS NOT NULL AND withdrawn_by IS NOT NULL AND withdrawn_at IS NOT NULL));
COMMENT ON COLUMN passport.policy_version.based_on IS 'The version that was in force when the draft was begun, or rebased.';

CREATE TABLE passport.policy_revision (
    number      integer NOT NULL REFERENCES passport.policy_version (number) ON DELETE RESTRICT,
    revision    integer NOT NULL CHECK (revision > 0),
    source      text NOT NULL,
    digest      text NOT NULL,
    what        text NOT NULL CHECK (what <> ''),
    reason      text,
    edited_by   integer REFERENCES people.person ON DELETE RESTRICT,
    edited_name text NOT NULL,
    edited_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (number, revision)
);
COMMENT ON TABLE passport.policy_revision IS 'Every form a draft ever had, so that two who write at once lose nothing.';
CREATE INDEX policy_revision_editor ON passport.policy_revision (edited_by);

CREATE FUNCTION passport.policy_needs_a_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM passport.policy_revision AS one WHERE one.number = NEW.number
                  AND lower(btrim(one.edited_name)) = lower(btrim(NEW.approved_by))) THEN
        RAISE EXCEPTION 'whoever wrote any of a draft cannot approve it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_version_needs_a_second_person BEFORE UPDATE ON passport.policy_version
    FOR EACH ROW WHEN (NEW.state = 'approved' AND OLD.state <> 'approved')
    EXECUTE FUNCTION passport.policy_needs_a_second_person();

CREATE TABLE passport.setting_proposal (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text NOT NULL CHECK (kind IN ('set', 'end')),
    force_id       smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    requirement_id smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    override_id    integer REFERENCES passport.policy_override ON DELETE RESTRICT,
    setting        text NOT NULL CHECK (setting IN ('validity_months', 'grace_days', 'initial_days', 'level')),
    value          text NOT NULL,
    reason         text NOT NULL CHECK (reason <> ''),
    valid_from     date NOT NULL,
    valid_until    date,
    state          text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused', 'taken back')),
    proposed_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    proposed_name  text NOT NULL,
    proposed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    answered_by    integer REFERENCES people.person ON DELETE RESTRICT,
    answered_name  text,
    answered_at    timestamptz,
    answer         text,
    CHECK ((kind = 'end') = (override_id IS NOT NULL) OR state = 'approved'),
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CHECK ((state = 'proposed') = (answered_by IS NULL AND answered_at IS NULL)),
    CHECK (state NOT IN ('approved', 'refused') OR answered_by <> proposed_by),
    CHECK (state <> 'taken back' OR answered_by = proposed_by)
);
CREATE INDEX setting_proposal_force ON passport.setting_proposal (force_id, id DESC);
CREATE INDEX setting_proposal_requirement ON passport.setting_proposal (requirement_id);
CREATE INDEX setting_proposal_override ON passport.setting_proposal (override_id);
CREATE INDEX setting_proposal_proposer ON passport.setting_proposal (proposed_by);
CREATE INDEX setting_proposal_answerer ON passport.setting_proposal (answered_by);

INSERT INTO access.export_kind (kind, most_alone) VALUES ('people of a what-if', 500);

CREATE TABLE licence.what_if (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number        integer NOT NULL REFERENCES passport.policy_version (number) ON DELETE RESTRICT,
    digest        text NOT NULL,
    world         text NOT NULL,
    force_id      smallint REFERENCES people.force ON DELETE RESTRICT,
    begins_on     date NOT NULL,
    days          date[] NOT NULL CHECK (cardinality(days) BETWEEN 1 AND 6),
    state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'under way', 'finished', 'refused', 'stopped')),
    people        integer NOT NULL DEFAULT 0 CHECK (people >= 0),
    done          integer NOT NULL DEFAULT 0 CHECK (done >= 0),
    problem       text,
    asked_by      integer REFERENCES people.person ON DELETE RESTRICT,
    asked_name    text NOT NULL,
    asked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at   timestamptz,
    attached_at   timestamptz,
    lists_gone_at timestamptz,
    CHECK ((state IN ('finished', 'refused', 'stopped')) = (finished_at IS NOT NULL)),
    CHECK (attached_at IS NULL OR state = 'finished' AND force_id IS NULL)
);
COMMENT ON TABLE licence.what_if IS
    'What a draft would change, on the days asked for, beside what was approved then (world); it writes to no standing.';
CREATE INDEX what_if_number ON licence.what_if (number, id DESC);
CREATE INDEX what_if_force ON licence.what_if (force_id);
CREATE INDEX what_if_asker ON licence.what_if (asked_by);

-- One row for each chunk that is done, with its counts: after a worker's death the others go on with those that are missing.
CREATE TABLE licence.what_if_chunk (
    what_if_id integer NOT NULL REFERENCES licence.what_if ON DELETE RESTRICT,
    first_id   integer NOT NULL,
    last_id    integer NOT NULL,
    people     integer NOT NULL,
    counted    jsonb,
    done_at    timestamptz,
    PRIMARY KEY (what_if_id, first_id)
);

CREATE TABLE licence.what_if_person (
    what_if_id integer NOT NULL REFERENCES licence.what_if ON DELETE RESTRICT,
    day        date NOT NULL,
    person_id  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id   smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    unit_id    integer REFERENCES people.unit ON DELETE RESTRICT,
    rank       text NOT NULL,
    change     text NOT NULL,
    before     text NOT NULL,
    after      text NOT NULL,
    owes       text[] NOT NULL,
    owed       text[] NOT NULL,
    stopped    text[] NOT NULL,
    regained   text[] NOT NULL,
    PRIMARY KEY (what_if_id, day, person_id)
);
COMMENT ON TABLE licence.what_if_person IS 'Whom a what-if found to stand otherwise; a guess about a rule, never about them.';
CREATE INDEX what_if_person_list ON licence.what_if_person (what_if_id, day, force_id, change, person_id);
CREATE INDEX what_if_person_person ON licence.what_if_person (person_id);
CREATE INDEX what_if_person_force ON licence.what_if_person (force_id);
CREATE INDEX what_if_person_unit ON licence.what_if_person (unit_id);
"""

BACKWARDS = """
DELETE FROM access.export_kind WHERE kind = 'people of a what-if';
DROP TABLE licence.what_if_person, licence.what_if_chunk, licence.what_if, passport.setting_proposal;
DROP TRIGGER policy_version_needs_a_second_person ON passport.policy_version;
DROP FUNCTION passport.policy_needs_a_second_person;
DROP TABLE passport.policy_revision;
ALTER TABLE passport.policy_version DROP revision, DROP based_on, DROP withdrawn_by, DROP withdrawn_at,
    DROP withdrawn_reason;
"""


async def forwards() -> MigrationManager:
    """Build the policy desk."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
