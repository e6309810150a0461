"""In which plain words is a decision told: the answer, its reasons, and what to do next?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.wording import as_date, as_list
from licence.standing.decisions import Authority, Because, Decision, Finding, Reason, Standing, State, Total
from licence.standing.voice import Voice
from passport.policy.rules import Duty, LicencePolicy

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in sentences: one line that answers, every reason worst first, and what to do next."""

    headline: str
    reasons: tuple[str, ...]
    next_steps: tuple[str, ...]
    conditions: tuple[str, ...]


def sentences(decision: Decision, policy: LicencePolicy, voice: Voice, *, is_then: bool = False) -> Told:
    """Tell a decision to its person, or of its person to somebody else; `is_then` tells one as it was known once."""
    return Told(
        headline=headline(decision, voice, is_then=is_then),
        reasons=tuple(reason(one, policy, voice) for one in decision.because),
        next_steps=next_steps(decision, policy),
        conditions=tuple(f"Condition on the licence: {one}." for one in decision.conditions),
    )


def headline(decision: Decision, voice: Voice, *, is_then: bool = False) -> str:
    """Answer in one line: may the person practise, and until when if the end is in sight."""
    if decision.because[0].reason is Reason.NOTHING_RECORDED:
        return nothing_recorded(voice, is_then=is_then)
    who, owner = voice.subject, voice.possessive
    if decision.standing is Standing.IN_GRACE and decision.lapses_on is not None:
        return f"{who} may practise. {owner} licence is in grace until {as_date(decision.lapses_on - DAY)}."
    if decision.because[0].reason is Reason.NO_LICENCE_NEEDED:
        return f"{who} {voice.need} no licence to practise."
    return HEADLINES[decision.standing].format(who=who, owner=owner)


def nothing_recorded(voice: Voice, *, is_then: bool) -> str:
    """Say that there is nothing to judge by, or was nothing at the instant that is asked about."""
    whose = "your" if voice.is_own else voice.possessive
    return (
        f"Nothing had been recorded of {whose} service."
        if is_then
        else f"Nothing is recorded of {whose} service."
    )


HEADLINES: Mapping[Standing, str] = {
    Standing.NOT_HELD: "{who} may not practise. No licence has been granted.",
    Standing.PROVISIONAL: "{who} may practise. {owner} licence is provisional, as it is for all on probation.",
    Standing.ACTIVE: "{who} may practise. {owner} licence is active.",
    Standing.IN_GRACE: "{who} may practise. {owner} licence is in grace.",
    Standing.LAPSED: "{who} may not practise. {owner} licence has lapsed.",
    Standing.PAUSED: "{who} may not practise while away. {owner} licence is paused.",
    Standing.SUSPENDED: "{who} may not practise. {owner} licence is suspended.",
    Standing.REVOKED: "{who} may not practise. {owner} licence has been revoked.",
    Standing.SURRENDERED: "{who} may not practise. {owner} licence has been surrendered.",
}


def reason(because: Because, policy: LicencePolicy, voice: Voice) -> str:
    """Tell one reason in one or two sentences."""
    return REASONS[because.reason](because, policy, voice)


def title_of(requirement_id: int | None, policy: LicencePolicy) -> str:
    """Name a requirement as policy does."""
    asked = policy.by_id.get(requirement_id or 0)
    return asked.title if asked else "A requirement of an earlier policy"


def _when(words: str, day: date | None) -> str:
    return f" {words} {as_date(day)}" if day is not None else ""


def _nothing_recorded(_: Because, __: LicencePolicy, ___: Voice) -> str:
    return "A post says whether a licence is needed, and none is recorded."


def _no_licence_needed(_: Because, __: LicencePolicy, voice: Voice) -> str:
    return f"{voice.possessive} post is not one that is held under a licence. Officers and special constables hold one."


def _never_granted(_: Because, __: LicencePolicy, voice: Voice) -> str:
    return (
        f"{voice.subject} {voice.have} not been granted a licence yet. The force’s licensing desk grants it."
    )


def _revoked(because: Because, _: LicencePolicy, __: Voice) -> str:
    return f"A named person revoked the licence{_when('from', because.since)}, and a second person agreed."


def _surrendered(because: Because, _: LicencePolicy, __: Voice) -> str:
    return f"The licence was surrendered{_when('from', because.since)}."


def _left_service(because: Because, _: LicencePolicy, voice: Voice) -> str:
    ended = None if because.since is None else because.since - DAY
    return f"{voice.possessive} last post ended{_when('on', ended)}. A licence is held in a post."


def _suspended(because: Because, _: LicencePolicy, __: Voice) -> str:
    return f"A named person suspended the licence{_when('from', because.since)}. Suspension is neutral: it judges nothing."


def _suspended_from_duty(because: Because, _: LicencePolicy, voice: Voice) -> str:
    since = _when("since", because.since)
    return f"{voice.subject} {voice.have} been suspended from duty{since}. Suspension is neutral: it judges nothing."


def _away(because: Because, _: LicencePolicy, voice: Voice) -> str:
    span = f"{_when('since', because.since)}{_when('until', because.until)}"
    return (
        f"{voice.subject} {voice.are} recorded as away{span}. That counts against nobody: "
        "the licence is paused, and its dates move on by the time away."
    )


def _cycle_ended(because: Because, _: LicencePolicy, __: Voice) -> str:
    last = None if because.since is None else because.since - DAY
    return f"The licence was not renewed in time.{_sentence('The last day of its grace was', last)}"


def _cycle_in_grace(because: Because, _: LicencePolicy, __: Voice) -> str:
    due = None if because.since is None else because.since - DAY
    return f"The licence was to be renewed{_when('by', due)}.{_sentence('Its grace ends on', because.until)}"


def _requirement_overdue(because: Because, policy: LicencePolicy, _: Voice) -> str:
    last = None if because.since is None else because.since - DAY
    title = title_of(because.requirement_id, policy)
    return f"{title} is overdue.{_sentence('The last day to meet it was', last)}{_and_hours(because.total)}"


def _requirement_in_grace(because: Because, policy: LicencePolicy, _: Voice) -> str:
    due = None if because.since is None else because.since - DAY
    title = title_of(because.requirement_id, policy)
    grace = _sentence("Its grace ends on", because.until)
    return f"{title} was due{_when('by', due)}.{grace}{_and_hours(because.total)}"


def _on_probation(because: Because, _: LicencePolicy, voice: Voice) -> str:
    until = _when("until", because.until)
    return f"{voice.subject} {voice.are} on probation{until}. Everything that the licence asks for is met."


def _all_met(_: Because, __: LicencePolicy, ___: Voice) -> str:
    return "Everything that the licence asks for is met."


def _sentence(words: str, day: date | None) -> str:
    return f" {words} {as_date(day)}." if day is not None else ""


REASONS: Mapping[Reason, Callable[[Because, LicencePolicy, Voice], str]] = {
    Reason.NOTHING_RECORDED: _nothing_recorded,
    Reason.NO_LICENCE_NEEDED: _no_licence_needed,
    Reason.NEVER_GRANTED: _never_granted,
    Reason.REVOKED_BY_DETERMINATION: _revoked,
    Reason.SURRENDERED_BY_DETERMINATION: _surrendered,
    Reason.LEFT_SERVICE: _left_service,
    Reason.SUSPENDED_BY_DETERMINATION: _suspended,
    Reason.SUSPENDED_FROM_DUTY: _suspended_from_duty,
    Reason.AWAY: _away,
    Reason.CYCLE_ENDED: _cycle_ended,
    Reason.CYCLE_IN_GRACE: _cycle_in_grace,
    Reason.REQUIREMENT_OVERDUE: _requirement_overdue,
    Reason.REQUIREMENT_IN_GRACE: _requirement_in_grace,
    Reason.ON_PROBATION: _on_probation,
    Reason.ALL_MET: _all_met,
}


def finding_in_words(finding: Finding, policy: LicencePolicy) -> str:
    """Tell how one requirement stands, in one sentence."""
    title, due = title_of(finding.requirement_id, policy), finding.due_on
    if finding.met_on is None and finding.state in {State.MET, State.DUE_SOON}:
        said = f"{title} is not done yet.{_sentence('The last day to do it is', due)}"
    else:
        said = STATES[finding.state](title, finding)
    return said + _and_hours(finding.total)


def hours_in_words(total: Total) -> str:
    """Say how many of the hours asked for count, and how many are missing: 7 of 12 hours count: 5 more are needed."""
    counting = f"{total.done:g} of {total.asked:g} hours count"
    if not total.missing:
        return f"{counting}."
    more = f"{total.missing:g} more {'is' if total.missing == 1 else 'are'} needed"
    return f"{counting}; after the due day {more}." if total.is_reached else f"{counting}: {more}."


def _and_hours(total: Total | None) -> str:
    return f" {hours_in_words(total)}" if total is not None else ""


STATES: Mapping[State, Callable[[str, Finding], str]] = {
    State.MET: lambda title, one: f"{title} is met{_when('through', one.due_on)}.",
    State.DUE_SOON: lambda title, one: f"{title} is due{_when('by', one.due_on)}.",
    State.IN_GRACE: lambda title, one: (
        f"{title} was due{_when('by', one.due_on)}.{_sentence('Its grace ends on', one.grace_ends_on)}"
    ),
    State.OVERDUE: lambda title, one: f"{title} is overdue. It was due{_when('by', one.due_on)}.",
    State.WAIVED: lambda title, _: f"{title} is waived for now, by a named person.",
    State.NOT_APPLICABLE: lambda title, one: (
        f"{title} is not asked of this post. It was met{_when('on', one.met_on)}."
    ),
    State.AWAITING_VERIFICATION: lambda title, _: f"{title} has evidence that nobody has verified yet.",
    State.FORCE_OVERDUE: lambda title, _: (
        f"{title} is the force’s to provide, and is late. It counts against nobody else."
    ),
}


def authority_in_words(authority: Authority, policy: LicencePolicy, voice: Voice) -> str:
    """Tell whether a power may be used, and what stops it."""
    if authority.held:
        return f"{voice.subject} may use {authority.name}{_when('through', authority.until)}."
    if authority.stopped_by:
        why = as_list([title_of(one, policy) for one in authority.stopped_by])
        return f"{voice.subject} may not use {authority.name}: {why} is not current."
    return f"{voice.subject} may not use {authority.name} while the licence does not let {_object(voice)} practise."


def _object(voice: Voice) -> str:
    return "you" if voice.is_own else "them"


def next_steps(decision: Decision, policy: LicencePolicy) -> tuple[str, ...]:
    """Say what to do next: first what decides the standing, then what is due, each once."""
    deciding = [STEPS[one.reason] for one in decision.because if one.reason in STEPS]
    unmet = {one.requirement_id for one in decision.because}
    ordered = sorted(
        decision.findings, key=lambda one: (one.requirement_id not in unmet, one.due_on or date.max)
    )
    steps = [*deciding, *(step for one in ordered if (step := step_for(one, policy)))]
    return tuple(dict.fromkeys(steps))


STEPS: Mapping[Reason, str] = {
    Reason.NEVER_GRANTED: "Ask the force’s licensing desk about the grant of a licence.",
    Reason.REVOKED_BY_DETERMINATION: "The decision letter says how to appeal, and by when.",
    Reason.SURRENDERED_BY_DETERMINATION: "To practise again, ask the force’s licensing desk for a new grant.",
    Reason.SUSPENDED_BY_DETERMINATION: "The decision letter names whom to ask, and who offers support meanwhile.",
    Reason.SUSPENDED_FROM_DUTY: "Speak to the welfare contact named for the time of suspension.",
    Reason.AWAY: "Before returning, agree a plan for what has to be refreshed.",
    Reason.CYCLE_ENDED: "Ask the force’s licensing desk for a renewal.",
    Reason.CYCLE_IN_GRACE: "Ask the force’s licensing desk for a renewal.",
}


def step_for(finding: Finding, policy: LicencePolicy) -> str | None:
    """Say what would meet a requirement that is due, or who has to act."""
    asked = policy.by_id.get(finding.requirement_id)
    if asked is None or finding.state in {State.MET, State.WAIVED, State.NOT_APPLICABLE}:
        return None
    if asked.duty is Duty.FORCE or finding.state is State.FORCE_OVERDUE:
        return f"{asked.title}: the force has to provide it."
    if finding.state is State.AWAITING_VERIFICATION:
        return f"{asked.title}: ask for the evidence to be verified."
    return f"{asked.title}: {asked.how_to_meet or 'ask the training team for a place.'}"
