"""The work of every night: the first one follows on the day the service is installed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0008-schedules"
VERSION = "1.38.0"

FORWARDS = """
INSERT INTO foundation.schedule (name, job, runs_at, weekday, payload, starts_on)
SELECT given.*, (now() AT TIME ZONE 'Europe/London')::date FROM (VALUES
    ('Posts that begin or end', 'directory.refresh', time '00:05', NULL::smallint, jsonb '{}'),
    ('Nightly sweep of every licence', 'licence.sweep', '00:10', NULL, '{}'),
    ('Overdue development conversations', 'conversations.flag', '00:30', NULL, '{}'),
    ('Overdue wellbeing assessments', 'assessments.flag', '00:40', NULL, '{}'),
    ('Check a sample of stored standings', 'licence.verify', '03:30', NULL, '{"everyone": false}'),
    ('Check every stored standing', 'licence.verify', '04:30', 7, '{"everyone": true}'),
    ('Clear away finished jobs', 'jobs.tidy', '05:00', NULL, '{}')
) AS given (name, job, runs_at, weekday, payload);
"""

BACKWARDS = "DELETE FROM foundation.schedule_run; DELETE FROM foundation.schedule;"


async def forwards() -> MigrationManager:
    """Enter the schedules."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
