"""What somebody is told who asks for everything held on them: requests, the copies' parts, and what was judged of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, FORCES, TODAY, acting_as, described, policy, walled

ID = "0016-subject-access"
VERSION = "1.38.0"

TABLES = """
CREATE TABLE access.subject_request (
    id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id         integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id          smallint REFERENCES people.force ON DELETE RESTRICT,
    asked_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    asked_on          date NOT NULL,
    due_on            date NOT NULL CHECK (due_on > asked_on),
    extended_to       date CHECK (extended_to > due_on),
    extension_reason  text CHECK (extension_reason <> ''),
    extended_by       integer REFERENCES people.person ON DELETE RESTRICT,
    gathered_at       timestamptz,
    health_judged_at  timestamptz,
    vetting_judged_at timestamptz,
    complete_at       timestamptz GENERATED ALWAYS AS (CASE WHEN num_nulls(gathered_at, health_judged_at, vetting_judged_at) = 0
                          THEN greatest(gathered_at, health_judged_at, vetting_judged_at) END) STORED,
    purged_at         timestamptz,
    CHECK (num_nonnulls(extended_to, extension_reason, extended_by) IN (0, 3)),
    CHECK (extended_by <> person_id)
);
COMMENT ON TABLE access.subject_request IS
    'Every request is judged for health and for vetting, whether or not anything is held there: that it waits says nothing.';
CREATE UNIQUE INDEX subject_request_is_open_once ON access.subject_request (person_id) WHERE complete_at IS NULL;
CREATE INDEX subject_request_person ON access.subject_request (person_id, id DESC);
CREATE INDEX subject_request_force ON access.subject_request (force_id, due_on);

CREATE TABLE access.subject_part (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id   integer NOT NULL REFERENCES access.subject_request ON DELETE RESTRICT,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    part         text NOT NULL CHECK (part IN ('general', 'health', 'vetting')),
    sha256       bytea NOT NULL,
    gathered_on  date NOT NULL,
    content      text NOT NULL,
    UNIQUE (request_id, part)
);
COMMENT ON TABLE access.subject_part IS 'Open to the person alone, until 30 days after the last part; then it is purged. Whoever gathers it cannot read it back.';
CREATE INDEX subject_part_person ON access.subject_part (person_id);
"""
DISCLOSURE = """
CREATE TABLE {schema}.disclosure (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id integer NOT NULL REFERENCES access.subject_request ON DELETE RESTRICT,
    person_id  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    item       text NOT NULL,
    sha256     bytea NOT NULL,
    ground     text CHECK (ground <> ''),
    reason     text CHECK (reason <> ''),
    judged_by  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    judged_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (request_id, item),
    CHECK ((ground IS NULL) = (reason IS NULL)),
    CHECK (judged_by <> person_id)
);
COMMENT ON TABLE {schema}.disclosure IS 'What was judged of each item, over which rows (their hash): no ground means that it was given.';
CREATE TRIGGER disclosure_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
"""

COMPLETED_ON = "(asked.complete_at AT TIME ZONE 'Europe/London')::date"
# The one request that is being judged opens the rows of its person for one transaction, and no others.
JUDGED = "(SELECT nullif(current_setting('app.subject_request', true), '')::int)"
OWN = f"{acting_as('officer')} AND person_id = {ACTOR}"


def judging(role: str, column: str) -> str:
    """Return the condition that a row is of whoever the request is about that the asker judges."""
    return f"""{acting_as(role)} AND person_id <> {ACTOR} AND person_id = (SELECT asked.person_id
        FROM access.subject_request AS asked WHERE asked.id = {JUDGED} AND asked.{column} IS NULL
         AND asked.force_id = ANY ({FORCES}))"""


HEALTH = judging("occupational health", "health_judged_at")
VETTING = judging("vetting officer", "vetting_judged_at")
WALLS = (
    ("wellbeing", HEALTH, ("exposure", "check_offer", "check_response", "treatment", "care_note")),
    ("vetting", VETTING, ("vetting_case", "case_material", "case_assignment", "clearance")),
)
POLICIES = (
    *(
        policy(f"{schema}.{table}", "SELECT", "judged for the person", using=using)
        for schema, using, tables in WALLS
        for table in tables
    ),
    *(
        policy(f"{schema}.disclosure", action, "of the request that is judged", **{how: f"{using} AND request_id = {JUDGED} AND judged_by = {ACTOR}"})
        for schema, using, _ in WALLS
        for action, how in (("SELECT", "using"), ("INSERT", "check"))
    ),
)  # fmt: skip
PARTS = f"""
ALTER TABLE access.subject_part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "select: one's own for 30 days" ON access.subject_part FOR SELECT TO attested_web
    USING ({OWN} AND request_id IN (SELECT asked.id FROM access.subject_request AS asked
        WHERE asked.person_id = {ACTOR} AND coalesce({COMPLETED_ON} >= {TODAY} - 30, true)));
CREATE POLICY "select: to purge" ON access.subject_part FOR SELECT TO attested_worker USING (true);
CREATE POLICY "delete: to purge" ON access.subject_part FOR DELETE TO attested_worker USING (
    request_id IN (SELECT asked.id FROM access.subject_request AS asked WHERE {COMPLETED_ON} < {TODAY} - 30));
CREATE POLICY "insert: gathered" ON access.subject_part FOR INSERT TO attested_worker WITH CHECK (part = 'general');
CREATE POLICY "insert: judged by a clinician" ON access.subject_part FOR INSERT TO attested_wellbeing
    WITH CHECK (part = 'health' AND request_id = {JUDGED} AND {HEALTH});
CREATE POLICY "insert: judged by a vetting officer" ON access.subject_part FOR INSERT TO attested_vetting
    WITH CHECK (part = 'vetting' AND request_id = {JUDGED} AND {VETTING});
"""

FORWARDS = "\n".join(
    (
        TABLES,
        *(DISCLOSURE.format(schema=schema) for schema, _, _ in WALLS),
        *POLICIES,
        walled("wellbeing.disclosure", "vetting.disclosure"),
        PARTS,
    )
)
BACKWARDS = "\n".join(
    (
        *(
            f'DROP POLICY "select: judged for the person" ON {schema}.{table};'
            for schema, _, tables in WALLS
            for table in tables
        ),
        "DROP TABLE wellbeing.disclosure, vetting.disclosure, access.subject_part, access.subject_request;",
    )
)


async def forwards() -> MigrationManager:
    """Make room for requests, their parts and what was judged."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
