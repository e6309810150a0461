"""Who is told what became of a record, and which it is? Never why: an e-mail is read by others too."""

from datetime import date

from asyncpg import Connection

from foundation.wording import as_date
from passport.learning.errors import EvidenceNotFoundError
from passport.learning.offering import titles
from passport.policy.errors import NoPolicyInForceError
from people.notices.actions import give
from people.notices.rules import NewNotice, Rung
from people.posts.facts import post_on
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
    """Tell the person what somebody else did with which record of theirs, once for each thing done."""
    title, completed_on = await _called(connection, person_id, evidence_id, on)
    headline, body = _WORDS[what]
    notice = NewNotice(
        person_id,
        f"EVIDENCE:{evidence_id}:{what}",
        on,
        Rung.TOLD,
        f"{headline}: {title}",
        f"It says that it was completed on {as_date(completed_on)}. {body}",
    )
    await give(connection, [notice], created_for=on)


async def tell_supervisor(connection: Connection, person_id: int, *, on: date) -> None:
    """Tell whoever supervises somebody that something waits to be verified: once a day, however much it is."""
    above = await connection.fetchrow(SUPERVISORS, [person_id], on, None)
    if above is not None:
        await give(connection, [_to_verifier(above["supervisor_id"], on)], created_for=on)


async def _called(connection: Connection, person_id: int, evidence_id: int, on: date) -> tuple[str, date]:
    """Return how what a record is of is called in the policy of its person's force, and when it was completed.

    :raises EvidenceNotFoundError: there is none.
    """
    row = await connection.fetchrow(
        """SELECT code, completed_on FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
            WHERE evidence.id = $1""",
        evidence_id,
    )
    if row is None:
        raise EvidenceNotFoundError
    held, code = await post_on(person_id, on), str(row["code"])
    try:
        known = await titles(held.place.force_id if held else None, on=on)
    except NoPolicyInForceError:
        known = {}
    return known.get(code, code), row["completed_on"]


def _to_verifier(supervisor_id: int, on: date) -> NewNotice:
    return NewNotice(
        supervisor_id,
        "VERIFY",
        on,
        Rung.TOLD,
        "Somebody you supervise has recorded something",
        "It counts once you, or learning and development, have verified it.",
    )
