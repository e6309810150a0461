"""What would somebody need for a role, as the rule judges it today?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.problems import NotFoundError
from licence.pathways.rules import Pathway, asking_for, pathway
from licence.standing.deciding import decide_with_policy
from licence.standing.decisions import Decision, Post
from passport.policy.facts import policy_for
from passport.policy.rules import LicencePolicy, Profile
from people.posts.facts import HeldPost, post_on


@dataclass(frozen=True, slots=True)
class Ways:
    """The pathways to every role profile of policy, and the ones that a person’s post has already."""

    policy: LicencePolicy
    pathways: Sequence[Pathway]
    held: frozenset[str]
    has_post: bool


async def ways_of(person_id: int, force_id: int | None, *, on: date) -> Ways:
    """Return the pathways of a person to every role profile.

    :raises NoPolicyInForceError: there is no policy today.
    """
    policy = await policy_for(force_id, on)
    held = await post_on(person_id, on)
    post = as_judged(held)
    found = [
        pathway(policy, one, (await _judged(person_id, policy, one, on)).findings, post)
        for one in policy.profiles
    ]
    mine = post.profiles if post else frozenset[str]()
    return Ways(policy, found, mine, post is not None)


async def way_to(
    person_id: int, force_id: int | None, name: str, *, on: date
) -> tuple[LicencePolicy, Pathway]:
    """Return a person's pathway to one profile, by the name that its address has.

    :raises NotFoundError: policy speaks of no such profile. :raises NoPolicyInForceError: there is no policy today.
    """
    policy = await policy_for(force_id, on)
    profile = by_slug(policy).get(name)
    if profile is None:
        raise NotFoundError
    judged = await _judged(person_id, policy, profile, on)
    return policy, pathway(policy, profile, judged.findings, as_judged(await post_on(person_id, on)))


def by_slug(policy: LicencePolicy) -> Mapping[str, Profile]:
    """Return every profile by the name that its address has."""
    return {slug(one): one for one in policy.profiles}


def slug(profile: Profile) -> str:
    """Return a profile’s name as an address has it: roads-policing."""
    return "".join(sign if sign.isalnum() else "-" for sign in profile.name.lower())


def as_judged(held: HeldPost | None) -> Post | None:
    """Return a post as the rule sees it."""
    if held is None:
        return None
    place = held.place
    return Post(
        held.period,
        place.kind,
        place.rank,
        place.rank_basis,
        frozenset(place.profiles),
        place.force_id,
        place.unit_id,
    )


async def _judged(person_id: int, policy: LicencePolicy, profile: Profile, on: date) -> Decision:
    asking = asking_for(policy, profile.name)
    return (await decide_with_policy([person_id], on, policy=asking))[person_id].decision
