"""What has to be known of one person on one day before anything can be judged?"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from licence.standing.anniversaries import furthest_of, reaches
from licence.standing.clocks import NO_SPANS, Span, counted, merged, suspended
from licence.standing.decisions import LicenceFacts, Post
from licence.standing.due import FOREVER, NEVER, Reach
from licence.standing.history import Completions
from licence.standing.lines import Line, follow
from licence.standing.plan import Asked, Plan, Today, plan_for, probation_terms, units_named
from licence.standing.service import first_day, may_be_on_probation
from passport.policy.concerning import Traits
from passport.policy.rules import LicencePolicy

DISTURBED = Reach(NEVER, NEVER)
"""Stands for a reach that cannot be told without looking into all that stopped a clock."""


class Case:
    """One person on one day under one policy: facts put in order, and what time will change, gathered as it is found.

    `moments` are days on which something said of the person could change; those gone by do no harm. `stopped_until` is
    the last day on which a clock stood still, and `FOREVER` where a requirement was dispensed with. `powers` holds
    the last day on which each requirement gives a power, as far as it has been asked; `powers_at_least` what is plain
    without asking.
    """

    __slots__ = (
        "_furthest", "_since", "absent", "completions", "facts", "horizon", "line", "moments", "newest", "on", "paused", "plan",
        "policy", "post", "powers", "powers_at_least", "probation_ends_on", "stopped_until", "suspended",
    )  # fmt: skip

    def __init__(self, facts: LicenceFacts, policy: LicencePolicy, on: date) -> None:
        """Put the facts in order for a day."""
        self.facts, self.policy, self.on = facts, policy, on
        self.moments: list[date] = []
        self.powers: dict[int, date] = {}
        self._furthest: dict[int, Reach | None] = {}
        self._since: dict[int, date] = {}
        self.powers_at_least: dict[int, date] = {}
        self.completions: Completions = facts.completions
        self.newest = facts.completions.newest()
        if self.newest and max(self.newest.values()) > on:
            self._leave_out_what_is_to_come()
        self.post = self._find_post()
        self.probation_ends_on = self._find_probation()
        self.line: Line = follow(facts.determinations, on)
        self.plan = self._find_plan()
        self.horizon = self.plan.horizon
        self.absent: tuple[Span, ...] = NO_SPANS
        self.paused: tuple[Span, ...] = NO_SPANS
        self.suspended: tuple[Span, ...] = NO_SPANS
        self.stopped_until = NEVER
        if facts.absences or facts.dispensations:
            self._find_stopped_clocks()
        self._add_moments()

    def under(self, policy: LicencePolicy, plan: Plan, otherwise: Collection[int]) -> "Case":
        """Return the same person on the same day under a policy that shares its terms and words only some requirements otherwise.

        What has been found of the others still holds.
        """
        other = object.__new__(Case)
        for name in _OF_THE_PERSON:
            setattr(other, name, getattr(self, name))
        other.policy, other.plan, other.horizon = policy, plan, plan.horizon
        other.moments, other._since = [], {}
        other.powers = {one: day for one, day in self.powers.items() if one not in otherwise}
        other.powers_at_least = {
            one: day for one, day in self.powers_at_least.items() if one not in otherwise
        }
        other._furthest = {one: reach for one, reach in self._furthest.items() if one not in otherwise}
        return other

    @property
    def on_probation(self) -> bool:
        """Say whether the day falls within the person's probation."""
        return (
            self.probation_ends_on is not None
            and self.on <= self.probation_ends_on
            and self.post is not None
            and may_be_on_probation(self.post)
        )

    def _leave_out_what_is_to_come(self) -> None:
        self.moments.extend(day for day in self.facts.completions.days if day > self.on)
        self.completions = self.facts.completions.up_to(self.on)
        self.newest = self.completions.newest()

    def _find_post(self) -> Post | None:
        """Find the post of the day, the one begun last if records overlap, and note when posts begin and end."""
        on, found = self.on, None
        for post in self.facts.posts:
            starts_on, ends_on = post.period.starts_on, post.period.ends_on
            if starts_on > on:
                self.moments.append(starts_on)
            elif ends_on is None or ends_on >= on:
                if ends_on is not None and ends_on < FOREVER:
                    self.moments.append(ends_on + timedelta(days=1))
                if found is None or starts_on > found.period.starts_on:
                    found = post
        return found

    def _find_probation(self) -> date | None:
        """Return the last day of the probation that began on joining."""
        joined_on = self.facts.joined_on
        if joined_on is None:
            return None
        ends_on = probation_terms(self.policy)[joined_on][0]
        if ends_on >= self.on:
            self.moments.append(ends_on + timedelta(days=1))
        return ends_on

    def _find_stopped_clocks(self) -> None:
        self.absent = counted(self.facts.absences, self.policy.absences)
        self.suspended = suspended(self.facts.absences)
        self.paused = merged((*self.absent, *self.suspended)) if self.suspended else self.absent
        if self.facts.dispensations:
            self.stopped_until = FOREVER
        elif self.paused:
            self.stopped_until = self.paused[-1].last
        for first, final in (*self.suspended, *self.absent):
            self.moments += [first, final + timedelta(days=1)]
        for one in self.facts.dispensations:
            self.moments.append(one.period.starts_on)
            if one.period.ends_on is not None and one.period.ends_on < FOREVER:
                self.moments.append(one.period.ends_on + timedelta(days=1))

    def _find_plan(self) -> Plan:
        post = self.post
        if post is None:
            return plan_for(self.policy, None, self.on)
        unit = post.unit if post.unit in units_named(self.policy) else None
        return plan_for(
            self.policy, Traits(post.kind, post.rank, post.profiles, unit, self.on_probation), self.on
        )

    def _add_moments(self) -> None:
        """Note what facts and policy hold for later days."""
        on = self.on
        self.moments += [one.effective_on for one in self.facts.determinations if one.effective_on > on]
        if self.facts.awaiting.rows:
            self.moments += [day for day in self.facts.awaiting.days if day > on]
        if self.policy.superseded_on is not None:
            self.moments.append(self.policy.superseded_on)

    def initial_by(self, today: Today) -> date:
        """Return a day that the time allowed for the first time cannot outrun: a post asks the same from its start.

        Where a clock stood still, all that time may be left when it starts again.
        """
        asked = today.asked.requirement
        if self.post is None or asked.applies_to.on_probation is not None:
            by = today.initial_by
        else:
            by = today.asked.allowed[self.post.period.starts_on].due_on
        if self.stopped_until is NEVER:
            return by
        return (
            FOREVER
            if self.stopped_until >= FOREVER
            else max(by, self.stopped_until + timedelta(days=asked.initial_days))
        )

    def since(self, asked: Asked) -> date:
        """Return the day since which a requirement has concerned the person without a break."""
        since = self._since.get(asked.scope)
        if since is None:
            asks = asked.requirement.applies_to
            since = first_day(asks, self.facts.posts, self.probation_ends_on, self.on)
            self._since[asked.scope] = since
        return since

    def best_undisturbed(self, asked: Asked | Today) -> Reach | None:
        """Return the same as `best` where nothing that ever stopped a clock could make it another, else `DISTURBED`.

        Where hours are added up, no completion by itself is the best.
        """
        if asked.in_all:
            return DISTURBED
        best = self.best(asked)
        if self.stopped_until is NEVER:
            return best
        if best is None:
            return DISTURBED if self.facts.dispensations else None
        return best if self.stands_alone(asked, best.met_on) else DISTURBED

    def stands_alone(self, asked: Asked | Today, met_on: date) -> bool:
        """Say whether evidence of a day is so much newer than any stop of the clock that nothing older reaches further."""
        if (asked.runs_on and self.stopped_until < FOREVER) or self.stopped_until is NEVER:
            return True
        return self.stopped_until < FOREVER and met_on > self.stopped_until + asked.slack

    def reaches_that_count(self, asked: Asked) -> Sequence[Reach]:
        """Return how far evidence reaches, less what is so much older that, however it is moved, something newer is beyond it.

        Moved by the same stops two completions keep the days of running clock between them.
        """
        days = self._days(asked)
        since = NEVER if self.facts.dispensations or not days else max(days) - asked.slack
        for first, last in reversed(self.absent):
            if last >= since > NEVER:
                since = min(since, first - asked.slack)
        if asked.keeps_anniversaries:
            return reaches(asked.terms.validity, days, since)
        return [asked.terms[day][2] for day in days if day >= since]

    def best(self, asked: Asked | Today) -> Reach | None:
        """Return the furthest day through which the person's evidence holds a requirement while no clock is stopped."""
        if asked.keeps_anniversaries:
            if asked.id not in self._furthest:
                self._furthest[asked.id] = furthest_of(asked.terms.validity, self._numbers(asked))
            return self._furthest[asked.id]
        met_on = self.newest.get(asked.id, NEVER)
        for other in asked.others:
            if self.newest.get(other, NEVER) > met_on:
                met_on = self.newest[other]
        return None if met_on is NEVER else asked.terms[met_on][2]

    def reaches(self, asked: Asked | Today, more: Sequence[date] = ()) -> Sequence[Reach]:
        """Return every day through which the person's evidence, and some more, holds a requirement."""
        return reaches(asked.terms.validity, [*self._days(asked), *more])

    def _numbers(self, asked: Asked | Today) -> Sequence[int]:
        numbers = self.completions.numbers_of(asked.id) if asked.id in self.newest else []
        for other in asked.others:
            if other in self.newest:
                numbers = sorted({*numbers, *self.completions.numbers_of(other)})
        return numbers

    def _days(self, asked: Asked | Today) -> Sequence[date]:
        days = self.completions.days_of(asked.id) if asked.id in self.newest else ()
        for other in asked.others:
            if other in self.newest:
                days = [*days, *self.completions.days_of(other)]
        return days


_OF_THE_PERSON = (
    "absent", "completions", "facts", "line", "newest", "on", "paused", "post", "probation_ends_on", "stopped_until",
    "suspended",
)  # fmt: skip
