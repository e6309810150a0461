"""The walls: the database's own roles, the vetting cases, and which rows of each confidential wing are whose."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, FORCES, TODAY, acting_as, described, policy, walled

ID = "0011-walls"
VERSION = "1.38.0"

# A role of the server belongs to all of its databases, and another of them may be making it at this very moment. Nobody
# inherits what lies behind a wall: they step behind it, for one transaction (docs/decisions/0014).
ROLES = """
DO $$
DECLARE
    wanted text;
    pair text[];
    may_set boolean;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['attested_web', 'attested_worker', 'attested_reporting', 'attested_wellbeing',
                                  'attested_vetting', 'attested_sealer', 'attested_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = wanted AND (rolsuper OR rolbypassrls OR rolinherit)) THEN
            RAISE EXCEPTION 'the role % exists, and may more than Attested lets it', wanted;
        END IF;
    END LOOP;
    FOREACH pair SLICE 1 IN ARRAY ARRAY[
        ['attested_wellbeing', 'attested_web'], ['attested_vetting', 'attested_web'],
        ['attested_auditor', 'attested_web'], ['attested_reporting', 'attested_web'],
        ['attested_sealer', 'attested_worker'], ['attested_reporting', 'attested_worker']] LOOP
        IF NOT pg_has_role(pair[2], pair[1], 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', pair[1], pair[2]);
            EXCEPTION WHEN unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
    FOREACH wanted IN ARRAY ARRAY['attested_web', 'attested_worker'] LOOP
        may_set := pg_has_role(current_user, wanted,
                               CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END);
        IF NOT may_set THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END $$;
"""

VETTING = """
CREATE SCHEMA vetting;
CREATE SEQUENCE vetting.case_number AS integer;

CREATE TABLE vetting.vetting_case (
    number       integer PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id     smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    level        text NOT NULL CHECK (level <> ''),
    opened_on    date NOT NULL,
    opened_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    outcome      text CHECK (outcome IN ('granted', 'refused', 'withdrawn', 'discontinued')),
    concluded_on date,
    told_on      date,
    CHECK (opened_by <> person_id),
    CHECK ((outcome IS NULL) = (concluded_on IS NULL)),
    CHECK (told_on IS NULL OR outcome IS NOT NULL)
);
COMMENT ON TABLE vetting.vetting_case IS
    'Whoever opens a case draws its number first: to read it back they would need to be assigned to it.';
CREATE INDEX vetting_case_person ON vetting.vetting_case (person_id);
CREATE INDEX vetting_case_force ON vetting.vetting_case (force_id);

CREATE TABLE vetting.case_material (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_number  integer NOT NULL REFERENCES vetting.vetting_case ON DELETE RESTRICT,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    kind         text NOT NULL CHECK (kind IN ('reason', 'adverse material', 'condition')),
    text         text NOT NULL CHECK (text <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by  integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    disclosed_at timestamptz,
    disclosed_by integer REFERENCES people.person ON DELETE RESTRICT,
    CHECK (recorded_by <> person_id AND disclosed_by <> person_id),
    CHECK ((disclosed_at IS NULL) = (disclosed_by IS NULL))
);
CREATE INDEX case_material_case ON vetting.case_material (case_number);
CREATE INDEX case_material_person ON vetting.case_material (person_id);
COMMENT ON COLUMN vetting.case_material.disclosed_at IS
    'The harm test was passed (The Police (Vetting) Regulations 2025, regulation 8): the person may read it.';

CREATE TABLE vetting.case_assignment (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_number  integer NOT NULL REFERENCES vetting.vetting_case ON DELETE RESTRICT,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id     smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    officer_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    valid_from   date NOT NULL,
    valid_until  date,
    opened_by    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    agreed_by    integer REFERENCES people.person ON DELETE RESTRICT,
    agreed_at    timestamptz,
    CHECK (officer_id <> person_id AND opened_by <> person_id),
    CONSTRAINT a_second_person_agrees CHECK (agreed_by NOT IN (opened_by, officer_id, person_id)),
    CHECK ((agreed_by IS NULL) = (agreed_at IS NULL)),
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    EXCLUDE USING gist (case_number WITH =, officer_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)
);
CREATE INDEX case_assignment_officer ON vetting.case_assignment (officer_id);
CREATE INDEX case_assignment_force ON vetting.case_assignment (force_id);
CREATE INDEX case_assignment_person ON vetting.case_assignment (person_id);
COMMENT ON TABLE vetting.case_assignment IS 'It opens the case once a second person has agreed to it, and not before.';

CREATE FUNCTION vetting.agreed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agreed_by IS DISTINCT FROM nullif(current_setting('app.person', true), '')::int THEN
        RAISE EXCEPTION 'whoever agrees says so themselves' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.agreed_by IS NOT NULL THEN
        RAISE EXCEPTION 'this has been agreed already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_is_agreed_once BEFORE UPDATE OF agreed_by ON vetting.case_assignment
    FOR EACH ROW WHEN (OLD.agreed_by IS DISTINCT FROM NEW.agreed_by) EXECUTE FUNCTION vetting.agreed_once();
CREATE TRIGGER assignment_waits_for_agreement BEFORE INSERT ON vetting.case_assignment
    FOR EACH ROW WHEN (NEW.agreed_by IS NOT NULL) EXECUTE FUNCTION vetting.agreed_once();

CREATE TABLE vetting.clearance (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    force_id     smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    case_number  integer REFERENCES vetting.vetting_case ON DELETE RESTRICT,
    level        text NOT NULL CHECK (level <> ''),
    valid_from   date NOT NULL,
    valid_until  date NOT NULL,
    status       text NOT NULL CHECK (status IN ('held', 'suspended', 'withdrawn', 'ended')),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by  integer REFERENCES people.person ON DELETE RESTRICT,
    agreed_by    integer REFERENCES people.person ON DELETE RESTRICT,
    CHECK (valid_until >= valid_from),
    CHECK (recorded_by <> person_id AND agreed_by <> person_id AND agreed_by <> recorded_by),
    CHECK (status <> 'withdrawn' OR (recorded_by IS NOT NULL AND agreed_by IS NOT NULL))
);
CREATE INDEX clearance_person ON vetting.clearance (person_id, level, recorded_at DESC);
CREATE INDEX clearance_force ON vetting.clearance (force_id, valid_until);
CREATE INDEX clearance_case ON vetting.clearance (case_number);
COMMENT ON TABLE vetting.clearance IS 'Each record follows the one before; the latest of a level is what holds.';
CREATE TRIGGER clearance_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON vetting.clearance
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();

-- All that ever leaves the vetting unit: which clearance somebody has, and until when. Neither reasons nor conditions.
CREATE TABLE licence.clearance_held (
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    level        text NOT NULL,
    valid_from   date NOT NULL,
    valid_until  date NOT NULL,
    is_held      boolean NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (person_id, level)
);
CREATE INDEX clearance_held_until ON licence.clearance_held (valid_until);
CREATE FUNCTION vetting.publish_clearances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO licence.clearance_held AS known (person_id, level, valid_from, valid_until, is_held, recorded_at)
    SELECT DISTINCT ON (person_id, level) person_id, level, valid_from, valid_until, status = 'held', recorded_at
      FROM recorded ORDER BY person_id, level, recorded_at DESC, id DESC
    ON CONFLICT (person_id, level) DO UPDATE SET valid_from = excluded.valid_from, valid_until = excluded.valid_until,
           is_held = excluded.is_held, recorded_at = excluded.recorded_at;
    RETURN NULL;
END $$;
CREATE TRIGGER clearances_are_published AFTER INSERT ON vetting.clearance REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION vetting.publish_clearances();
"""

SELF = f"{acting_as('officer')} AND person_id = {ACTOR}"
OWN_FORCE = f"force_id = ANY ({FORCES})"
# Nobody reads or writes what is about themselves through a role that they were granted.
FORCE = f"{OWN_FORCE} AND person_id <> {ACTOR}"
HEALTH = f"{acting_as('occupational health')} AND {FORCE}"
CARE = f"{acting_as('occupational health', 'wellbeing coordinator')} AND {FORCE}"
VETTER = f"{acting_as('vetting officer')} AND {FORCE}"
FEED = f"{acting_as('incident feed')} AND {OWN_FORCE} AND recorded_by IS NULL"
TREATING = f"""{HEALTH} AND person_id IN (SELECT treatment.person_id FROM wellbeing.treatment
    WHERE clinician_id = {ACTOR} AND valid_from <= {TODAY} AND coalesce(valid_until >= {TODAY}, true))"""
REPORT = f"""{acting_as("supervisor")} AND {OWN_FORCE} AND recorded_by = {ACTOR}
    AND attended_on BETWEEN {TODAY} - 7 AND {TODAY}
    AND person_id IN (SELECT line.person_id FROM people.line WHERE supervisor_id = {ACTOR} AND superseded_at IS NULL
                         AND valid_from <= {TODAY} AND coalesce(valid_until >= {TODAY}, true))"""
ASSIGNED = f"""IN (SELECT assigned.case_number FROM vetting.case_assignment AS assigned
    WHERE assigned.officer_id = {ACTOR} AND assigned.agreed_by IS NOT NULL AND assigned.valid_from <= {TODAY}
      AND coalesce(assigned.valid_until >= {TODAY}, true))"""
MY_CASE = f"{acting_as('vetting officer')} AND person_id <> {ACTOR}"


def served(table: str) -> str:
    """Return the condition that a new row is about somebody who serves in the force it is made for."""
    return f"""EXISTS (SELECT FROM people.directory AS listed
        WHERE listed.person_id = {table}.person_id AND listed.force_id = {table}.force_id)"""


WELLBEING_POLICIES = (
    policy("wellbeing.check_offer", "SELECT", "one's own", using=SELF),
    policy("wellbeing.check_offer", "SELECT", "care of the force", using=CARE),
    policy("wellbeing.check_offer", "INSERT", "care of the force", check=f"{CARE} AND {served('check_offer')}"),
    policy("wellbeing.check_response", "SELECT", "one's own", using=SELF),
    policy("wellbeing.check_response", "INSERT", "one's own", check=f"{SELF} AND {OWN_FORCE}"),
    policy("wellbeing.check_response", "SELECT", "health of the force", using=HEALTH),
    policy("wellbeing.exposure", "SELECT", "one's own", using=SELF),
    policy("wellbeing.exposure", "INSERT", "one's own", check=f"{SELF} AND {OWN_FORCE} AND recorded_by = {ACTOR}"),
    policy("wellbeing.exposure", "SELECT", "care of the force", using=CARE),
    policy("wellbeing.exposure", "INSERT", "care of the force", check=f"{CARE} AND {served('exposure')}"),
    policy("wellbeing.exposure", "INSERT", "one's report of the last seven days", check=REPORT),
    policy("wellbeing.exposure", "INSERT", "the force's incident system", check=f"{FEED} AND {served('exposure')}"),
    policy("wellbeing.treatment", "SELECT", "one's own", using=SELF),
    policy("wellbeing.treatment", "SELECT", "as clinician", using=f"{HEALTH} AND clinician_id = {ACTOR}"),
    policy("wellbeing.treatment", "INSERT", "health of the force", check=f"{HEALTH} AND {served('treatment')}"),
    policy("wellbeing.treatment", "UPDATE", "as clinician", using=f"{HEALTH} AND clinician_id = {ACTOR}"),
    policy("wellbeing.care_note", "SELECT", "one's own", using=f"{SELF} AND released_at IS NOT NULL"),
    policy("wellbeing.care_note", "SELECT", "treating", using=TREATING),
    policy("wellbeing.care_note", "INSERT", "treating", check=f"{TREATING} AND author_id = {ACTOR}"),
    policy("wellbeing.care_note", "UPDATE", "treating", using=f"{TREATING} AND released_at IS NULL", check=f"{TREATING} AND released_by = {ACTOR}"),
)  # fmt: skip
VETTING_POLICIES = (
    policy("vetting.vetting_case", "SELECT", "one's own outcome", using=f"{SELF} AND told_on <= {TODAY}"),
    policy("vetting.vetting_case", "SELECT", "assigned", using=f"{MY_CASE} AND number {ASSIGNED}"),
    policy("vetting.vetting_case", "INSERT", "vetting of the force", check=f"{VETTER} AND opened_by = {ACTOR}"),
    policy("vetting.vetting_case", "UPDATE", "assigned", using=f"{MY_CASE} AND number {ASSIGNED}"),
    policy("vetting.case_material", "SELECT", "one's own", using=f"{SELF} AND disclosed_at IS NOT NULL"),
    policy("vetting.case_material", "SELECT", "assigned", using=f"{MY_CASE} AND case_number {ASSIGNED}"),
    policy("vetting.case_material", "INSERT", "assigned", check=f"{MY_CASE} AND case_number {ASSIGNED} AND recorded_by = {ACTOR}"),
    policy("vetting.case_material", "UPDATE", "assigned", using=f"{MY_CASE} AND case_number {ASSIGNED} AND disclosed_at IS NULL", check=f"{MY_CASE} AND case_number {ASSIGNED} AND disclosed_by = {ACTOR}"),
    policy("vetting.case_assignment", "SELECT", "vetting of the force", using=VETTER),
    policy("vetting.case_assignment", "INSERT", "vetting of the force", check=f"{VETTER} AND opened_by = {ACTOR}"),
    policy("vetting.case_assignment", "UPDATE", "vetting of the force", using=VETTER),
    policy("vetting.clearance", "SELECT", "one's own", using=SELF),
    policy("vetting.clearance", "SELECT", "vetting of the force", using=VETTER),
    policy("vetting.clearance", "INSERT", "vetting of the force", check=f"{VETTER} AND recorded_by = {ACTOR}"),
)  # fmt: skip

WALLED = (
    *(
        f"wellbeing.{table}"
        for table in ("check_offer", "check_response", "exposure", "treatment", "care_note")
    ),
    *(f"vetting.{table}" for table in ("vetting_case", "case_material", "case_assignment", "clearance")),
)

FORWARDS = "\n".join((ROLES, VETTING, walled(*WALLED), *WELLBEING_POLICIES, *VETTING_POLICIES))

# The roles stay: other databases of the server may have them too.
BACKWARDS = """
DROP OWNED BY attested_web, attested_worker, attested_reporting, attested_wellbeing, attested_vetting, attested_sealer,
    attested_auditor;
DROP SCHEMA vetting CASCADE;
DROP TABLE licence.clearance_held;
DO $$
DECLARE opened record;
BEGIN
    FOR opened IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'wellbeing' LOOP
        EXECUTE format('DROP POLICY %I ON wellbeing.%I', opened.policyname, opened.tablename);
    END LOOP;
    FOR opened IN SELECT tablename FROM pg_tables WHERE schemaname = 'wellbeing' LOOP
        EXECUTE format('ALTER TABLE wellbeing.%I DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', opened.tablename);
    END LOOP;
END $$;
"""


async def forwards() -> MigrationManager:
    """Build the walls."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
