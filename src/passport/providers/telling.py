"""Who is told that evidence of theirs is in doubt, and what came of it? Never why: an e-mail is read by others too."""

from collections.abc import Iterable, Mapping
from datetime import date

from asyncpg import Connection, Record

from foundation.wording import as_date
from passport.providers.facts import IN_DOUBT, Doubt, Licence
from passport.providers.rules import Answer
from people.notices.actions import give
from people.notices.rules import NewNotice, Rung

_SETTLED = {
    Answer.CONFIRMED: ("is confirmed", "It counts, and is in doubt no longer."),
    Answer.WITHDRAWN: ("has been withdrawn", "It no longer counts. Read why."),
}
_AGAIN = ("calls for training again", "It stands for now. Learning and development tells you when.")
_DOUBTED = f"""
SELECT evidence.id, person_id, completed_on, code
  FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
 WHERE (provider_id, requirement_id) = (SELECT licence.provider_id, licence.requirement_id
                                          FROM passport.provider_licence AS licence WHERE licence.id = $1)
   AND completed_on > $2 AND {IN_DOUBT}
"""  # noqa: S608 - our own condition
_GIVEN = f"""
SELECT evidence.id, evidence.person_id, completed_on, code
  FROM passport.class_evidence JOIN passport.evidence ON evidence.id = evidence_id
  JOIN passport.requirement ON requirement.id = requirement_id WHERE class_id = $1 AND {IN_DOUBT}
"""  # noqa: S608 - our own condition


async def tell_in_doubt(connection: Connection, ended: Licence, last_day: date, *, on: date) -> int:
    """Tell everybody whose evidence the end of a licence casts doubt on, once for each record; return how many are new."""
    found = await connection.fetch(_DOUBTED, ended.id, last_day)
    return await _tell(connection, found, {ended.requirement: ended.title}, on=on)


async def tell_given_in_doubt(
    connection: Connection, class_id: int, titles: Mapping[str, str], *, on: date
) -> int:
    """Tell everybody to whom a class gave evidence that is in doubt, once for each record; return how many are new.

    `titles` names what the class meets, by code.
    """
    return await _tell(connection, await connection.fetch(_GIVEN, class_id), titles, on=on)


async def _tell(
    connection: Connection, found: Iterable[Record], titles: Mapping[str, str], *, on: date
) -> int:
    notices = [
        NewNotice(
            row["person_id"],
            f"DOUBT:{row['id']}",
            row["completed_on"],
            Rung.TOLD,
            f"A record of yours is in doubt: {titles[row['code']]}",
            f"It was completed on {as_date(row['completed_on'])}, with somebody who was not licensed to deliver it on that "
            "day. It stands until learning and development has looked at it.",
        )
        for row in found
    ]
    return await give(connection, notices, created_for=on)


async def tell_answered(connection: Connection, doubt: Doubt, said: Answer, *, on: date) -> None:
    """Tell a person what came of the doubt about a record of theirs."""
    words, body = _SETTLED.get(said, _AGAIN)
    notice = NewNotice(
        doubt.person_id,
        f"DOUBT:{doubt.evidence_id}:{said}",
        on,
        Rung.TOLD,
        f"A record of yours that was in doubt {words}: {doubt.title}",
        f"It was completed on {as_date(doubt.completed_on)}. {body}",
    )
    await give(connection, [notice], created_for=on)
