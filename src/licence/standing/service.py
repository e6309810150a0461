"""Where does a person serve on a day, does a requirement concern them there, and since when?"""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from licence.standing.clocks import DAY, Span, span_of
from licence.standing.decisions import Post
from passport.policy.concerning import agrees
from passport.policy.rules import AppliesTo
from people.posts.rules import Kind, Rank

LICENSED = frozenset({Kind.OFFICER, Kind.SPECIAL_CONSTABLE})
"""Those who practise under a licence (white paper, paragraph 272)."""


def may_be_on_probation(post: Post) -> bool:
    """Say whether a post is one in which probation is served: a constable's, regular or special."""
    return post.kind in LICENSED and post.rank in {None, Rank.CONSTABLE}


def concerned_during(asked: AppliesTo, post: Post, probation_ends_on: date | None) -> Span | None:
    """Return the days of a post on which a requirement concerned its holder; probation may end within it."""
    days = span_of(post.period)
    if probation_ends_on is None or asked.on_probation is None or not may_be_on_probation(post):
        return days if agrees(asked, post, on_probation=False) else None
    if not agrees(asked, post, on_probation=asked.on_probation):
        return None
    if asked.on_probation:
        return Span(days.first, min(days.last, probation_ends_on))
    return Span(max(days.first, probation_ends_on + DAY), days.last)


_begins = attrgetter("period.starts_on")


def first_day(asked: AppliesTo, posts: Iterable[Post], probation_ends_on: date | None, on: date) -> date:
    """Return the day since which a requirement has concerned a person without a break, going back from a day."""
    first, next_wanted = on, on
    for post in sorted(posts, key=_begins, reverse=True):
        starts_on, ends_on = post.period.starts_on, post.period.ends_on
        if starts_on > on:
            continue
        if ends_on is not None and ends_on < next_wanted:
            break
        days = concerned_during(asked, post, probation_ends_on)
        if days is None or days.last < next_wanted:
            break
        first = min(first, days.first)
        next_wanted = first - DAY
    return first
