"""How is a vetting case read: for a stated purpose, written down first, and by nobody who is not on it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.confidential import Asker
from access.walls import Wall, behind
from foundation.audit import Event, recorded
from foundation.problems import NotFoundError
from licence.vetting import facts
from licence.vetting.errors import NoPurposeError
from licence.vetting.facts import Case, CaseLine, Proposal
from licence.vetting.reach import LARGEST, within_reach
from licence.vetting.rules import Purpose
from people.persons.facts import NamedPerson, persons

LISTED = "vetting"


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a vetting officer, and who the people in it are."""

    cases: Sequence[CaseLine]
    proposals: Sequence[Proposal]
    people: Mapping[int, NamedPerson]


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened for a purpose, and who the people in it are."""

    case: Case
    people: Mapping[int, NamedPerson]
    purpose: Purpose

    @property
    def person(self) -> NamedPerson:
        """Return whom the case is about."""
        return self.people[self.case.person_id]


async def read_desk(asker: Asker, *, on: date) -> Desk:
    """Return the cases on which the asker is, and the proposals to which they may agree."""
    async with behind(
        Wall.VETTING, asker.identity, _event(asker, "vetting desk read", LISTED), request_id=asker.request_id
    ) as connection:
        cases = await facts.my_cases(connection)
        waiting = await facts.proposals(connection, asker.person_id)
    about = {one.person_id for one in cases} | {one.person_id for one in waiting}
    reached = await within_reach(asker, about, on=on)
    shown = Event(
        "vetting cases listed",
        LISTED,
        subject_ids=tuple(sorted(reached)),
        role=asker.identity.acts_as,
        is_reading=True,
    )
    if reached:
        async with recorded(asker.actor, shown):
            pass  # that they are about to be seen is itself what is recorded
    officers = await persons(sorted({each for one in waiting for each in (one.officer_id, one.opened_by)}))
    return Desk(
        [one for one in cases if one.person_id in reached],
        [one for one in waiting if one.person_id in reached],
        {**officers, **reached},
    )


async def read_case(asker: Asker, number: int, purpose: Purpose | None, *, on: date) -> Opened:
    """Open a case.

    :raises NoPurposeError: no purpose was stated; that too is written down. :raises NotFoundError: the asker is not on
        it, or there is none: the one looks exactly like the other.
    """
    if purpose is None:
        async with recorded(
            asker.actor, _event(asker, "vetting case asked for without a purpose", "none stated", number)
        ):
            pass  # that somebody tried is itself what is recorded
        raise NoPurposeError
    person_id = await subject_of(asker, number, purpose, on=on)
    event = _event(asker, "vetting case read", purpose, number, person_id=person_id)
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        case = await facts.case_of(connection, number)
    if case is None:
        raise NotFoundError
    return Opened(case, await persons(sorted(case.people)), purpose)


async def subject_of(asker: Asker, number: int, purpose: str, *, on: date) -> int:
    """Return whom a case is about, if the asker is on it and may deal with that person.

    :raises NotFoundError: they are not, they may not, or there is no such case.
    """
    event = _event(asker, "vetting case asked for", purpose, number)
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        person_id = await facts.person_of(connection, number) if number <= LARGEST else None
    if person_id is None or person_id not in await within_reach(asker, [person_id], on=on):
        raise NotFoundError
    return person_id


def _event(
    asker: Asker, name: str, purpose: str, number: int | None = None, *, person_id: int | None = None
) -> Event:
    return Event(
        name,
        purpose,
        person_id,
        {} if number is None else {"case": number},
        role=asker.identity.acts_as,
        is_reading=person_id is not None,
    )
