"""What do programs send to care, and what are they told?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from foundation.forms import SAID
from people.persons.facts import NamedPerson
from wellbeing.support.facts import Care
from wellbeing.support.reading import Desk
from wellbeing.support.rules import LONGEST_NOTE, EventKind, Reply


class NewOffer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The day on which support was offered."""

    offered_on: date


class NewNote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clinical note; it stays as it is sent."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NOTE, pattern=SAID)]


class NewReply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you say of an offer; the latest counts."""

    reply: Reply


class NewEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event that you attended."""

    kind: EventKind
    attended_on: date


@dataclass(frozen=True, slots=True)
class WaitsForOffer:
    """Somebody to whom nothing was offered since an event they attended."""

    national_id: str
    name: str
    kind: str
    attended_on: date


@dataclass(frozen=True, slots=True)
class CheckDue:
    """Somebody whose routine check is due; without a day it has never been offered."""

    national_id: str
    name: str
    offered_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OfferedLately:
    """Somebody to whom support was offered in the last 30 days."""

    national_id: str
    name: str
    offered_on: date


@dataclass(frozen=True, slots=True)
class CareDesk:
    """Whom support is to be offered to, and whom it was offered to lately."""

    after_events: Sequence[WaitsForOffer]
    due: Sequence[CheckDue]
    offered: Sequence[OfferedLately]


@dataclass(frozen=True, slots=True)
class EventDocument:
    """An event that somebody attended."""

    kind: str
    attended_on: date
    is_own: bool


@dataclass(frozen=True, slots=True)
class OfferDocument:
    """Support that was offered; the answer is the person's and their clinicians' to see."""

    offered_on: date
    reply: Reply | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """A clinical note; the person reads it once it is released."""

    id: int
    text: str
    author: str
    written_at: datetime
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class CareDocument:
    """All of somebody's care that you may see."""

    events: Sequence[EventDocument]
    offers: Sequence[OfferDocument]
    notes: Sequence[NoteDocument]
    clinicians: Sequence[str]


@dataclass(frozen=True, slots=True)
class CheckInDocument:
    """What a supervisor may know: that a check was offered, as it is to everybody, and when the next is due."""

    offered_on: date | None
    due_on: date | None


def desk_document(desk: Desk) -> CareDesk:
    """Tell what is to be offered, and what was."""
    people = desk.people
    return CareDesk(
        [
            WaitsForOffer(
                people[one.person_id].national_id, people[one.person_id].name, one.kind, one.attended_on
            )
            for one in desk.after_events
        ],
        [CheckDue(one.national_id, one.name, one.offered_on, one.due_on) for one in desk.due],
        [
            OfferedLately(people[one.person_id].national_id, people[one.person_id].name, one.offered_on)
            for one in desk.offered
        ],
    )


def care_document(care: Care, people: Mapping[int, NamedPerson]) -> CareDocument:
    """Tell somebody's care."""
    return CareDocument(
        [EventDocument(one.kind, one.attended_on, one.is_own) for one in care.events],
        [OfferDocument(one.offered_on, one.reply, one.answered_at) for one in care.offers],
        [
            NoteDocument(one.id, one.text, people[one.author_id].name, one.written_at, one.released_at)
            for one in care.notes
        ],
        [people[each].name for each in sorted(care.clinician_ids)],
    )
