"""Which days stop a clock, and where does a clock that was stopped come to its end?"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from licence.standing.decisions import Absence, Dispensation, DispensationKind
from licence.standing.due import FOREVER, Reach
from passport.policy.rules import AbsenceRule
from people.posts.rules import AbsenceKind, Period

DAY = timedelta(days=1)


class Span(NamedTuple):
    """From a day through a day, both included, with a last day always: `FOREVER` where there is none."""

    first: date
    last: date


NO_SPANS: tuple[Span, ...] = ()


def span_of(period: Period, after_days: int = 0) -> Span:
    """Return the days of a period, less so many at its start."""
    last = FOREVER if period.ends_on is None or period.ends_on >= FOREVER else period.ends_on
    first = period.starts_on
    return Span(first + timedelta(days=after_days) if after_days else first, last)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that overlap or touch, so that no day counts twice."""
    joined: list[Span] = []
    ordered = list(spans)
    if len(ordered) > 1:
        ordered.sort()
    for span in ordered:
        if span.last < span.first:
            continue
        if joined and span.first <= joined[-1].last + DAY:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return tuple(joined)


def counted(absences: Iterable[Absence], rules: Sequence[AbsenceRule]) -> tuple[Span, ...]:
    """Return the days of absence that stop a clock: of a kind that policy counts, after the days it must last."""
    return merged(
        [
            span_of(one.period, rule.counts_after_days)
            for one in absences
            for rule in rules
            if rule.kind is one.kind
        ]
    )


def suspended(absences: Iterable[Absence]) -> tuple[Span, ...]:
    """Return the days on which the person was suspended from duty."""
    return merged([span_of(one.period) for one in absences if one.kind is AbsenceKind.SUSPENDED_FROM_DUTY])


def dispensed(
    dispensations: Iterable[Dispensation], requirement_id: int, kind: DispensationKind
) -> tuple[Span, ...]:
    """Return the days covered by one kind of dispensation from one requirement."""
    return merged(
        span_of(one.period)
        for one in dispensations
        if one.requirement_id == requirement_id and one.kind is kind
    )


def covering(spans: Sequence[Span], day: date) -> Span | None:
    """Return the span that a day falls within."""
    for span in spans:
        if span.first <= day <= span.last:
            return span
    return None


def extended(start: date, due_on: date, spans: Sequence[Span]) -> date:
    """Move a due day by the days after `start` on which the clock stood still.

    A stop that has begun by the due day counts whole, for the due day moves ahead of it as it lasts; one without an
    end leaves nothing due until it ends.
    """
    for first, last in spans:
        if first > due_on:
            break
        if last > start:
            due_on = FOREVER if last >= FOREVER else due_on + (last - max(first - DAY, start))
    return min(due_on, FOREVER)


def first_outside(day: date, spans: Sequence[Span]) -> date:
    """Return the first day, on or after one, that lies outside every span."""
    for first, last in spans:
        if first <= day <= last:
            day = FOREVER if last >= FOREVER else last + DAY
    return day


class Clock(NamedTuple):
    """What stops the clock of one requirement for one person."""

    absent: tuple[Span, ...]
    failed: tuple[Span, ...]
    waived: tuple[Span, ...]

    def due_on(self, reach: Reach) -> date:
        """Move a due day by absence alone; a safety-critical power knows no other reason."""
        return extended(reach.met_on, reach.due_on, self.absent)

    def excused_until(self, reach: Reach) -> date:
        """Move a due day by absence and by the force's failure to provide."""
        stopped = merged((*self.absent, *self.failed)) if self.failed else self.absent
        return extended(reach.met_on, reach.due_on, stopped)


RUNNING = Clock(NO_SPANS, NO_SPANS, NO_SPANS)
