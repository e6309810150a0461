"""What stands in people's care? Every query runs behind the wall, which shows each asker what is theirs to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Connection

from wellbeing.support.rules import Reply

LATELY = 30
LOOKS_BACK = 90
MOST = 100


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person attended, and what it was; `is_own` where they said so themselves."""

    kind: str
    attended_on: date
    is_own: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Support that was offered to a person, and their answer, if they gave one and it is the asker's to see."""

    person_id: int
    offered_on: date
    reply: Reply | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """What a clinician wrote; the person reads it once it has been released."""

    id: int
    text: str
    author_id: int
    written_at: datetime
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class Care:
    """All of a person's care that whoever asks may see."""

    events: Sequence[Event]
    offers: Sequence[Offer]
    notes: Sequence[Note]
    clinician_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody to whom nothing has been offered since an event they attended."""

    person_id: int
    kind: str
    attended_on: date


_OFFERS = """
SELECT offer.person_id, offer.offered_on, said.answer, said.answered_at FROM wellbeing.check_offer AS offer
  LEFT JOIN LATERAL (SELECT answer, answered_at FROM wellbeing.check_response AS response
                      WHERE response.person_id = offer.person_id AND response.offered_on = offer.offered_on
                      ORDER BY answered_at DESC, id DESC LIMIT 1) AS said ON true
"""


async def care_of(behind: Connection, person_id: int, *, on: date) -> Care:
    """Return the care of one person, newest first."""
    events = await behind.fetch(
        """SELECT kind, attended_on, recorded_by IS NOT DISTINCT FROM person_id AS is_own FROM wellbeing.exposure
            WHERE person_id = $1 ORDER BY attended_on DESC, id DESC LIMIT 200""",
        person_id,
    )
    offers = await behind.fetch(
        f"{_OFFERS} WHERE offer.person_id = $1 ORDER BY offer.offered_on DESC LIMIT 200",
        person_id,
    )
    notes = await behind.fetch(
        """SELECT id, text, author_id, written_at, released_at FROM wellbeing.care_note
            WHERE person_id = $1 ORDER BY written_at DESC, id DESC LIMIT 200""",
        person_id,
    )
    treating = await behind.fetch(
        """SELECT clinician_id FROM wellbeing.treatment
            WHERE person_id = $1 AND valid_from <= $2 AND coalesce(valid_until >= $2, true)""",
        person_id,
        on,
    )
    return Care(
        [Event(*row) for row in events],
        [_offer(*row) for row in offers],
        [Note(*row) for row in notes],
        frozenset(row["clinician_id"] for row in treating),
    )


async def after_events(behind: Connection, *, on: date) -> Sequence[Unanswered]:
    """Return who attended something lately and was offered nothing since, the longest ago first."""
    rows = await behind.fetch(
        """SELECT * FROM (
               SELECT DISTINCT ON (person_id) person_id, kind, attended_on FROM wellbeing.exposure
                WHERE attended_on BETWEEN $1::date - $2::integer AND $1 AND NOT EXISTS (
                      SELECT FROM wellbeing.check_offer AS offer
                       WHERE offer.person_id = exposure.person_id AND offer.offered_on >= exposure.attended_on)
                ORDER BY person_id, attended_on) AS first
            ORDER BY attended_on, person_id LIMIT $3""",
        on,
        LOOKS_BACK,
        MOST,
    )
    return [Unanswered(*row) for row in rows]


async def offered_lately(behind: Connection, *, on: date) -> Sequence[Offer]:
    """Return the support offered in the last weeks, the latest first."""
    rows = await behind.fetch(
        f"""{_OFFERS} WHERE offer.offered_on BETWEEN $1::date - $2::integer AND $1
             ORDER BY offer.offered_on DESC, offer.person_id LIMIT $3""",
        on,
        LATELY,
        MOST,
    )
    return [_offer(*row) for row in rows]


def _offer(person_id: int, offered_on: date, answer: str | None, answered_at: datetime | None) -> Offer:
    return Offer(person_id, offered_on, None if answer is None else Reply(answer), answered_at)
