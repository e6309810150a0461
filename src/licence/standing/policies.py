"""Which policy governs a person's licence on a day?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from uuid import UUID

from licence.standing.decisions import LicenceFacts, Post
from passport.policy.book import Book
from passport.policy.facts import book
from passport.policy.rules import Duty, LicencePolicy

PolicyOf = Callable[[int | None, date], LicencePolicy]
"""Returns the policy of a force, or of no force, on a day."""


def post_on(facts: LicenceFacts, day: date) -> Post | None:
    """Return the post that a person holds on a day."""
    for post in facts.posts:
        if post.period.covers(day):
            return post
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Governing:
    """The policies of every day and force, the codes of their requirements, and which of these are the force's duty."""

    policy_of: PolicyOf
    codes: Mapping[int, str]
    force_duties: frozenset[int]

    def of(self, facts: LicenceFacts, day: date) -> LicencePolicy:
        """Return the policy of the force that a person serves in on a day.

        :raises NoPolicyInForceError: no version is in force on that day.
        """
        post = post_on(facts, day)
        return self.policy_of(post.force_id if post else None, day)


async def in_force(mark: UUID | None = None) -> Governing:
    """Return what is approved at this moment, which the mark of the policy names if it has been read already."""
    return of_book(await book(mark))


@lru_cache(maxsize=4)
def of_book(opened: Book) -> Governing:
    """Return the policies of a book, of what is approved or of what would be."""
    policy_of = cache(opened.policy)
    versions = (policy_of(None, version.in_force_from) for version in opened.state.versions)
    duties = frozenset().union(*(_force_duties(policy) for policy in versions))
    return Governing(policy_of, {number: code for code, number in opened.state.requirements.items()}, duties)


def alone(policy: LicencePolicy) -> Governing:
    """Return one policy, perhaps a draft, as what governs everybody on every day."""

    def policy_of(_force_id: int | None, _day: date) -> LicencePolicy:
        return policy

    return Governing(
        policy_of, {asked.id: asked.code for asked in policy.requirements}, _force_duties(policy)
    )


def _force_duties(policy: LicencePolicy) -> frozenset[int]:
    """Return the requirements that are the force's to meet: its offers of a wellbeing check meet them."""
    return frozenset(asked.id for asked in policy.requirements if asked.duty is Duty.FORCE)
