"""What do programs send about what is held on somebody, and what are they told?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from attested.subject_access.catalogue import Part
from attested.subject_access.facts import Asked
from attested.subject_access.form import LONGEST
from attested.subject_access.judging import Item, ToJudge, Verdict
from attested.subject_access.reach import Requests
from attested.subject_access.rules import MOST_MONTHS_MORE, Ground
from foundation.forms import KEEPABLE, SAID

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST, pattern=SAID)]


class NewExtension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many months longer a request takes, and why; the person is told both."""

    months: Annotated[int, msgspec.Meta(ge=1, le=MOST_MONTHS_MORE)]
    reason: Reason


class NewVerdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is judged of one item: given, unless a ground is named, which needs a reason."""

    item: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=KEEPABLE)]
    ground: Ground | None = None
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST, pattern=KEEPABLE)] = ""


class NewJudgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verdict on every item, with the `digest` of what was looked through."""

    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    items: Annotated[list[NewVerdict], msgspec.Meta(max_length=10_000)]

    def verdicts(self) -> Mapping[str, Verdict]:
        """Return the verdict on each item."""
        return {one.item: Verdict(one.ground, one.reason.strip()) for one in self.items}


@dataclass(frozen=True, slots=True)
class MyRequest:
    """Your last request; `is_there` says whether something can be fetched, `waiting` what is still to come."""

    asked_on: date
    due_on: date
    extended_to: date | None
    extension_reason: str | None
    waiting: Sequence[Part]
    is_there: bool
    complete_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestInList:
    """A request of somebody in the force; no name: a protected person."""

    number: int
    name: str | None
    national_id: str
    asked_on: date
    due_on: date
    extended_to: date | None
    days_left: int
    waiting: Sequence[Part]
    complete_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestList:
    """The requests of a force: those not answered yet, and the last of those that were."""

    open: Sequence[RequestInList]
    answered: Sequence[RequestInList]


@dataclass(frozen=True, slots=True)
class ToBeJudged:
    """What the person would be given, item by item; send the `digest` back with the verdicts."""

    number: int
    name: str | None
    national_id: str
    digest: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Judged:
    """The part of a request that was judged."""

    number: int
    part: Part


def mine(found: Asked, on: date) -> MyRequest:
    """Return somebody's own request as a program is told."""
    return MyRequest(
        asked_on=found.asked_on,
        due_on=found.due_on,
        extended_to=found.extended_to,
        extension_reason=found.extension_reason,
        waiting=found.waiting,
        is_there=found.is_open_to_download(on),
        complete_at=found.complete_at,
    )


def in_list(found: Asked, on: date) -> RequestInList:
    """Return a request as a program is told."""
    return RequestInList(
        number=found.id,
        name=found.name,
        national_id=found.national_id,
        asked_on=found.asked_on,
        due_on=found.due_on,
        extended_to=found.extended_to,
        days_left=(found.last_day - on).days,
        waiting=found.waiting,
        complete_at=found.complete_at,
    )


def request_list(found: Requests, on: date) -> RequestList:
    """Return the requests of a force as a program is told."""
    return RequestList([in_list(one, on) for one in found.open], [in_list(one, on) for one in found.answered])


def to_be_judged(found: ToJudge) -> ToBeJudged:
    """Return what waits to be judged as a program is told."""
    asked = found.request
    return ToBeJudged(asked.id, asked.name, asked.national_id, found.digest, found.items)
