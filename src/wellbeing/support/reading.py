"""How is somebody's care read: for a stated purpose, written down first, and by nobody but who gives it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.confidential import Asker, reached
from access.identity import NOBODY
from access.permissions import Permission
from access.roles import Role
from access.walls import Wall, behind
from foundation.audit import Event, recorded
from foundation.problems import NotFoundError
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id, persons
from wellbeing.support import facts
from wellbeing.support.errors import NoForceError, NoPurposeError
from wellbeing.support.facts import Care, Offer, Unanswered
from wellbeing.support.published import Due, due_checks
from wellbeing.support.rules import Purpose, Terms

CARE = "care"


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom support is to be offered to, whom it was offered to lately, and who they are."""

    after_events: Sequence[Unanswered]
    due: Sequence[Due]
    offered: Sequence[Offer]
    people: Mapping[int, NamedPerson]


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody within reach, and the force they serve in."""

    person: NamedPerson
    force_id: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody's care, looked at for a purpose."""

    about: Reached
    care: Care
    authors: Mapping[int, NamedPerson]
    purpose: Purpose


def is_clinical(asker: Asker) -> bool:
    """Say whether whoever asks is of occupational health, to whom answers and notes may be shown."""
    return asker.identity.holds(Role.OCCUPATIONAL_HEALTH)


async def read_desk(asker: Asker, terms: Terms, *, on: date) -> Desk:
    """Return what is to be offered and what was, within reach of whoever asks."""
    event = Event("care desk read", CARE, role=asker.identity.acts_as)
    async with behind(Wall.WELLBEING, asker.identity, event, request_id=asker.request_id) as connection:
        waiting = await facts.after_events(connection, on=on)
        offered = await facts.offered_lately(connection, on=on)
    due = await due_checks(asker.identity, terms, on=on)
    about = {one.person_id for one in waiting} | {one.person_id for one in offered}
    within = await reached(asker, Permission.CARE_READ, about, on=on)
    shown = {*within, *(one.person_id for one in due)}
    if shown:
        await _note(asker, Event("care listed", CARE, subject_ids=tuple(sorted(shown)), is_reading=True))
    return Desk(
        [one for one in waiting if one.person_id in within],
        due,
        [one for one in offered if one.person_id in within],
        await persons(list(within)),
    )


async def within_reach(asker: Asker, national_id: str, permission: Permission, *, on: date) -> Reached:
    """Return the person with a national identifier, if a permission reaches them.

    :raises NotFoundError: it does not, or nobody has it: the one looks exactly like the other.
    :raises NoForceError: it does, and they serve in no force today.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await reached(asker, permission, [NOBODY], on=on)  # asked alike, so that no clock tells
        raise NotFoundError from None
    subject = (await reached(asker, permission, [found.id], on=on)).get(found.id)
    if subject is None:
        raise NotFoundError
    if subject.force_id is None:
        raise NoForceError
    return Reached(found, subject.force_id)


async def read_care(asker: Asker, national_id: str, purpose: Purpose | None, *, on: date) -> Opened:
    """Open somebody's care.

    :raises NoPurposeError: no purpose was stated; that too is written down.
    :raises NotFoundError: they are out of reach, or there is nobody.
    """
    if purpose is None:
        await _note(asker, Event("care asked for without a purpose", "none stated"))
        raise NoPurposeError
    about = await within_reach(asker, national_id, Permission.CARE_READ, on=on)
    event = Event("care read", purpose, about.person.id, role=asker.identity.acts_as, is_reading=True)
    async with behind(Wall.WELLBEING, asker.identity, event, request_id=asker.request_id) as connection:
        care = await facts.care_of(connection, about.person.id, on=on)
    authors = {one.author_id for one in care.notes} | care.clinician_ids
    return Opened(about, care, await persons(sorted(authors)), purpose)


async def read_own(asker: Asker, *, on: date) -> Care:
    """Return one's own care: what was offered, what one answered, what one attended, and the notes one may read."""
    event = Event("own care read", "own record", asker.person_id, role=Role.OFFICER)
    async with behind(
        Wall.WELLBEING, asker.identity, event, role=Role.OFFICER, request_id=asker.request_id
    ) as connection:
        return await facts.care_of(connection, asker.person_id, on=on)


async def _note(asker: Asker, event: Event) -> None:
    named = Event(
        event.name,
        event.purpose,
        subject_ids=event.subject_ids,
        role=asker.identity.acts_as,
        is_reading=event.is_reading,
    )
    async with recorded(asker.actor, named):
        pass  # that somebody looked, or tried to, is itself what is recorded
