"""How does a passport look over the years: what was held from when to when, and what comes due?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from foundation.parts import Tone
from foundation.timeline import Lane, Mark, Span, Timeline, draw_timeline
from foundation.wording import as_table_date
from licence.passport_page.judged import OPTIONAL, Evidence, Judging
from licence.standing.anniversaries import reaches
from licence.standing.clocks import Span as Stretch
from licence.standing.decisions import Finding, LicenceFacts, State
from licence.standing.due import Reach, through
from licence.standing.history import in_hundredths
from licence.standing.totals import Part, stretches
from passport.policy.rules import Duty, Effect, Requirement

MOST_LANES = 12
YEARS_BACK = 4
YEARS_AHEAD = 2
_A_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)
_ORDER = {effect: place for place, effect in enumerate(Effect)}
_UNMET = frozenset({State.OVERDUE, State.IN_GRACE, State.AWAITING_VERIFICATION})


def drawn(facts: LicenceFacts, findings: Sequence[Finding], judging: Judging) -> Timeline | None:
    """Draw what was held and what comes due; nothing where nothing was ever recorded."""
    drawable = (_lane(one, judging) for one in sorted(findings, key=_place))
    lanes = list(islice((lane for lane in drawable if lane is not None), MOST_LANES))
    away = _away(facts, judging.on)
    if not lanes:
        return None
    days = [span.first for lane in lanes for span in lane.spans]
    first = max(min(days, default=judging.on), judging.on - YEARS_BACK * _A_YEAR)
    return draw_timeline(
        "What has been held, and what comes due",
        [*lanes, *away],
        today=judging.on,
        first=date(first.year, 1, 1),
        last=date(judging.on.year + YEARS_AHEAD, 12, 31),
    )


def _place(finding: Finding) -> tuple[bool, int, date]:
    """Put what is near or past its day first, then what the licence and its powers need."""
    settled = finding.state in {State.MET, State.WAIVED}
    return settled, _ORDER[finding.effect], finding.due_on or date.max


def _lane(finding: Finding, judging: Judging) -> Lane | None:
    asked = judging.policy.by_id.get(finding.requirement_id)
    if asked is None or asked.duty is Duty.FORCE:
        return None
    spans = [*_held(finding, asked, judging), *_since_due(finding, judging.on)]
    note = f"Due {as_table_date(finding.due_on)}" if finding.due_on else ""
    marks = [Mark(finding.due_on, "Due")] if finding.due_on and finding.effect not in OPTIONAL else []
    return Lane(asked.title, spans, note, marks) if spans or marks else None


def _held(finding: Finding, asked: Requirement, judging: Judging) -> Iterator[Span]:
    """Return the stretches that evidence held, joined where one follows another; the last as the decision tells it."""
    records = [
        one
        for number in (asked.id, *asked.satisfied_by)
        for one in judging.evidence.get(number, ())
        if one.is_verified and one.completed_on <= judging.on
    ]
    end = date(judging.on.year + YEARS_AHEAD, 12, 31)
    if asked.hours_in_all is None:
        reached = reaches(asked.validity, [one.completed_on for one in records])
        held = [(met_on, _until(finding, met_on, due_on, end)) for due_on, met_on in reached]
    else:
        held = [(first, min(last, end)) for first, last in _added_up(finding, asked, records)]
    first, last = None, date.min
    for begins, ends in sorted(held):
        if first is not None and begins > last + _DAY:
            yield Span(first, last, "Held", Tone.GOOD)
            first, last = None, date.min
        first, last = first or begins, max(last, ends)
    if first is not None:
        yield Span(first, last, "Held", Tone.GOOD)


def _added_up(finding: Finding, asked: Requirement, records: Iterable[Evidence]) -> Iterator[Stretch]:
    """Return the days through which hours came to what is asked, the last of them as the decision tells it."""
    done = [
        Part(reach.due_on, reach, in_hundredths(one.hours))
        for one in records
        if one.hours and (reach := Reach(through(asked.validity, one.completed_on), one.completed_on))
    ]
    for first, last in stretches(done, in_hundredths(asked.hours_in_all or 0)):
        is_told = (
            finding.met_on is not None and finding.due_on is not None and first <= finding.met_on <= last
        )
        yield Stretch(first, finding.due_on if is_told and finding.due_on else last)


def _until(finding: Finding, met_on: date, due_on: date, end: date) -> date:
    if met_on == finding.met_on and finding.due_on is not None:
        due_on = finding.due_on
    return max(met_on, min(due_on, end))


def _since_due(finding: Finding, on: date) -> Iterator[Span]:
    """Return the days of grace, and those since the last of them, of what is not met."""
    if (
        finding.state not in _UNMET
        or finding.effect in OPTIONAL
        or finding.due_on is None
        or finding.grace_ends_on is None
    ):
        return
    if finding.grace_ends_on > finding.due_on:
        yield Span(finding.due_on + _DAY, finding.grace_ends_on, "Grace", Tone.SOON)
    if finding.grace_ends_on < on:
        yield Span(finding.grace_ends_on + _DAY, on, "Overdue", Tone.STOP)


def _away(facts: LicenceFacts, on: date) -> list[Lane]:
    """Return the absences that have begun, and those known to come; one without an end is known up to the day."""
    last = date(on.year + YEARS_AHEAD, 12, 31)
    spans = [
        Span(
            one.period.starts_on,
            min(one.period.ends_on or max(on, one.period.starts_on), last),
            "Away",
            Tone.ASIDE,
        )
        for one in facts.absences
        if one.period.starts_on <= last
    ]
    return [Lane("Time away", spans, "Extends, never lapses")] if spans else []
