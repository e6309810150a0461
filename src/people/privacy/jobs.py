"""Who tells the privacy officer that somebody opened unusually many records?"""

from foundation.clock import today
from foundation.database import transaction
from foundation.jobs.handlers import Handler, Work
from foundation.jobs.upkeep import Watch
from people.glass.facts import answering_for
from people.notices.actions import give
from people.notices.rules import NewNotice, Rung

JOB = "readings.alert"
WATCH = Watch(JOB, "SELECT FROM access.reading_alert WHERE told_at IS NULL")
BODY = """Somebody of your force opened the records of at least 30 people within ten minutes.

Look into it: there may be a good reason, and there may not."""


async def alert(_work: Work) -> None:
    """Tell the privacy officers of the reader's force of every alert, once, and without anybody's name."""
    on = today()
    async with transaction() as connection:
        raised = await connection.fetch(
            """UPDATE access.reading_alert SET told_at = clock_timestamp() WHERE told_at IS NULL
            RETURNING id, reader_id, (SELECT force_id FROM people.directory WHERE person_id = reader_id) AS force_id"""
        )
        for row in raised:
            officers = await answering_for(row["force_id"] or 0, but=(row["reader_id"],))
            notices = [
                NewNotice(
                    officer,
                    f"READING:{row['id']}",
                    on,
                    Rung.TOLD,
                    "Somebody opened unusually many records",
                    BODY,
                )
                for officer in officers
            ]
            await give(connection, notices, created_for=on)


HANDLERS = (Handler(JOB, alert),)
