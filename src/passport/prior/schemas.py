"""What do programs send about earlier learning, and what are they told?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.prior.facts import Claim
from passport.prior.rules import LONGEST, LONGEST_PLACE, State

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST, pattern=SAID)]


class ClaimAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody claims to have learned before."""

    requirement: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
    where: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PLACE, pattern=SAID)]
    on: date
    what: Text


class JudgementAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An assessor's answer: accepted from a day, or declined with a reason."""

    accepted: bool
    counts_from: date | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class ClaimDocument:
    """One claim, and what an assessor made of it."""

    number: int
    national_id: str
    name: str
    requirement: str
    title: str
    where: str
    on: date
    what: str
    claimed_at: datetime
    state: State
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    counts_from: date | None


def claim_document(one: Claim) -> ClaimDocument:
    """Tell of a claim."""
    return ClaimDocument(
        number=one.id,
        national_id=one.national_id,
        name=one.name,
        requirement=one.requirement,
        title=one.title,
        where=one.learned_at,
        on=one.learned_on,
        what=one.learned,
        claimed_at=one.claimed_at,
        state=one.state,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        reason=one.decided_reason,
        counts_from=one.counts_from,
    )
