"""Which policy governs a person's licence on each day of a stretch?"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from licence.standing.decisions import LicenceFacts, Post
from passport.policy.facts import policies_on, policy_for
from passport.policy.rules import Duty, LicencePolicy


def post_on(facts: LicenceFacts, day: date) -> Post | None:
    """Return the post that a person holds on a day."""
    for post in facts.posts:
        if post.period.covers(day):
            return post
    return None


@dataclass(frozen=True, eq=False)
class Governing:
    """The policies of a stretch of days: what holds from each of the days on, by force; None stands for no force."""

    days: tuple[date, ...]
    by_day: tuple[Mapping[int | None, LicencePolicy], ...]
    last: date = date.max

    @classmethod
    def alone(cls, policy: LicencePolicy) -> "Governing":
        """Return one policy, perhaps a draft, that governs everybody on every day."""
        return cls((date.min,), ({None: policy},))

    def of(self, facts: LicenceFacts, day: date) -> LicencePolicy:
        """Return the policy of the force that a person serves in on a day."""
        by_force = self.by_day[max(bisect_right(self.days, day) - 1, 0)]
        post = post_on(facts, day)
        return by_force.get(post.force_id if post else None) or by_force[None]

    def covers(self, first: date, last: date) -> bool:
        """Say whether the stretch holds every day between two."""
        return self.days[0] <= first and last <= self.last

    @cached_property
    def force_duties(self) -> frozenset[int]:
        """Return the requirements that are the force's duty: its offers of a wellbeing check meet them."""
        return frozenset(
            asked.id
            for by_force in self.by_day
            for policy in by_force.values()
            for asked in policy.requirements
            if asked.duty is Duty.FORCE
        )

    @cached_property
    def codes(self) -> Mapping[int, str]:
        """Return the code of every requirement; a requirement keeps its number through every version."""
        return {
            asked.id: asked.code
            for by_force in self.by_day
            for policy in by_force.values()
            for asked in policy.requirements
        }


class Policies:
    """The policies as far as they have been asked for, read once for a whole sweep."""

    def __init__(self, draft: LicencePolicy | None = None) -> None:
        """Begin with nothing read, or with one policy, perhaps a draft, that governs everybody on every day."""
        self._known = Governing.alone(draft) if draft else None

    async def between(self, first: date, last: date) -> Governing:
        """Return what governs from one day through another."""
        if self._known is None or not self._known.covers(first, last):
            known = self._known
            self._known = await governing(
                min(first, known.days[0]) if known else first, max(last, known.last) if known else last
            )
        return self._known


async def governing(first: date, last: date) -> Governing:
    """Read the policies of every force that are in force between two days."""
    days, by_day = [first], [await _every_policy(first)]
    while (following := _superseded_on(by_day[-1])) is not None and following <= last:
        days.append(following)
        by_day.append(await _every_policy(following))
    return Governing(tuple(days), tuple(by_day), last)


async def _every_policy(day: date) -> Mapping[int | None, LicencePolicy]:
    return {**await policies_on(day), None: await policy_for(None, day)}


def _superseded_on(by_force: Mapping[int | None, LicencePolicy]) -> date | None:
    return min((policy.superseded_on for policy in by_force.values() if policy.superseded_on), default=None)
