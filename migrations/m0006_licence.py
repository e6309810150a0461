"""Determinations on licences, the standing that follows, and every transition of it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import append_only, described, notes_changes

ID = "0006-licence"
VERSION = "1.38.0"

STANDINGS = """'not held', 'provisional', 'active', 'in grace', 'lapsed', 'paused', 'suspended', 'revoked', 'surrendered'"""

FORWARDS = f"""
CREATE SCHEMA licence;

CREATE TABLE licence.determination (
    id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id         integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    kind              text NOT NULL CHECK (kind IN ('grant', 'renew', 'restrict', 'lift restriction', 'suspend',
                          'reinstate', 'revoke', 'surrender')),
    effective_on      date NOT NULL,
    condition         text,
    reasons           text NOT NULL CHECK (reasons <> ''),
    recorded_by       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    approved_by       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at     timestamptz,
    superseded_by     integer REFERENCES people.person ON DELETE RESTRICT,
    superseded_reason text,
    CHECK (approved_by <> recorded_by AND approved_by <> person_id AND recorded_by <> person_id),
    CHECK ((kind IN ('restrict', 'lift restriction')) = (condition IS NOT NULL))
);
COMMENT ON TABLE licence.determination IS 'People decide, time expires: every row names who decided and who agreed.';
CREATE INDEX determination_person ON licence.determination (person_id, effective_on);

-- The projection of decide() for lists and statistics; refreshed, never edited by hand.
CREATE TABLE licence.licence_standing (
    person_id      integer PRIMARY KEY REFERENCES people.person ON DELETE RESTRICT,
    force_id       smallint REFERENCES people.force ON DELETE RESTRICT,
    unit_id        integer REFERENCES people.unit ON DELETE RESTRICT,
    kind           text,
    rank           text,
    standing       text NOT NULL CHECK (standing IN ({STANDINGS})),
    since          date NOT NULL,
    expires_on     date,
    lapses_on      date,
    next_due_on    date,
    because        jsonb NOT NULL,
    held           text[] NOT NULL DEFAULT '{{}}',
    stopped        text[] NOT NULL DEFAULT '{{}}',
    conditions     text[] NOT NULL DEFAULT '{{}}',
    policy_version integer NOT NULL,
    decided_on     date NOT NULL,
    next_change_on date NOT NULL,
    row_version    bigint NOT NULL DEFAULT 1,
    decided_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX licence_standing_due ON licence.licence_standing (next_change_on);
CREATE INDEX licence_standing_list ON licence.licence_standing (force_id, standing, coalesce(lapses_on, 'infinity'), person_id)
    WHERE rank IS NOT NULL;
-- The desk's list: soonest to lapse first, those that never do last, a page at a time.
CREATE INDEX licence_standing_page ON licence.licence_standing (force_id, coalesce(lapses_on, 'infinity'), person_id)
    WHERE rank IS NOT NULL;
CREATE INDEX licence_standing_unit ON licence.licence_standing (unit_id, standing);

-- How many hold each standing, by force, unit and rank: kept by the statement that changes the standings.
CREATE TABLE licence.standing_count (
    force_id       smallint NOT NULL,
    unit_id        integer NOT NULL,
    rank           text NOT NULL,
    standing       text NOT NULL,
    people         integer NOT NULL,
    PRIMARY KEY (force_id, unit_id, rank, standing)
);
CREATE FUNCTION licence.count_standings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO licence.standing_count AS kept
        SELECT coalesce(force_id, 0), coalesce(unit_id, 0), coalesce(rank, ''), standing, count(*) FROM arrived
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (force_id, unit_id, rank, standing) DO UPDATE SET people = kept.people + excluded.people;
    ELSE
        INSERT INTO licence.standing_count AS kept
        SELECT force_id, unit_id, rank, standing, sum(people) FROM (
            SELECT coalesce(force_id, 0) AS force_id, coalesce(unit_id, 0) AS unit_id, coalesce(rank, '') AS rank,
                   standing, count(*) AS people FROM arrived GROUP BY 1, 2, 3, 4
            UNION ALL
            SELECT coalesce(force_id, 0), coalesce(unit_id, 0), coalesce(rank, ''), standing, -count(*)
              FROM departed GROUP BY 1, 2, 3, 4
        ) moved GROUP BY 1, 2, 3, 4 HAVING sum(people) <> 0 ORDER BY 1, 2, 3, 4
        ON CONFLICT (force_id, unit_id, rank, standing) DO UPDATE SET people = kept.people + excluded.people;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER standings_are_counted_in AFTER INSERT ON licence.licence_standing
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION licence.count_standings();
CREATE TRIGGER standings_are_counted_over AFTER UPDATE ON licence.licence_standing
    REFERENCING OLD TABLE AS departed NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION licence.count_standings();

CREATE TABLE licence.transition (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id      integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    from_standing  text CHECK (from_standing IN ({STANDINGS})),
    to_standing    text NOT NULL CHECK (to_standing IN ({STANDINGS})),
    effective_on   date NOT NULL,
    because        jsonb NOT NULL,
    cause          text NOT NULL CHECK (cause IN ('time', 'facts', 'policy', 'first decision')),
    policy_version integer NOT NULL,
    row_version    bigint NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (from_standing <> to_standing),
    UNIQUE (person_id, row_version)
);
CREATE INDEX transition_day ON licence.transition (effective_on, to_standing);
CREATE TRIGGER transition_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON licence.transition
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();

{notes_changes("licence.determination")}
{append_only("licence.determination")}
"""

BACKWARDS = "DROP SCHEMA licence CASCADE;"


async def forwards() -> MigrationManager:
    """Build the wing of decisions."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
