"""What does a supervisor ask to see of their team, and in which order?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from licence.standing.decisions import Authority, Decision, Finding, Standing
from passport.policy.rules import Duty, Effect, LicencePolicy, Requirement

WITHIN = (30, 60, 90)
COUNTED = frozenset({Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.ROLE_GATE})
"""What a supervisor plans for: the licence, the operational powers, the role."""


class Order(StrEnum):
    """The orders in which the team may be read."""

    DUE = "due"
    NAME = "name"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the team is to be shown."""

    within: int | None = None
    standing: Standing | None = None
    order: Order = Order.DUE

    @property
    def applied(self) -> int:
        """Return how many filters are set."""
        return sum(each is not None for each in (self.within, self.standing))

    def address(self, path: str, **changes: object) -> str:
        """Return where the team is found with these filters, some of them changed."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        words = {
            "within": asked.within,
            "standing": asked.standing,
            "sort": None if asked.order is Order.DUE else asked.order,
        }
        query = urlencode({name: str(value) for name, value in words.items() if value is not None})
        return f"{path}?{query}" if query else path


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what makes no sense is left out."""
    within = query.get("within", "")
    return Asked(
        within=next((days for days in WITHIN if str(days) == within), None),
        standing=next((each for each in Standing if str(each) == query.get("standing")), None),
        order=next((each for each in Order if str(each) == query.get("sort")), Order.DUE),
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A report, as their supervisor plans with them. `due` holds what is due or overdue, soonest first."""

    national_id: str
    name: str
    unit: str | None
    rank: str | None
    is_cover: bool
    needs_licence: bool
    decision: Decision
    due: Sequence["Due"]

    @property
    def next_due(self) -> "Due | None":
        """Return what is due first, or longest overdue."""
        return self.due[0] if self.due else None

    @property
    def held(self) -> Sequence[Authority]:
        """Return the operational powers that the person has today."""
        return [power for power in self.decision.authorities if power.held]

    @property
    def stopped(self) -> Sequence[Authority]:
        """Return the operational powers that have stopped."""
        return [power for power in self.decision.authorities if not power.held]


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be met again, and by when."""

    requirement: Requirement
    finding: Finding


def dues(decision: Decision, policy: LicencePolicy) -> Sequence[Due]:
    """Return what a person has to meet that has a day, soonest first; what is the force's duty is not theirs."""
    found = [
        Due(policy.by_id[one.requirement_id], one) for one in decision.findings if one.due_on is not None
    ]
    mine = [one for one in found if one.requirement.duty is Duty.PERSON and one.requirement.effect in COUNTED]
    return sorted(mine, key=lambda one: (one.finding.due_on or date.max, one.requirement.code))


def lapses_within(member: Member, on: date, days: int) -> bool:
    """Say whether anything of a member's falls due within so many days from a day, or is overdue already."""
    return any(
        one.finding.due_on is not None and one.finding.due_on <= on + timedelta(days=days)
        for one in member.due
    )


def shown(members: Iterable[Member], asked: Asked, on: date) -> Sequence[Member]:
    """Return the members that are asked for, in the order that is asked for."""
    wanted = [
        member
        for member in members
        if (asked.standing is None or member.decision.standing is asked.standing)
        and (asked.within is None or lapses_within(member, on, asked.within))
    ]
    return sorted(wanted, key=lambda member: (*_place(member, asked.order), member.name, member.national_id))


def _place(member: Member, order: Order) -> tuple[object, ...]:
    if order is Order.STANDING:
        return (WORST_FIRST.index(member.decision.standing),)
    if order is Order.DUE:
        return ((member.next_due.finding.due_on if member.next_due else None) or date.max,)
    return ()


WORST_FIRST = (
    Standing.LAPSED,
    Standing.IN_GRACE,
    Standing.SUSPENDED,
    Standing.REVOKED,
    Standing.PAUSED,
    Standing.PROVISIONAL,
    Standing.ACTIVE,
    Standing.NOT_HELD,
    Standing.SURRENDERED,
)
