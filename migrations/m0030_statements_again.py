"""Statements are found again by whom they concern, by activity and registration, in the order in which they were stored."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0030-statements-again"
VERSION = "1.38.0"

# An index holds the hash of an address, because a row of an index may not be as long as an address may.
FORWARDS = """
ALTER TABLE passport.statement
    ADD agents         uuid[] NOT NULL DEFAULT '{}',
    ADD related_agents uuid[] NOT NULL DEFAULT '{}',
    ADD activities     uuid[] NOT NULL DEFAULT '{}',
    ADD registration   uuid,
    ADD refers_to      uuid;
COMMENT ON COLUMN passport.statement.agents IS 'Hashes of whom it names as actor or object, members of groups among them.';
COMMENT ON COLUMN passport.statement.related_agents IS 'Those, and whoever its context names.';
COMMENT ON COLUMN passport.statement.activities IS 'Hashes of its activity and of those of its context.';
CREATE INDEX statement_stored ON passport.statement (force_id, client, stored_at, id);
CREATE INDEX statement_agents ON passport.statement USING gin (related_agents);
CREATE INDEX statement_activities ON passport.statement USING gin (activities);
CREATE INDEX statement_refers ON passport.statement (force_id, refers_to) WHERE refers_to IS NOT NULL;

DROP INDEX passport.statement_mapping_held;
CREATE UNIQUE INDEX statement_mapping_held ON passport.statement_mapping (force_id, md5(activity), md5(verb))
    WHERE ended_at IS NULL;
DROP INDEX passport.statement_actor_held;
CREATE UNIQUE INDEX statement_actor_held ON passport.statement_actor (force_id, md5(actor)) WHERE ended_at IS NULL;
"""

BACKWARDS = """
DROP INDEX passport.statement_actor_held;
CREATE UNIQUE INDEX statement_actor_held ON passport.statement_actor (force_id, actor) WHERE ended_at IS NULL;
DROP INDEX passport.statement_mapping_held;
CREATE UNIQUE INDEX statement_mapping_held ON passport.statement_mapping (force_id, activity, verb) WHERE ended_at IS NULL;
DROP INDEX passport.statement_refers, passport.statement_activities, passport.statement_agents, passport.statement_stored;
ALTER TABLE passport.statement
    DROP refers_to, DROP registration, DROP activities, DROP related_agents, DROP agents;
"""


async def forwards() -> MigrationManager:
    """Go up a page."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
