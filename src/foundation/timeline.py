"""Where on a line of years does each dated thing stand?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from foundation.parts import Tone

_MOST_YEAR_LABELS = 12
_NO_ROOM_FOR_A_LABEL = 85
_ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Something true from a day through a day, for example a certificate; `words` say it for those who read."""

    first: date
    last: date
    words: str
    tone: Tone = Tone.PLAIN


class Mark(NamedTuple):
    """A day that stands out, for example one by which something is due."""

    day: date
    words: str


class Lane(NamedTuple):
    """One subject's spans and marked days, one under another on the page, for example a requirement."""

    label: str
    spans: Sequence[Span]
    note: str = ""
    marks: Sequence[Mark] = ()


class Bar(NamedTuple):
    """A span's place, in hundredths of the width."""

    left: float
    width: float
    span: Span


class Point(NamedTuple):
    """A marked day's place, in hundredths of the width."""

    left: float
    mark: Mark


class DrawnLane(NamedTuple):
    """A lane with its bars and its marked days placed."""

    label: str
    note: str
    bars: tuple[Bar, ...]
    points: tuple[Point, ...] = ()


class Tick(NamedTuple):
    """A new year's place; a minor one loses its label on a phone."""

    left: float
    label: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing ready for the page: nothing is left to compute in a template."""

    caption: str
    first: date
    last: date
    today: date
    today_left: float | None
    ticks: tuple[Tick, ...]
    lanes: tuple[DrawnLane, ...]

    @property
    def key(self) -> tuple[tuple[Tone, str], ...]:
        """What each colour says, as far as it is drawn."""
        said = {(bar.span.tone, bar.span.words): None for lane in self.lanes for bar in lane.bars}
        return tuple(said)

    @property
    def marked(self) -> tuple[str, ...]:
        """What the marked days say, as far as they are drawn."""
        return tuple({point.mark.words: None for lane in self.lanes for point in lane.points})


def draw_timeline(
    caption: str, lanes: Sequence[Lane], *, today: date, first: date | None = None, last: date | None = None
) -> Timeline:
    """Place every span between two days (both shown); by default the years that hold all spans and today."""
    spans = (day for lane in lanes for span in lane.spans for day in (span.first, span.last))
    days = [today, *spans, *(mark.day for lane in lanes for mark in lane.marks)]
    begin = first if first is not None else date(min(days).year, 1, 1)
    end = last if last is not None else date(max(days).year, 12, 31)
    scale = _Scale(begin, end)
    return Timeline(
        caption=caption,
        first=begin,
        last=end,
        today=today,
        today_left=scale.left(today) if begin <= today <= end else None,
        ticks=_ticks(scale),
        lanes=tuple(_draw(lane, scale) for lane in lanes),
    )


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._begins, self._whole = first.toordinal(), last.toordinal() - first.toordinal() + 1

    def left(self, day: date) -> float:
        """The place of a day's beginning, held within the drawing."""
        return round(min(max(100 * (day.toordinal() - self._begins) / self._whole, 0.0), 100.0), 2)


def _draw(lane: Lane, scale: _Scale) -> DrawnLane:
    visible = [span for span in lane.spans if span.first <= scale.last and span.last >= scale.first]
    ordered = sorted(visible, key=lambda span: (span.first, span.last))
    bars = tuple(_bar(span, scale) for span in ordered)
    return DrawnLane(lane.label, lane.note, bars, tuple(_points(lane, scale)))


def _points(lane: Lane, scale: _Scale) -> Iterator[Point]:
    """Mark a day where it ends: what is due by a day may still be done on it."""
    for mark in sorted(lane.marks, key=lambda mark: mark.day):
        if scale.first <= mark.day <= scale.last:
            yield Point(scale.left(mark.day + _ONE_DAY), mark)


def _bar(span: Span, scale: _Scale) -> Bar:
    """A day's bar ends where the next day begins; the shortest still shows."""
    left = scale.left(span.first)
    right = scale.left(min(span.last, scale.last) + _ONE_DAY)
    width = round(max(right - left, 0.6), 2)
    return Bar(min(left, round(100 - width, 2)), width, span)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """One tick a year, thinned so that labels never touch; on a phone, every other and those at the edge are dropped."""
    years = range(scale.first.year, scale.last.year + 1)
    starts = [date(year, 1, 1) for year in years if date(year, 1, 1) >= scale.first]
    kept = starts[:: max(1, -(-len(starts) // _MOST_YEAR_LABELS))]
    crowded = len(kept) > _MOST_YEAR_LABELS // 2
    places = [(scale.left(day), str(day.year)) for day in kept]
    return tuple(
        Tick(left, year, (crowded and number % 2 == 1) or left > _NO_ROOM_FOR_A_LABEL)
        for number, (left, year) in enumerate(places)
    )
