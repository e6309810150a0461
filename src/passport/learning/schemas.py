"""What do programs send about evidence, and what are they told?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from foundation.requests import EXACT
from passport.attachments.schemas import FileDocument, file_document
from passport.attachments.writing import MOST_FILES
from passport.learning.reach import Opened
from passport.learning.rules import (
    LEAST_HOURS,
    LONGEST_REASON,
    LONGEST_REFERENCE,
    LONGEST_SOURCE,
    MOST_HOURS,
    Said,
    State,
    Step,
)
from passport.learning.waiting import Waiting

Hours = Annotated[
    float, msgspec.Meta(ge=float(LEAST_HOURS), le=float(MOST_HOURS), description="Hours of learning.")
]
Reference = Annotated[
    str,
    msgspec.Meta(
        max_length=LONGEST_REFERENCE,
        pattern=KEEPABLE,
        description="The number of a certificate or course, if there is one.",
    ),
]
Why = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=LONGEST_REASON, pattern=SAID, description="Why; it stays with the record."
    ),
]


class NewRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was met: the code of the requirement, the day, and where or with whom."""

    requirement: Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=60, pattern=KEEPABLE, description="The code of the requirement."
        ),
    ]
    completed_on: date
    source: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=LONGEST_SOURCE,
            pattern=SAID,
            description="Where it was done, or with whom.",
        ),
    ]
    hours: Hours | None = None
    reference: Reference | None = None


class NewCorrection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a record should have said; what is left out stays as it is."""

    reason: Why
    completed_on: date | None = None
    hours: Hours | None = None
    reference: Reference | None = None


class Verification(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever verifies a record has read beside it."""

    files: Annotated[
        Sequence[Annotated[int, msgspec.Meta(ge=1, le=EXACT)]],
        msgspec.Meta(
            max_length=MOST_FILES,
            description="The numbers of the files beside it that you have read: all that are there.",
        ),
    ] = ()


class ReasonGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a record is withdrawn or declined, or a file taken away."""

    reason: Why


@dataclass(frozen=True, slots=True)
class SaidDocument:
    """What a record said from an instant on, and by whom and why it was made to say so."""

    step: Step
    at: datetime
    by: str | None
    why: str | None
    completed_on: date
    hours: float | None
    source: str
    reference: str | None


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """One record of what somebody met: what it says now, everything it said before, and its files."""

    number: int
    national_id: str
    name: str
    requirement: str
    state: State
    completed_on: date
    hours: float | None
    source: str
    reference: str | None
    ended_because: str | None
    said: Sequence[SaidDocument]
    files: Sequence[FileDocument]


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A record that waits for you to verify it; `is_your_word` says that somebody else has to."""

    number: int
    national_id: str
    name: str
    requirement: str
    completed_on: date
    source: str
    files: int
    since: datetime
    is_your_word: bool


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of what waits; `after` asks for the next one, and is missing on the last."""

    waiting: Sequence[WaitingDocument]
    after: str | None


def as_decimal(hours: float | None) -> Decimal | None:
    """Return hours as they are kept: to two places."""
    return None if hours is None else Decimal(str(hours)).quantize(Decimal("0.01"))


def record_document(opened: Opened) -> RecordDocument:
    """Tell a record whole."""
    chain, last = opened.chain, opened.chain.last
    befores = (None, *chain.said)
    return RecordDocument(
        number=last.id,
        national_id=opened.person.national_id,
        name=opened.person.name,
        requirement=chain.code,
        state=chain.state,
        completed_on=last.completed_on,
        hours=_plain(last.hours),
        source=last.source,
        reference=last.reference or None,
        ended_because=last.superseded_reason,
        said=[
            _said(one, before, step, _names(opened))
            for before, one, step in zip(befores, chain.said, chain.steps, strict=False)
        ],
        files=[file_document(one) for one in chain.files],
    )


def waiting_document(one: Waiting) -> WaitingDocument:
    """Tell one line of what waits."""
    return WaitingDocument(
        one.id,
        one.national_id,
        one.name,
        one.code,
        one.completed_on,
        one.source,
        one.files,
        one.recorded_at,
        one.is_own_word,
    )


def _names(opened: Opened) -> Mapping[int, str]:
    return {number: person.name for number, person in opened.people.items()}


def _said(one: Said, before: Said | None, step: Step, names: Mapping[int, str]) -> SaidDocument:
    return SaidDocument(
        step,
        one.recorded_at,
        names.get(one.recorded_by or 0),
        before.superseded_reason if before else None,
        one.completed_on,
        _plain(one.hours),
        one.source,
        one.reference or None,
    )


def _plain(hours: Decimal | None) -> float | None:
    return None if hours is None else float(hours)
