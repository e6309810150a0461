"""How is a passport read, so that whoever reads another person's has left their name first?"""

from datetime import date, datetime

from foundation.audit import Actor, Event, recorded
from licence.passport_page.facts import evidence_of, passport_of
from licence.passport_page.judged import Evidence
from licence.passport_page.view import Passport


async def read_passport(
    *, reader: Actor, person_id: int, on: date, known: datetime | None = None, purpose: str
) -> Passport:
    """Return a passport for a day; reading somebody else's is written down before anything is read."""
    is_own = reader.person_id == person_id
    if not is_own:
        await _note(reader, person_id, "passport read", purpose, on=on, known=known)
    return await passport_of(person_id, on, is_reader=is_own, known=known)


async def read_evidence(
    *, reader: Actor, person_id: int, on: date, known: datetime | None = None, purpose: str
) -> tuple[Evidence, ...]:
    """Return a person's evidence; reading somebody else's is written down before anything is read."""
    if reader.person_id != person_id:
        await _note(reader, person_id, "evidence read", purpose, on=on, known=known)
    return await evidence_of(person_id, known=known)


async def _note(
    reader: Actor, person_id: int, event: str, purpose: str, *, on: date, known: datetime | None
) -> None:
    detail = {"on": on.isoformat(), "known": known.isoformat() if known else None}
    async with recorded(reader, Event(event, purpose, person_id, detail)):
        pass  # the line of audit is all that is written; it stands before anything is read
