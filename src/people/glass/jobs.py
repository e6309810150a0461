"""What about broken glass does nobody have to remember: overdue reviews, and people who may be told at last?"""

from foundation.clock import today
from foundation.database import transaction
from foundation.jobs.handlers import Handler, Work
from foundation.jobs.upkeep import Watch
from people.glass.breaking import TELLABLE, tell_subjects
from people.glass.facts import answering_for
from people.glass.telling import overdue
from people.notices.actions import give

JOB = "glass.see"
OVERDUE = "reviewed_at IS NULL AND flagged_at IS NULL AND opened_at < clock_timestamp() - interval '24 hours'"
WATCH = Watch(JOB, f"SELECT FROM access.glass WHERE {OVERDUE} OR told_at IS NULL AND {TELLABLE}")


async def see(_work: Work) -> None:
    """Flag every review that is overdue, once, and tell whoever may be told by now."""
    on = today()
    async with transaction() as connection:
        late = await connection.fetch(
            f"""UPDATE access.glass SET flagged_at = clock_timestamp() WHERE {OVERDUE}
                RETURNING id, force_id, person_id, subject_id"""  # noqa: S608 - our own words
        )
        for row in late:
            officers = await answering_for(row["force_id"], but=(row["person_id"], row["subject_id"]))
            await give(
                connection, [overdue(officer, row["id"], on=on) for officer in officers], created_for=on
            )
        await tell_subjects(connection)


HANDLERS = (Handler(JOB, see),)
