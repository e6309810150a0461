"""What became of a licence, which absences moved its days, and what did this service say at the time?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.clock import london_day
from foundation.wording import as_count, as_date, as_sentence_case
from licence.passport_page.judged import Judging
from licence.standing.decisions import Because, Decision, LicenceFacts, Standing
from licence.standing.voice import Voice
from licence.standing.words import reason
from people.posts.rules import AbsenceKind

CAUSES: Mapping[str, str] = {
    "time": "A date passed.",
    "facts": "What is recorded changed.",
    "policy": "Policy changed.",
    "first decision": "This was the first decision kept here.",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of standing as it was kept at the time."""

    before: Standing | None
    after: Standing
    effective_on: date
    because: tuple[Because, ...]
    cause: str
    policy_version: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Chapter:
    """One change of standing as it is shown."""

    day: date
    before: Standing | None
    after: Standing
    reasons: tuple[str, ...]
    cause: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Pause:
    """One absence, and what it did to the days."""

    title: str
    sentence: str


def history(transitions: Sequence[Transition], judging: Judging) -> tuple[Chapter, ...]:
    """Return every change of standing, newest first, each with the reasons given at the time."""
    return tuple(_chapter(one, judging) for one in reversed(transitions))


def _chapter(one: Transition, judging: Judging) -> Chapter:
    return Chapter(
        day=one.effective_on,
        before=one.before,
        after=one.after,
        reasons=tuple(reason(why, judging.policy, judging.voice) for why in one.because),
        cause=CAUSES.get(one.cause, ""),
        recorded=f"Recorded on {as_date(london_day(one.recorded_at))} under policy version {one.policy_version}.",
    )


def since(decision: Decision, transitions: Sequence[Transition]) -> date | None:
    """Return the day since which the standing of a day has held, as far as it was kept or is told by its reason."""
    until_then = [one for one in transitions if one.effective_on <= decision.on]
    if until_then and until_then[-1].after is decision.standing:
        return until_then[-1].effective_on
    return decision.because[0].since if decision.because else None


def said_then(transitions: Sequence[Transition], decision: Decision, *, today: date) -> str:
    """Tell what this service said on a past day apart from what the facts now show for it."""
    if decision.on >= today:
        return ""
    kept = [one for one in transitions if london_day(one.recorded_at) <= decision.on]
    if not kept:
        return "This service had kept no decision by that day."
    said, now_shown = kept[-1].after, decision.standing
    if said is now_shown:
        return f"On that day this service said the same: {said}."
    return f"On that day this service said: {said}. What has been recorded since then shows that it was {now_shown}."


def pauses(facts: LicenceFacts, judging: Judging) -> tuple[Pause, ...]:
    """Tell every absence that has begun, newest first; its kind is told to the holder alone."""
    begun = [one for one in facts.absences if one.period.starts_on <= judging.on]
    return tuple(
        Pause(_kind(one.kind, judging.voice), _period(one.period.starts_on, one.period.ends_on))
        for one in sorted(begun, key=lambda one: one.period.starts_on, reverse=True)
    )


def _kind(kind: AbsenceKind, voice: Voice) -> str:
    """Name an absence; why a colleague is away may be about their health, and is not for every reader."""
    return as_sentence_case(kind) if voice.is_own else "Away"


def _period(first: date, last: date | None) -> str:
    return f"{as_date(first)} to {as_date(last)}" if last else f"Since {as_date(first)}"


def moved(decision: Decision, judging: Judging) -> tuple[str, ...]:
    """Tell every due day that an absence, or the force's failure to provide, has moved on."""
    return tuple(
        f"{asked.title}: moved on by {as_count(one.extended_days, 'day')} to {as_date(one.due_on)}."
        for one in decision.findings
        if one.extended_days > 0
        and one.due_on is not None
        and (asked := judging.policy.by_id.get(one.requirement_id)) is not None
    )
