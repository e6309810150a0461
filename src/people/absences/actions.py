"""How does an absence begin and end?"""

from datetime import date

from foundation.audit import Actor, Event, recorded
from people.absences.facts import RecordedAbsence
from people.posts.rules import AbsenceKind, Period
from people.records import Fact, subject_of, withdraw
from people.records import end as end_record
from people.refusals import explained

PURPOSE = "keeping the workforce record"


async def start(*, actor: Actor, person_id: int, kind: AbsenceKind, period: Period) -> RecordedAbsence:
    """Record that a person is away, through a last day or until further notice.

    :raises ConflictError: an absence is already recorded on some of these days.
    """
    with explained():
        async with recorded(actor, Event("absence started", PURPOSE, person_id)) as connection:
            new_id = await connection.fetchval(
                """INSERT INTO people.absence (person_id, kind, valid_from, valid_until, recorded_by)
                   VALUES ($1, $2, $3, $4, $5) RETURNING id""",
                person_id, kind, period.starts_on, period.ends_on, actor.person_id,
            )  # fmt: skip
    return RecordedAbsence(new_id, person_id, kind, period)


async def end(*, actor: Actor, absence_id: int, last_day: date, reason: str) -> int:
    """Record an absence's last day, and return the number of the record that now says so.

    :raises ConflictError: somebody else changed it meanwhile, or another absence follows too soon.
    """
    person_id = await subject_of(Fact.ABSENCE, absence_id)
    with explained():
        async with recorded(actor, Event("absence ended", PURPOSE, person_id)) as connection:
            by = actor.person_id
            return await end_record(
                connection, Fact.ABSENCE, absence_id, last_day=last_day, by=by, reason=reason
            )


async def annul(*, actor: Actor, absence_id: int, reason: str) -> None:
    """Withdraw an absence that never was."""
    person_id = await subject_of(Fact.ABSENCE, absence_id)
    with explained():
        async with recorded(actor, Event("absence annulled", PURPOSE, person_id)) as connection:
            await withdraw(connection, Fact.ABSENCE, absence_id, by=actor.person_id, reason=reason)
