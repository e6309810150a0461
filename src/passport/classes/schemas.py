"""What do programs send about classes, and what are they told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.classes.facts import Listed, Sheet, Taught
from passport.classes.particulars import PutRight
from passport.classes.rules import (
    LONGEST_PLACE,
    LONGEST_REASON,
    MOST_PLACES,
    MOST_REQUIREMENTS,
    Outcome,
    State,
)

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
Number = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON, pattern=SAID)]
Hours = Annotated[float, msgspec.Meta(gt=0, lt=1000)]


class TaughtAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One requirement that a class is to meet, and its hours of learning."""

    requirement: Code
    hours: Hours | None = None


class ClassAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class to make."""

    taught: Annotated[Sequence[TaughtAsked], msgspec.Meta(min_length=1, max_length=MOST_REQUIREMENTS)]
    held_on: date
    place: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PLACE, pattern=SAID)]
    provider: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None


class PeopleAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to put on a class: national identifiers, or collar or payroll numbers of its force."""

    numbers: Annotated[Sequence[Number], msgspec.Meta(min_length=1, max_length=MOST_PLACES)]


class RemovalAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to take off a class, by their national identifier."""

    person: Number


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one person did, by their national identifier."""

    person: Number
    outcome: Outcome


Marked = Annotated[Sequence[Mark], msgspec.Meta(min_length=1, max_length=MOST_PLACES)]


class SignatureAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How everybody on a class did."""

    marks: Marked


class CorrectionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How some people on a signed class really did, and why it was said otherwise."""

    marks: Marked
    reason: Reason


class HoursAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hours of learning that one requirement really took."""

    requirement: Code
    hours: Hours


class ParticularsAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On which day a signed class really was, and its hours; what is left out stays."""

    reason: Reason
    held_on: date | None = None
    hours: Annotated[Sequence[HoursAsked], msgspec.Meta(max_length=MOST_REQUIREMENTS)] = ()


class CancellationAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a class is cancelled; where the force failed to provide it, through which day it will not have by then."""

    reason: Reason
    force_failed: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TaughtDocument:
    """One requirement that a class meets.

    `licensed_until` is the last day on which its provider was licensed for it, where that lies before the class: what is
    signed for is then in doubt.
    """

    requirement: str
    title: str
    hours: Decimal | None
    licensed_until: date | None


@dataclass(frozen=True, slots=True)
class ClassInList:
    """A class: what it meets, when and where, and how it stands."""

    number: int
    taught: Sequence[TaughtDocument]
    held_on: date
    place: str
    provider: str | None
    state: State
    people: int
    passed: int


@dataclass(frozen=True, slots=True)
class ClassesPage:
    """A page of classes; `next_before` asks for the next one, and is missing on the last."""

    classes: Sequence[ClassInList]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class PlaceDocument:
    """Somebody on a class, and how they did, once that is said."""

    national_id: str
    name: str
    unit: str | None
    outcome: Outcome | None
    marked_by: str | None


@dataclass(frozen=True, slots=True)
class PutRightDocument:
    """What a sheet said before of its day, or of the hours of one requirement, and what it has said since."""

    requirement: str | None
    was_held_on: date | None
    held_on: date | None
    was_hours: Decimal | None
    hours: Decimal | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """A class with everybody on it whom you may deal with."""

    about: ClassInList
    made_by: str
    signed_by: str | None
    signed_at: datetime | None
    cancelled_by: str | None
    cancelled_reason: str | None
    places: Sequence[PlaceDocument]
    put_right: Sequence[PutRightDocument]


def class_in_list(one: Listed) -> ClassInList:
    """Tell of a class in a list."""
    return ClassInList(
        number=one.id,
        taught=[_taught(each) for each in one.taught],
        held_on=one.held_on,
        place=one.place,
        provider=one.provider,
        state=one.state,
        people=one.people,
        passed=one.passed,
    )


def sheet_document(sheet: Sheet, put_right: Sequence[PutRight]) -> SheetDocument:
    """Tell of a class and everybody on it."""
    about = sheet.about
    return SheetDocument(
        about=class_in_list(about),
        made_by=about.made_by,
        signed_by=about.signed_by,
        signed_at=about.signed_at,
        cancelled_by=about.cancelled_by,
        cancelled_reason=about.cancelled_reason,
        places=[
            PlaceDocument(one.national_id, one.name, one.unit, one.outcome, one.marked_by)
            for one in sheet.places
        ],
        put_right=[
            PutRightDocument(
                one.requirement,
                one.was_held_on,
                one.held_on,
                one.was_hours,
                one.hours,
                one.reason,
                one.by,
                one.at,
            )
            for one in put_right
        ],
    )


def _taught(one: Taught) -> TaughtDocument:
    return TaughtDocument(one.requirement, one.title, one.hours, one.licensed_until)
