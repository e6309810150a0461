"""Who of a team may do what on a day, what falls due for whom, and what of it does a supervisor ask to see?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from licence.standing.decisions import Authority, Decision, Finding, Standing, State
from passport.policy.rules import Duty, Effect, LicencePolicy

COUNTED = (Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.ROLE_GATE)
"""What a supervisor plans for, in this order: the licence, the operational powers, the role."""
UNMET = frozenset({State.IN_GRACE, State.OVERDUE})
LICENCE = "LICENCE"
"""Stands, among the skills, for the licence's own cycle: no requirement has this code."""
SOON = timedelta(days=90)


class Order(StrEnum):
    """The orders in which the team may be read."""

    DUE = "due"
    NAME = "name"
    STANDING = "standing"


class Look(StrEnum):
    """What is due: what is overdue already, or what falls due within a number of days."""

    OVERDUE = "overdue"
    WITHIN_30 = "30"
    WITHIN_60 = "60"
    WITHIN_90 = "90"


class May(StrEnum):
    """Whether somebody who needs a licence may practise."""

    MAY = "yes"
    MAY_NOT = "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the team is to be shown; `on` is a day other than today."""

    due: Look | None = None
    may: May | None = None
    standing: Standing | None = None
    order: Order = Order.DUE
    on: date | None = None

    @property
    def applied(self) -> int:
        """Return how many filters are set."""
        return sum(each is not None for each in (self.due, self.may, self.standing))

    def in_order(self, order: Order) -> "Asked":
        """Return the same filters in another order."""
        return replace(self, order=order)


@dataclass(frozen=True, slots=True)
class Skill:
    """One thing asked of a person: how it stands, and the last day on which it is met, unless it is met for good.

    `rank` orders skills as a team's supervisor reads them: the licence first, then by effect.
    """

    code: str
    title: str
    state: State
    due_on: date | None
    rank: int
    counts_as: State | None = None

    @property
    def is_overdue(self) -> bool:
        """Say whether the day has passed by, evidence that awaits verification left aside."""
        return (self.counts_as or self.state) in UNMET

    def is_due_within(self, on: date, days: int) -> bool:
        """Say whether it holds on a day and no longer than so many days after it."""
        holds = self.state in {State.MET, State.DUE_SOON}
        return holds and self.due_on is not None and self.due_on <= on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Member:
    """A report, as their supervisor plans with them. `skills` stand soonest due first, those met for good last."""

    person_id: int
    national_id: str
    name: str
    unit: str | None
    rank: str | None
    is_cover: bool
    needs_licence: bool
    decision: Decision
    skills: Sequence[Skill]

    @property
    def next_due(self) -> Skill | None:
        """Return what is longest overdue, or due first."""
        return next((one for one in self.skills if one.due_on and one.state is not State.WAIVED), None)

    @property
    def held(self) -> Sequence[Authority]:
        """Return the operational powers that the person has on the day."""
        return [power for power in self.decision.authorities if power.held]

    @property
    def stopped(self) -> Sequence[Authority]:
        """Return the operational powers that have stopped."""
        return [power for power in self.decision.authorities if not power.held]


def skills_of(decision: Decision, policy: LicencePolicy) -> Sequence[Skill]:
    """Return what is asked of a person, soonest due first; what is the force's duty is not theirs."""
    found = [skill for one in decision.findings if (skill := _skill(one, policy)) is not None]
    licence = _cycle(decision)
    if licence is not None:
        found.append(licence)
    return sorted(found, key=lambda one: (one.due_on or date.max, one.rank, one.title))


def _skill(finding: Finding, policy: LicencePolicy) -> Skill | None:
    asked = policy.by_id[finding.requirement_id]
    if asked.duty is Duty.FORCE or asked.effect not in COUNTED or finding.state is State.NOT_APPLICABLE:
        return None
    return Skill(
        code=asked.code,
        title=asked.title,
        state=finding.state,
        due_on=finding.due_on,
        rank=1 + COUNTED.index(asked.effect),
        counts_as=finding.counts_as,
    )


def _cycle(decision: Decision) -> Skill | None:
    """Return the licence's own cycle, which has to be renewed like a skill."""
    last, on = decision.expires_on, decision.on
    if last is None:
        return None
    if on > last:
        state = State.OVERDUE if decision.standing is Standing.LAPSED else State.IN_GRACE
    else:
        state = State.DUE_SOON if last <= on + SOON else State.MET
    return Skill(LICENCE, "Licence renewal", state, last, 0)


def is_looked_for(member: Member, look: Look, on: date) -> bool:
    """Say whether anything of a member's is overdue, or falls due within so many days from a day."""
    if look is Look.OVERDUE:
        return any(one.is_overdue for one in member.skills)
    return any(one.is_due_within(on, int(look)) for one in member.skills)


def practises(member: Member, may: May) -> bool:
    """Say whether a member who needs a licence may practise, or may not."""
    return member.needs_licence and member.decision.may_practise is (may is May.MAY)


def shown(members: Iterable[Member], asked: Asked, on: date) -> Sequence[Member]:
    """Return the members that are asked for, in the order that is asked for."""
    wanted = [
        member
        for member in members
        if (asked.standing is None or (member.needs_licence and member.decision.standing is asked.standing))
        and (asked.may is None or practises(member, asked.may))
        and (asked.due is None or is_looked_for(member, asked.due, on))
    ]
    return sorted(wanted, key=lambda member: (*_place(member, asked.order), member.name, member.national_id))


def _place(member: Member, order: Order) -> tuple[object, ...]:
    if order is Order.STANDING:
        return (not member.needs_licence, WORST_FIRST.index(member.decision.standing))
    if order is Order.DUE:
        return ((member.next_due.due_on if member.next_due else None) or date.max,)
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
