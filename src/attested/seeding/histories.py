"""On which days did a person meet what is asked of them?"""

from collections.abc import Iterator, Sequence
from random import Random

from attested.seeding.asked import Asked, Catalogue, Concern
from attested.seeding.days import Day
from attested.seeding.members import Away, Member, Order, Stint
from people.posts.rules import AbsenceKind

WAVES = 0.35
"""The share of renewals that fall to one of the year's waves: courses are run for many at a time."""
WAVE_DAYS = (20, 111, 202, 293)
SKIPPED = 0.02
LATE = 0.06
BEHIND = 0.02
"""How many are behind with something that costs a power or nothing, not the licence."""
KNOWN_AHEAD = 400
"""For so many days before policy asks for something new, some meet it already."""
EARNEST = 0.93
SETTLES = 20
"""Days from a post's first within which nobody is sent on a course again."""

Span = tuple[Day, Day | None]
Obligation = tuple[Asked, Day, Day | None]
"""What was asked, from which day and through which; no last day means that it still is."""


def obligations(one: Member, catalogue: Catalogue) -> Iterator[Obligation]:
    """Yield everything ever asked of a person, each stretch once however many posts it ran through."""
    spans: dict[Asked, Span] = {}
    probation_ends_on = one.joined_on + catalogue.probation_days
    for stint in one.stints:
        unit = stint.unit.name if stint.unit else None
        concern = catalogue.concern((one.kind, stint.rank, stint.profiles, unit))
        found = dict(_spans(concern, stint, probation_ends_on))
        for asked, (first, last) in spans.items():
            if asked in found:
                found[asked] = (first, found[asked][1])
            else:
                yield asked, first, last
        spans = found
    yield from ((asked, *span) for asked, span in spans.items())


def _spans(concern: Concern, stint: Stint, probation_ends_on: Day) -> Iterator[tuple[Asked, Span]]:
    first, last = stint.starts_on, stint.ends_on
    yield from ((asked, (first, last)) for asked in concern.always)
    if concern.on_probation and first <= probation_ends_on:
        ends_on = probation_ends_on if last is None else min(last, probation_ends_on)
        yield from ((asked, (first, ends_on)) for asked in concern.on_probation)
    if concern.after_probation and (last is None or last > probation_ends_on):
        yield from ((asked, (max(first, probation_ends_on + 1), last)) for asked in concern.after_probation)


class Courses:
    """The days on which the people of one force went on courses."""

    def __init__(self, order: Order) -> None:
        """Begin with the force's own chance, the same at every time."""
        self._on, self._begins_on = order.on, order.begins_on
        self._chance: Random = order.random("courses")

    def days(self, asked: Asked, span: Span, due_on: Day | None, away: Sequence[Away]) -> list[Day]:
        """Return the days on which somebody met a requirement, oldest first; `due_on` sets when it falls due."""
        first, last = span
        end = self._on - 1 if last is None or last >= self._on else last
        if first >= end or (due_on is None and asked.share < 1 and self._chance.random() >= asked.share):
            return []
        if asked.lasts is None:
            return self._once(asked, first, end)
        fixed = due_on is not None
        due_on = self._due_on(asked, end) if due_on is None else due_on
        newest = due_on - asked.lasts
        if newest < first + 3:
            return [] if fixed else self._once(asked, first, end)
        if newest < self._begins_on:
            return []
        days = self._back_from(newest, asked, max(first, self._begins_on))
        days.reverse()
        return self._around(days, away) if away and not fixed else days

    def _once(self, asked: Asked, first: Day, end: Day) -> list[Day]:
        """Let a newcomer, or everyone where it is new, meet it within the time allowed; of some that is yet to come."""
        first = max(first, asked.introduced_on - KNOWN_AHEAD, self._begins_on - KNOWN_AHEAD)
        asked_from = max(first, asked.introduced_on)
        allowed = max(asked.allowed, 30) + asked_from - first
        gone = min(1.0, (end - first) / allowed)
        if gone < 1 and self._chance.random() > gone * EARNEST:
            return []
        day = first + 3 + int(self._chance.random() * min(allowed * 0.8, end - first))
        return [min(end, day)]

    def _due_on(self, asked: Asked, end: Day) -> Day:
        """Draw the day through which it holds: for most in the time to come, for many in a wave."""
        lasts, chance = asked.lasts or 0, self._chance
        if not asked.is_core and chance.random() < BEHIND:
            return end - int(chance.random() * 200)
        due_on = end + 2 + int(chance.random() * (lasts - 1))
        if lasts >= WAVE_DAYS[-1] and chance.random() < WAVES:
            year, place = divmod(due_on, 365)
            near = min(WAVE_DAYS, key=lambda one: abs(one - place))
            moved = year * 365 + near + int(chance.random() * 12)
            if end + 2 < moved < end + lasts:
                return moved
        return due_on

    def _back_from(self, newest: Day, asked: Asked, first: Day) -> list[Day]:
        """Go back from the newest day to the first, newest first, with the earliness and lateness of life."""
        if asked.keeps_anniversary and asked.window:
            return self._anniversaries(newest, asked, first)
        chance, lasts, days, day = self._chance, asked.lasts or 0, [newest], newest
        while True:
            drawn = chance.random()
            if drawn < LATE:
                day -= lasts + int(drawn / LATE * 35)
            elif drawn < LATE + SKIPPED:
                day -= lasts + lasts // 3
            else:
                day -= lasts - int(drawn * min(30, lasts // 8))
            if day < first + SETTLES:
                break
            days.append(day)
        if day > first + 3:
            days.append(day)
        elif days[-1] - first > 2 * SETTLES:
            days.append(first + 3 + int(chance.random() * SETTLES))
        return days

    def _anniversaries(self, newest: Day, asked: Asked, first: Day) -> list[Day]:
        """Go back by whole years from the day kept; all but the first are early by less than the window."""
        chance, lasts, early = self._chance, asked.lasts or 0, max(1, asked.window - 4)
        days, kept_on = [], newest
        while kept_on - lasts > first + SETTLES:
            days.append(kept_on - 2 - int(chance.random() * early))
            kept_on -= lasts
        days.append(kept_on)
        return days

    def _around(self, days: list[Day], away: Sequence[Away]) -> list[Day]:
        """Leave out what would fall into an absence; the newest is brought forward instead."""
        kept = [day for day in days if not _is_away(away, day)]
        if days and (not kept or kept[-1] != days[-1]):
            since = next(one.starts_on for one in away if _covers(one, days[-1]))
            earlier = since - 1 - int(self._chance.random() * 20)
            if (not kept or earlier > kept[-1]) and earlier > days[0] - SETTLES:
                kept.append(earlier)
        return kept


def _is_away(away: Sequence[Away], day: Day) -> bool:
    return any(_covers(one, day) for one in away)


def _covers(one: Away, day: Day) -> bool:
    return one.kind is not AbsenceKind.SECONDMENT and one.covers(day)
