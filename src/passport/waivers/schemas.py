"""What do programs send about dispensations, and what are they told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.waivers.facts import Proposal
from passport.waivers.rules import LONGEST_REASON, Kind, State

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON, pattern=SAID)]


class WaiverAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dispensation to propose: for whom, from what, why, and from when through when."""

    person: Short
    requirement: Short
    kind: Kind
    reason: Reason
    evidence_needed: Reason | None = None
    since: date
    until: date | None = None


class DecisionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A second person's answer; declining needs a reason."""

    decision: Literal["agreed", "declined"]
    reason: Reason | None = None


class EndOfWaiver(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it ends."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class WaiverDocument:
    """A dispensation: for whom, from what, why, and who had a hand in it."""

    number: int
    national_id: str
    name: str
    kind: Kind
    requirement: str
    title: str
    reason: str
    evidence_needed: str | None
    since: date
    until: date | None
    state: State
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decided_reason: str | None


@dataclass(frozen=True, slots=True)
class WaiversPage:
    """A page of dispensations; `next_before` asks for the next one, and is missing on the last."""

    waivers: Sequence[WaiverDocument]
    next_before: int | None


def waiver_document(one: Proposal) -> WaiverDocument:
    """Tell of a dispensation."""
    return WaiverDocument(
        number=one.id,
        national_id=one.national_id,
        name=one.name,
        kind=one.kind,
        requirement=one.requirement,
        title=one.title,
        reason=one.reason,
        evidence_needed=one.evidence_needed,
        since=one.since,
        until=one.until,
        state=one.state,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        decided_reason=one.decided_reason,
    )
