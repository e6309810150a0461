"""Classes and who passed, statements of learning systems, earlier learning, dispensations to agree to, and providers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0019-classes"
VERSION = "1.38.0"

PROVIDERS = """
CREATE TABLE passport.provider (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    force_id     smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    name         text NOT NULL CHECK (name <> ''),
    recorded_by  integer REFERENCES people.person ON DELETE RESTRICT,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (force_id, name)
);
CREATE TABLE passport.provider_licence (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_id    integer NOT NULL REFERENCES passport.provider ON DELETE RESTRICT,
    requirement_id smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    valid_from     date NOT NULL,
    valid_until    date,
    recorded_by    integer REFERENCES people.person ON DELETE RESTRICT,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by       integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at       timestamptz,
    ended_reason   text CHECK (ended_reason <> ''),
    CHECK (valid_until >= valid_from),
    CHECK (num_nonnulls(ended_by, ended_at, ended_reason) IN (0, 3)),
    EXCLUDE USING gist (provider_id WITH =, requirement_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)
);
COMMENT ON TABLE passport.provider_licence IS
    'A provider may deliver what a requirement asks from a day through a day. What it delivers afterwards is in doubt.';

ALTER TABLE passport.evidence ADD provider_id integer REFERENCES passport.provider ON DELETE RESTRICT;
CREATE INDEX evidence_provider ON passport.evidence (provider_id, requirement_id) WHERE provider_id IS NOT NULL;

CREATE TABLE passport.doubt_answer (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    evidence_id  bigint NOT NULL REFERENCES passport.evidence ON DELETE RESTRICT,
    answer       text NOT NULL CHECK (answer IN ('confirmed', 'train again', 'withdrawn')),
    reason       text NOT NULL CHECK (reason <> ''),
    answered_by  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    answered_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX doubt_answer_evidence ON passport.doubt_answer (evidence_id);
"""

CLASSES = """
CREATE TABLE passport.training_class (
    id               integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    force_id         smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    held_on          date NOT NULL,
    place            text NOT NULL CHECK (place <> ''),
    provider_id      integer REFERENCES passport.provider ON DELETE RESTRICT,
    made_by          integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    made_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    signed_by        integer REFERENCES people.person ON DELETE RESTRICT,
    signed_at        timestamptz,
    cancelled_by     integer REFERENCES people.person ON DELETE RESTRICT,
    cancelled_at     timestamptz,
    cancelled_reason text CHECK (cancelled_reason <> ''),
    CHECK (num_nonnulls(signed_by, signed_at) IN (0, 2)),
    CHECK (num_nonnulls(cancelled_by, cancelled_at, cancelled_reason) IN (0, 3)),
    CHECK (signed_at IS NULL OR cancelled_at IS NULL)
);
COMMENT ON COLUMN passport.training_class.provider_id IS 'Who delivered it; none is the force itself.';
CREATE INDEX training_class_force ON passport.training_class (force_id, held_on DESC, id DESC);

CREATE TABLE passport.class_requirement (
    class_id       integer NOT NULL REFERENCES passport.training_class ON DELETE RESTRICT,
    requirement_id smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    hours          numeric(5, 2) CHECK (hours > 0),
    PRIMARY KEY (class_id, requirement_id)
);

CREATE TABLE passport.class_place (
    class_id   integer NOT NULL REFERENCES passport.training_class ON DELETE RESTRICT,
    person_id  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    added_by   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome    text CHECK (outcome IN ('passed', 'failed', 'did not attend')),
    marked_by  integer REFERENCES people.person ON DELETE RESTRICT,
    marked_at  timestamptz,
    PRIMARY KEY (class_id, person_id),
    CHECK (num_nonnulls(outcome, marked_by, marked_at) IN (0, 3)),
    CONSTRAINT nobody_signs_for_themselves CHECK (marked_by <> person_id)
);
CREATE INDEX class_place_person ON passport.class_place (person_id);

CREATE TABLE passport.class_evidence (
    evidence_id bigint PRIMARY KEY REFERENCES passport.evidence ON DELETE RESTRICT,
    class_id    integer NOT NULL,
    person_id   integer NOT NULL,
    FOREIGN KEY (class_id, person_id) REFERENCES passport.class_place ON DELETE RESTRICT
);
COMMENT ON TABLE passport.class_evidence IS 'The evidence that signing a sheet recorded, for as long as it stands.';
CREATE INDEX class_evidence_place ON passport.class_evidence (class_id, person_id);
"""

STATEMENTS = """
CREATE TABLE passport.statement (
    force_id       smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    id             uuid NOT NULL,
    client         text NOT NULL,
    stored_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    happened_at    timestamptz NOT NULL,
    actor          text NOT NULL,
    verb           text NOT NULL,
    activity       text,
    digest         bytea NOT NULL,
    content        jsonb NOT NULL,
    outcome        text NOT NULL CHECK (outcome IN ('recorded', 'already recorded', 'not met', 'nobody', 'nothing',
                       'impossible', 'voids', 'ignored')),
    person_id      integer REFERENCES people.person ON DELETE RESTRICT,
    evidence_id    bigint REFERENCES passport.evidence ON DELETE RESTRICT,
    voids          uuid,
    answered_by    integer REFERENCES people.person ON DELETE RESTRICT,
    answered_at    timestamptz,
    PRIMARY KEY (force_id, id),
    CHECK (num_nonnulls(answered_by, answered_at) IN (0, 2))
);
COMMENT ON TABLE passport.statement IS 'What a learning system said (xAPI), as it said it, and what became of it here.';
CREATE INDEX statement_to_answer ON passport.statement (force_id, stored_at) WHERE outcome IN ('nobody', 'nothing', 'impossible');
CREATE INDEX statement_voids ON passport.statement (force_id, voids) WHERE voids IS NOT NULL;
CREATE INDEX statement_person ON passport.statement (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE passport.statement_mapping (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    force_id       smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    activity       text NOT NULL CHECK (activity <> ''),
    verb           text NOT NULL CHECK (verb <> ''),
    needs_success  boolean NOT NULL,
    least_score    numeric(4, 3) CHECK (least_score BETWEEN -1 AND 1),
    requirement_id smallint REFERENCES passport.requirement ON DELETE RESTRICT,
    hours          numeric(5, 2) CHECK (hours > 0),
    recorded_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by       integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at       timestamptz,
    CHECK (num_nonnulls(ended_by, ended_at) IN (0, 2)),
    CHECK (requirement_id IS NOT NULL OR num_nonnulls(least_score, hours) = 0)
);
COMMENT ON COLUMN passport.statement_mapping.requirement_id IS 'None: it is known, and of no interest here.';
COMMENT ON COLUMN passport.statement_mapping.hours IS 'None takes the hours from the duration that the statement gives.';
CREATE UNIQUE INDEX statement_mapping_held ON passport.statement_mapping (force_id, activity, verb) WHERE ended_at IS NULL;

CREATE TABLE passport.statement_actor (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    force_id    smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    actor       text NOT NULL CHECK (actor <> ''),
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_by integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by    integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at    timestamptz,
    CHECK (num_nonnulls(ended_by, ended_at) IN (0, 2)),
    CHECK (recorded_by <> person_id)
);
COMMENT ON TABLE passport.statement_actor IS 'Whom a learning system means by a mailbox or an account that holds no number of ours.';
CREATE UNIQUE INDEX statement_actor_held ON passport.statement_actor (force_id, actor) WHERE ended_at IS NULL;
CREATE INDEX statement_actor_person ON passport.statement_actor (person_id);
"""

DISPENSATIONS = """
CREATE TABLE passport.dispensation_proposal (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    requirement_id  smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    force_id        smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    kind            text NOT NULL CHECK (kind IN ('waiver', 'deferral', 'force failure')),
    reason          text NOT NULL CHECK (reason <> ''),
    evidence_needed text,
    valid_from      date NOT NULL,
    valid_until     date,
    class_id        integer REFERENCES passport.training_class ON DELETE RESTRICT,
    proposed_by     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    proposed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    decision        text CHECK (decision IN ('agreed', 'declined', 'taken back')),
    decided_by      integer REFERENCES people.person ON DELETE RESTRICT,
    decided_at      timestamptz,
    decided_reason  text CHECK (decided_reason <> ''),
    dispensation_id integer REFERENCES passport.dispensation ON DELETE RESTRICT,
    CHECK (valid_until >= valid_from),
    CHECK (kind <> 'deferral' OR valid_until IS NOT NULL),
    CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
    CHECK ((decision = 'declined') <= (decided_reason IS NOT NULL)),
    CHECK ((dispensation_id IS NOT NULL) = coalesce(decision = 'agreed', false)),
    CONSTRAINT nobody_dispenses_themselves CHECK (proposed_by <> person_id AND decided_by <> person_id),
    CONSTRAINT a_second_person_agrees CHECK (decision <> 'agreed' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX dispensation_proposal_waits ON passport.dispensation_proposal (person_id, requirement_id, kind)
    WHERE decision IS NULL;
CREATE INDEX dispensation_proposal_force ON passport.dispensation_proposal (force_id, id DESC);
CREATE INDEX dispensation_proposal_dispensation ON passport.dispensation_proposal (dispensation_id);
"""

PRIOR = """
CREATE TABLE passport.prior_claim (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id       smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    requirement_id smallint NOT NULL REFERENCES passport.requirement ON DELETE RESTRICT,
    learned_at     text NOT NULL CHECK (learned_at <> ''),
    learned_on     date NOT NULL,
    learned        text NOT NULL CHECK (learned <> ''),
    claimed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    decision       text CHECK (decision IN ('accepted', 'declined', 'taken back')),
    decided_by     integer REFERENCES people.person ON DELETE RESTRICT,
    decided_at     timestamptz,
    decided_reason text CHECK (decided_reason <> ''),
    counts_from    date,
    evidence_id    bigint REFERENCES passport.evidence ON DELETE RESTRICT,
    CHECK (num_nonnulls(decision, decided_by, decided_at) IN (0, 3)),
    CHECK ((decision = 'declined') <= (decided_reason IS NOT NULL)),
    CHECK (num_nonnulls(counts_from, evidence_id) = CASE WHEN decision = 'accepted' THEN 2 ELSE 0 END),
    CONSTRAINT nobody_assesses_themselves CHECK ((decided_by = person_id) = (decision = 'taken back'))
);
COMMENT ON TABLE passport.prior_claim IS 'Learning done before or elsewhere, claimed by the person and judged by an assessor.';
CREATE UNIQUE INDEX prior_claim_waits ON passport.prior_claim (person_id, requirement_id) WHERE decision IS NULL;
CREATE INDEX prior_claim_person ON passport.prior_claim (person_id, id DESC);
CREATE INDEX prior_claim_force ON passport.prior_claim (force_id, id);
"""

FORWARDS = f"{PROVIDERS}\n{CLASSES}\n{STATEMENTS}\n{DISPENSATIONS}\n{PRIOR}"
BACKWARDS = """
DROP TABLE passport.prior_claim, passport.dispensation_proposal, passport.statement_actor, passport.statement_mapping,
    passport.statement, passport.class_evidence, passport.class_place, passport.class_requirement,
    passport.training_class, passport.doubt_answer;
ALTER TABLE passport.evidence DROP provider_id;
DROP TABLE passport.provider_licence, passport.provider;
"""


async def forwards() -> MigrationManager:
    """Make room for what fills the passport of itself."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
