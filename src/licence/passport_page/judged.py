"""How does one requirement read on a passport: its state, the evidence that meets it, and why it is due when it is?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from foundation.wording import as_count, as_date, as_distance
from licence.passport_page.words import cited
from licence.standing.decisions import Finding, State
from licence.standing.voice import Voice
from licence.standing.words import hours_in_words
from passport.policy.rules import Anchor, Duty, Effect, LicencePolicy, Requirement, Validity

# Nothing a person does today depends on these: what is missing is told, and alarms nobody.
OPTIONAL = frozenset({Effect.PROMOTION_GATE, Effect.ADVISORY})
UNMET = frozenset({State.IN_GRACE, State.OVERDUE})
IN_DOUBT = "In doubt: whoever delivered it was not licensed to on that day."


class Evidence(NamedTuple):
    """One record that a requirement was met on a day: who says so, whether it is verified, and when it was recorded.

    What a provider delivered is in doubt once its licence for it turns out to have ended before.
    """

    requirement_id: int
    code: str
    completed_on: date
    is_verified: bool
    hours: float | None
    source: str
    reference: str | None
    recorded_at: datetime
    number: int
    provider_id: int | None = None
    is_in_doubt: bool = False


class Line(NamedTuple):
    """One record in words, and its number."""

    words: str
    number: int


class Why(NamedTuple):
    """Why a word stands there: sentences, the source they rest on, and where the rule can be read."""

    text: str
    source: str
    href: str


class Item(NamedTuple):
    """One requirement as it is shown."""

    code: str
    title: str
    state: State
    is_optional: bool
    sentence: str
    evidence: tuple[Line, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Judging:
    """What is needed to put findings into words: the day, the policy, the evidence by requirement, who is told."""

    on: date
    policy: LicencePolicy
    evidence: Mapping[int, Sequence[Evidence]]
    voice: Voice


def item(finding: Finding, asked: Requirement, judging: Judging) -> Item:
    """Return one requirement as it is shown."""
    return Item(
        code=asked.code,
        title=asked.title,
        state=finding.state,
        is_optional=finding.effect in OPTIONAL and finding.state in UNMET,
        sentence=sentence(finding, asked, judging),
        evidence=_evidence(finding, asked, judging),
        why=why(finding, asked, judging),
    )


def sentence(finding: Finding, asked: Requirement, judging: Judging) -> str:
    """Say how a requirement stands, with its days and, where they are added up, its hours."""
    hours = f" {hours_in_words(finding.total)}" if finding.total is not None else ""
    return f"{_days(finding, asked, judging)}{hours}"


def _days(finding: Finding, asked: Requirement, judging: Judging) -> str:
    if asked.duty is Duty.FORCE:
        return _forces(finding, judging)
    match finding.state:
        case State.MET:
            return _held(finding, asked)
        case State.WAIVED:
            return "Waived for now: nothing is due while the waiver lasts."
        case State.AWAITING_VERIFICATION:
            counts = f" Until then it counts as {finding.counts_as}." if finding.counts_as else ""
            return f"Recorded, and waiting for the force to verify it.{counts}"
        case State.FORCE_OVERDUE:
            return (
                f"The force has not provided it in time. This does not count against {_them(judging.voice)}."
            )
        case _:
            return _owed(finding, judging.on)


def _held(finding: Finding, asked: Requirement) -> str:
    if finding.due_on is None:
        for_good = asked.validity.months is None and finding.met_on is not None
        return "Met, and holds for good." if for_good else "Its clock stands still: nothing is due for now."
    day = as_date(finding.due_on)
    return f"Holds until {day}." if finding.met_on else f"Not done yet. To be met by {day}."


def _owed(finding: Finding, on: date) -> str:
    """Say what the person still owes, and since when."""
    begun = finding.met_on is not None or _has_hours(finding)
    if finding.due_on is None or (finding.effect in OPTIONAL and not begun):
        return "Nothing is recorded for it yet."
    day, away = as_date(finding.due_on), as_distance(finding.due_on, on)
    if finding.state is State.DUE_SOON:
        return f"Holds until {day}, {away}." if finding.met_on else f"To be met by {day}, {away}."
    ends_on = finding.grace_ends_on if _has_grace(finding) else None
    grace = f" Grace ends on {as_date(ends_on)}." if ends_on else ""
    return f"Was due by {day}, {away}.{grace}" if begun else f"Never recorded. Was due by {day}.{grace}"


def _has_grace(finding: Finding) -> bool:
    """Say whether grace still runs; a safety-critical power has none, whatever the licence has."""
    return finding.state is State.IN_GRACE and finding.effect is not Effect.OPERATIONAL_STOP


def _forces(finding: Finding, judging: Judging) -> str:
    """Say how the force stands with what is its own to do: only that it offered, never what came of it."""
    whose, you = "Your" if judging.voice.is_own else "The", _them(judging.voice)
    if finding.state is State.FORCE_OVERDUE:
        last = f" It last did so on {as_date(finding.met_on)}." if finding.met_on else ""
        return f"{whose} force has not offered its check in time.{last} This does not count against {you}."
    next_by = f" It offers the next one by {as_date(finding.due_on)}." if finding.due_on else ""
    if finding.met_on is None and finding.due_on is None:
        return f"{whose} force’s check is not due for now."
    if finding.met_on is None:
        return f"{whose} force has not offered its check yet.{next_by.replace('the next one', 'it')}"
    return f"{whose} force offered its check on {as_date(finding.met_on)}.{next_by}"


def _them(voice: Voice) -> str:
    return "you" if voice.is_own else "them"


def _evidence(finding: Finding, asked: Requirement, judging: Judging) -> tuple[Line, ...]:
    """Tell the record that meets a requirement, and those that wait to be verified; a force's offers have none."""
    if asked.duty is Duty.FORCE:
        return ()
    counting = [
        one for number in (asked.id, *asked.satisfied_by) for one in judging.evidence.get(number, ())
        if one.completed_on <= judging.on
    ]  # fmt: skip
    meets = [one for one in counting if one.is_verified and _meets(one, finding)]
    meets = meets if finding.total is not None else meets[:1]
    waits = [one for one in counting if not one.is_verified and finding.state is State.AWAITING_VERIFICATION]
    return tuple(
        Line(record_in_words(one, asked, judging.policy), one.number) for one in (*meets, *waits[:1])
    )


def _meets(one: Evidence, finding: Finding) -> bool:
    """Say whether a record meets the requirement, or is one of those whose hours count today."""
    if finding.total is None:
        return one.completed_on == finding.met_on
    return finding.total.since is not None and one.completed_on >= finding.total.since


def record_in_words(one: Evidence, asked: Requirement, policy: LicencePolicy) -> str:
    """Say when a requirement was met, who says so, and whether that is verified."""
    other = policy.by_id.get(one.requirement_id)
    through = f" by {other.title}" if other and one.requirement_id != asked.id else ""
    hours = f", {as_hours(one.hours)}" if one.hours else ", no hours given" if asked.hours_in_all else ""
    verified = "verified" if one.is_verified else "not verified yet"
    doubt = f" {IN_DOUBT}" if one.is_in_doubt else ""
    return (
        f"Completed{through} on {as_date(one.completed_on)}{hours}. Source: {one.source}, {verified}.{doubt}"
    )


def as_hours(hours: float) -> str:
    """7.5 hours, 1 hour, 12 hours."""
    return as_count(int(hours), "hour") if hours == int(hours) else f"{hours:g} hours"


def why(finding: Finding, asked: Requirement, judging: Judging) -> Why:
    """Say how the due day came about, on which paragraph it rests, and how firm that is."""
    parts = [
        _counted(finding, asked),
        f"Time away, or time in which the force could not provide it, moved this day on by "
        f"{as_count(finding.extended_days, 'day')}." if finding.extended_days > 0 else "",
        _grace(asked),
        _counts_for(asked),
    ]  # fmt: skip
    return Why(
        " ".join(filter(None, parts)),
        cited(asked.source, asked.evidence_tag, judging.policy),
        rule_href(asked),
    )


def _counted(finding: Finding, asked: Requirement) -> str:
    held = _validity(asked.validity) if asked.hours_in_all is None else _each_hour(asked.validity)
    if asked.duty is Duty.FORCE:
        return f"This is the force’s duty. {held}"
    if finding.met_on is None:
        allowed = as_count(asked.initial_days, "day")
        given = f" Policy allows {allowed} to meet it for the first time." if asked.initial_days else ""
        done = (
            "Its hours have not come together."
            if _has_hours(finding)
            else "Nothing verified is recorded for it."
        )
        return f"{done}{given} {held}"
    if finding.total is not None:
        return f"The hours that hold it came together on {as_date(finding.met_on)}. {held}"
    return f"It was last met on {as_date(finding.met_on)}. {held}"


def _has_hours(finding: Finding) -> bool:
    return finding.total is not None and finding.total.done > 0


def _validity(validity: Validity) -> str:
    if validity.months is None:
        return "Once met, it holds for good."
    months = as_count(validity.months, "month")
    if validity.anchor is Anchor.ANNIVERSARY:
        return f"Meeting it holds for {months}, and renewing it a little early keeps the same date each time."
    if validity.anchor is Anchor.FIXED_DATE:
        return f"Meeting it holds for {months}, and then to the fixed day of the year that policy sets."
    return f"Meeting it holds for {months} from the day of completion."


def _each_hour(validity: Validity) -> str:
    """Say for how long hours count that are added up; it is due when those that count come to too few."""
    if validity.months is None:
        return "What was done counts for good."
    day = ", and then to the fixed day of the year that policy sets" if validity.fixed_day else ""
    return f"What was done counts for {as_count(validity.months, 'month')} from its day{day}."


def _grace(asked: Requirement) -> str:
    if asked.effect is Effect.OPERATIONAL_STOP:
        return "There is no grace: the authority stops on the day."
    if asked.effect is Effect.LICENCE_CORE and asked.duty is Duty.PERSON:
        return (
            f"After that there are {as_count(asked.grace_days, 'day')} of grace." if asked.grace_days else ""
        )
    return ""


def _counts_for(asked: Requirement) -> str:
    """Say whom the requirement concerns by its words in the policy, where it carries a level."""
    return f"The level asked for is {asked.level}." if asked.level else ""


def rule_href(asked: Requirement) -> str:
    """Return where the rule can be read."""
    return f"/policy#{asked.code}"
