"""Leadership: examples that somebody gives against the standards, and what others judge of each standard."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, described, policy

ID = "0026-leadership"
VERSION = "1.38.0"

FORWARDS = f"""
CREATE TABLE passport.leadership_example (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    title        text NOT NULL CHECK (title <> ''),
    happened_on  date CHECK (isfinite(happened_on)),
    text         text NOT NULL DEFAULT '',
    standards    text[] NOT NULL DEFAULT '{{}}',
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    offered_at   timestamptz,
    discarded_at timestamptz,
    CHECK (offered_at IS NULL OR (happened_on IS NOT NULL AND text <> '' AND standards <> '{{}}')),
    CHECK (offered_at IS NULL OR discarded_at IS NULL)
);
COMMENT ON TABLE passport.leadership_example IS
    'Its author alone sees it until it is offered; from then on it is evidence, and stays as it is.';
CREATE INDEX leadership_example_person ON passport.leadership_example (person_id, id DESC);
CREATE INDEX leadership_example_offered ON passport.leadership_example (offered_at) WHERE offered_at IS NOT NULL;

CREATE FUNCTION passport.offered_examples_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an example that was offered stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER leadership_example_stays BEFORE UPDATE ON passport.leadership_example
    FOR EACH ROW WHEN (OLD.offered_at IS NOT NULL) EXECUTE FUNCTION passport.offered_examples_stay();

CREATE TABLE passport.leadership_judgement (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    standard    text NOT NULL CHECK (standard ~ '^[A-Z0-9-]+$'),
    verdict     text NOT NULL CHECK (verdict IN ('met', 'partly', 'not yet', 'not seen')),
    words       text NOT NULL CHECK (words <> ''),
    capacity    text NOT NULL CHECK (capacity IN ('supervisor', 'assessor')),
    judged_by   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (judged_by <> person_id)
);
COMMENT ON TABLE passport.leadership_judgement IS 'Never changed: the latest of each capacity counts, and those before stay.';
CREATE INDEX leadership_judgement_person ON passport.leadership_judgement (person_id, standard, id);
CREATE INDEX leadership_judgement_judge ON passport.leadership_judgement (judged_by);
CREATE TRIGGER leadership_judgement_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON passport.leadership_judgement
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();

ALTER TABLE passport.leadership_example ENABLE ROW LEVEL SECURITY;
{policy("passport.leadership_example", "SELECT", "one’s own", using=f"person_id = {ACTOR}")}
{policy("passport.leadership_example", "SELECT", "what was offered", using="offered_at IS NOT NULL")}
{policy("passport.leadership_example", "INSERT", "one’s own", check=f"person_id = {ACTOR}")}
{policy("passport.leadership_example", "UPDATE", "one’s own", using=f"person_id = {ACTOR}", check=f"person_id = {ACTOR}")}
"""

BACKWARDS = """
DROP TABLE passport.leadership_judgement, passport.leadership_example;
DROP FUNCTION passport.offered_examples_stay;
"""


async def forwards() -> MigrationManager:
    """Let leadership be shown and judged."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
