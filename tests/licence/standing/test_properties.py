"""What must be true of every decision, whatever the policy and whatever the life?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from licence.standing.decisions import (
    COUNTS,
    Absence,
    Decision,
    LicenceFacts,
    Standing,
    State,
)
from licence.standing.history import Completions, Hours
from licence.standing.rules import decide, outline
from passport.policy.rules import Duty, LicencePolicy
from tests.licence.standing.strategies import IDS, absences, evidence, lives, ons, policies

DAY = timedelta(days=1)
BY_TIME = [Standing.LAPSED, Standing.IN_GRACE, Standing.PROVISIONAL, Standing.ACTIVE]


def days_by_requirement(completions: Completions) -> dict[int, list[date]]:
    return {one: list(completions.days_of(one)) for one in set(completions.requirement_ids)}


def with_more(facts: LicenceFacts, more: Mapping[int, list[date]], hours: float = 4) -> LicenceFacts:
    """Add completions, each of so many hours; of a day there is one record, so that a day known already stays as it is."""
    known = days_by_requirement(facts.completions)
    taken = hours_by_requirement(facts.hours)
    new = {one: set(more.get(one, [])) - set(known.get(one, [])) for one in IDS}
    return replace(
        facts,
        completions=Completions.of({one: [*known.get(one, []), *new[one]] for one in IDS}),
        hours=Hours.of({one: taken[one] | dict.fromkeys(new[one], hours) for one in IDS}),
    )


def hours_by_requirement(hours: Hours) -> dict[int, dict[date, float]]:
    return {one: {day: number / 100 for day, number in hours.of_requirement(one)} for one in IDS}


def hours_up_to(last: date, hours: Hours) -> Hours:
    known = hours_by_requirement(hours).items()
    return Hours.of(
        {one: {day: number for day, number in days.items() if day <= last} for one, days in known}
    )


def without_the_day(decision: Decision) -> Decision:
    """Leave out the two things that every day may say differently: the day, and how far the decision looks ahead."""
    return replace(decision, on=date.min, next_change_on=date.min)


@given(lives(), policies(), ons)
def test_an_outline_says_what_the_decision_says_but_for_what_is_simply_met_or_counts_for_nothing_today(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    whole = decide(facts, policy, on)
    to_tell = tuple(one for one in whole.findings if one.state is not State.MET and one.effect in COUNTS)
    assert outline(facts, policy, on) == replace(whole, findings=to_tell)


@given(lives(), policies(), ons, st.data())
def test_time_alone_changes_nothing_before_the_next_change(
    facts: LicenceFacts, policy: LicencePolicy, on: date, data: st.DataObject
) -> None:
    first = decide(facts, policy, on)
    assert on < first.next_change_on <= on + timedelta(days=180)
    last = first.next_change_on - DAY
    for day in {last, on + timedelta(days=data.draw(st.integers(0, (last - on).days)))}:
        later = decide(facts, policy, day)
        assert without_the_day(later) == without_the_day(first)
        assert later.next_change_on >= first.next_change_on


@given(lives(), policies(), ons)
def test_no_notice_falls_due_before_the_next_change(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    decision = decide(facts, policy, on)
    dues = [one.due_on for one in decision.findings if one.due_on] + [decision.expires_on or date.max]
    rungs = [due - timedelta(days=rung) for due in dues for rung in policy.terms.notice_days]
    assert not [rung for rung in rungs if on < rung < decision.next_change_on]


@given(lives(), policies(), ons, evidence)
def test_more_evidence_never_worsens_a_standing(
    facts: LicenceFacts, policy: LicencePolicy, on: date, more: dict[int, list[date]]
) -> None:
    before, after = decide(facts, policy, on), decide(with_more(facts, more), policy, on)
    if before.standing in BY_TIME:
        assert BY_TIME.index(after.standing) >= BY_TIME.index(before.standing)
    else:
        assert after.standing is before.standing
    assert (after.lapses_on or date.max) >= (before.lapses_on or date.max)


@given(lives(), policies(), ons, evidence)
def test_more_evidence_never_worsens_a_finding_nor_an_authority(
    facts: LicenceFacts, policy: LicencePolicy, on: date, more: dict[int, list[date]]
) -> None:
    before, after = decide(facts, policy, on), decide(with_more(facts, more), policy, on)
    for old, new in zip(before.findings, after.findings, strict=True):
        assert (new.due_on or date.max) >= (old.due_on or date.max)
    held = {one.name: one for one in after.authorities}
    for one in before.authorities:
        assert held[one.name].held >= one.held
        if one.held:
            assert (held[one.name].until or date.max) >= (one.until or date.max)


@given(lives(), policies(), ons)
def test_one_completion_that_takes_all_the_hours_is_judged_as_one_completion_is(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    taken = {one: dict.fromkeys(days, 12.0) for one, days in days_by_requirement(facts.completions).items()}
    unverified = {one: dict.fromkeys(days, 12.0) for one, days in days_by_requirement(facts.awaiting).items()}
    whole = replace(facts, hours=Hours.of(taken), hours_awaiting=Hours.of(unverified))
    at_once = replace(
        policy, requirements=tuple(replace(one, hours_in_all=None) for one in policy.requirements)
    )
    added, simple = decide(whole, policy, on), decide(whole, at_once, on)
    assert (added.standing, added.lapses_on) == (simple.standing, simple.lapses_on)
    for one, other in zip(added.findings, simple.findings, strict=True):
        assert (one.state, one.due_on, one.grace_ends_on) == (other.state, other.due_on, other.grace_ends_on)
    assert added.authorities == simple.authorities


@given(lives(), policies(), ons, absences)
def test_another_absence_never_makes_anything_fall_due_earlier(
    facts: LicenceFacts, policy: LicencePolicy, on: date, absence: Absence
) -> None:
    before = decide(facts, policy, on)
    after = decide(replace(facts, absences=(*facts.absences, absence)), policy, on)
    for old, new in zip(before.findings, after.findings, strict=True):
        assert (new.due_on or date.max) >= (old.due_on or date.max)
    assert (after.expires_on or date.max) >= (before.expires_on or date.max)
    assert after.standing is not Standing.LAPSED or before.standing is Standing.LAPSED


@given(lives(), policies(), ons, st.randoms(use_true_random=False))
def test_the_order_of_facts_is_irrelevant(
    facts: LicenceFacts, policy: LicencePolicy, on: date, random: Random
) -> None:
    known = list(days_by_requirement(facts.completions).items())
    random.shuffle(known)
    taken = [
        (one, dict(random.sample(list(days.items()), len(days))))
        for one, days in hours_by_requirement(facts.hours).items()
    ]
    random.shuffle(taken)
    other = replace(
        facts,
        posts=tuple(random.sample(facts.posts, len(facts.posts))),
        absences=tuple(random.sample(facts.absences, len(facts.absences))),
        determinations=tuple(random.sample(facts.determinations, len(facts.determinations))),
        dispensations=tuple(random.sample(facts.dispensations, len(facts.dispensations))),
        completions=Completions.of(dict(known)),
        hours=Hours.of(dict(taken)),
    )
    assert decide(other, policy, on) == decide(facts, policy, on)


@given(lives(), policies(), ons, evidence)
def test_what_the_force_owes_never_touches_the_officer(
    facts: LicenceFacts, policy: LicencePolicy, on: date, other: dict[int, list[date]]
) -> None:
    owed = {one.id for one in policy.requirements if one.duty is Duty.FORCE}
    # What is met by an offer alone: evidence of anything that somebody else's requirement accepts is that person's.
    known = days_by_requirement(facts.completions)
    changed = {one: other.get(one, []) if one in owed else known.get(one, []) for one in IDS}
    before = decide(facts, policy, on)
    after = decide(replace(facts, completions=Completions.of(changed)), policy, on)
    assert (after.standing, after.because, after.authorities) == (
        before.standing,
        before.because,
        before.authorities,
    )
    assert (after.expires_on, after.lapses_on) == (before.expires_on, before.lapses_on)
    for one in after.findings:
        if one.requirement_id in owed:
            assert one.state in {State.MET, State.DUE_SOON, State.FORCE_OVERDUE}


@given(lives(), policies(), ons)
def test_a_licence_lapses_on_the_day_that_was_told(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    """If nothing is done: posts go on, nobody decides anything, and the same is asked."""
    same = tuple(
        replace(one, applies_to=replace(one.applies_to, on_probation=None)) for one in policy.requirements
    )
    asked = replace(policy, requirements=same)
    going_on = tuple(replace(one, period=replace(one.period, ends_on=None)) for one in facts.posts[:1])
    nothing_done = replace(
        facts,
        posts=going_on,
        completions=facts.completions.up_to(on),
        hours=hours_up_to(on, facts.hours),
        determinations=tuple(one for one in facts.determinations if one.effective_on <= on),
    )
    decision = decide(nothing_done, asked, on)
    if not decision.may_practise or decision.lapses_on is None:
        return
    assert decide(nothing_done, asked, decision.lapses_on).standing is Standing.LAPSED
    if decision.lapses_on - DAY >= on:
        assert decide(nothing_done, asked, decision.lapses_on - DAY).standing is not Standing.LAPSED


@given(lives(), policies(), ons, st.integers(1, 400))
def test_what_is_to_come_changes_nothing_today(
    facts: LicenceFacts, policy: LicencePolicy, on: date, off: int
) -> None:
    day = on + timedelta(days=off)
    before, after = decide(facts, policy, on), decide(with_more(facts, {1: [day]}), policy, on)
    assert without_the_day(after) == without_the_day(before)
    assert after.next_change_on == min(before.next_change_on, day)


@given(lives(), policies(), ons)
def test_every_decision_gives_its_reasons_once_and_worst_first(
    facts: LicenceFacts, policy: LicencePolicy, on: date
) -> None:
    decision = decide(facts, policy, on)
    assert decision.because
    assert len(set(decision.because)) == len(decision.because)
