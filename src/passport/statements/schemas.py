"""What do programs send about the meaning of statements, and what are they told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE
from passport.statements.facts import HeldMapping, Waiting
from passport.statements.rules import Mapped, Outcome

Address = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=KEEPABLE)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]


class MappingAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verb of an activity, and the requirement that it meets; none says that it is of no interest."""

    activity: Address
    verb: Address
    requirement: Code | None = None
    needs_success: bool = False
    least_score: Annotated[float, msgspec.Meta(ge=-1, le=1)] | None = None
    hours: Annotated[float, msgspec.Meta(gt=0, lt=1000)] | None = None

    def meant(self) -> Mapped:
        """Return what is asked for; of what is of no interest neither score nor hours matter."""
        score, hours = (None, None) if self.requirement is None else (self.least_score, self.hours)
        return Mapped(
            self.activity,
            self.verb,
            self.requirement,
            self.needs_success,
            None if score is None else Decimal(str(score)),
            None if hours is None else Decimal(str(hours)),
        )


class AccountAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account, and the number of whoever it belongs to."""

    account: Address
    person: Code


class IgnoredAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account whose statements are put aside."""

    account: Address


@dataclass(frozen=True, slots=True)
class UnmappedActivity:
    """A verb of an activity that nothing is mapped for, and how many statements wait."""

    activity: str | None
    verb: str
    statements: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingAccount:
    """An account that is nobody's we know, or whose statements speak of a day that has not come."""

    account: str
    outcome: Outcome
    statements: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class MappingDocument:
    """A mapping that was made here, by its number."""

    number: int
    activity: str
    verb: str
    requirement: str | None
    needs_success: bool
    least_score: Decimal | None
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class StatementsDocument:
    """What waits for an answer, and what is mapped."""

    activities: Sequence[UnmappedActivity]
    accounts: Sequence[WaitingAccount]
    mappings: Sequence[MappingDocument]


def statements_document(found: Waiting, held: Sequence[HeldMapping]) -> StatementsDocument:
    """Tell what waits and what is mapped."""
    return StatementsDocument(
        [UnmappedActivity(one.activity, one.verb, one.statements, one.last_at) for one in found.unmapped],
        [WaitingAccount(one.actor, one.outcome, one.statements, one.last_at) for one in found.nameless],
        [_mapping(one) for one in held],
    )


def _mapping(one: HeldMapping) -> MappingDocument:
    said = one.mapped
    return MappingDocument(
        one.id, said.activity, said.verb, said.requirement, said.needs_success, said.least_score, said.hours
    )
