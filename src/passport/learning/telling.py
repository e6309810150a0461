"""Who is told what became of a record? In words without names or titles: an e-mail is read by others too."""

from datetime import date

from asyncpg import Connection

from people.notices.actions import give
from people.notices.rules import NewNotice, Rung
from people.supervision.facts import SUPERVISORS

_WORDS = {
    "verified": ("What you recorded has been verified", "It counts from now on."),
    "reopened": (
        "A verification has been taken back",
        "It was verified by mistake, and waits to be verified again.",
    ),
    "declined": (
        "What you recorded has been declined",
        "It does not count. Read why, put it right, and record it again.",
    ),
    "corrected": (
        "A record of yours has been corrected",
        "Read what it says now, what it said before, and why.",
    ),
    "withdrawn": ("A record of yours has been withdrawn", "It no longer counts. Read why."),
    "recorded": ("Something has been recorded for you", "Read what was recorded, and by whom."),
}


async def tell_person(
    connection: Connection, person_id: int, evidence_id: int, what: str, *, on: date
) -> None:
    """Tell the person what somebody else did with a record of theirs, once for each thing done."""
    await give(connection, [_to_person(person_id, evidence_id, what, on)], created_for=on)


async def tell_supervisor(connection: Connection, person_id: int, *, on: date) -> None:
    """Tell whoever supervises somebody that something waits to be verified: once a day, however much it is."""
    above = await connection.fetchrow(SUPERVISORS, [person_id], on, None)
    if above is not None:
        await give(connection, [_to_verifier(above["supervisor_id"], on)], created_for=on)


def _to_person(person_id: int, evidence_id: int, what: str, on: date) -> NewNotice:
    headline, body = _WORDS[what]
    return NewNotice(person_id, f"EVIDENCE:{evidence_id}:{what}", on, Rung.TOLD, headline, body)


def _to_verifier(supervisor_id: int, on: date) -> NewNotice:
    return NewNotice(
        supervisor_id,
        "VERIFY",
        on,
        Rung.TOLD,
        "Somebody you supervise has recorded something",
        "It counts once you, or learning and development, have verified it.",
    )
