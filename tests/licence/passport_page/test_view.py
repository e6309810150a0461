"""Does a passport say the exact facts, the most urgent first, each with its reason, and blame nobody wrongly?"""

from datetime import UTC, date, datetime

import pytest

from foundation.parts import Tone
from licence.passport_page.story import Transition
from licence.standing.decisions import (
    Absence,
    Because,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    Reason,
    Standing,
    State,
)
from passport.policy.rules import Effect
from people.posts.rules import AbsenceKind, Kind, Period
from tests.licence.passport_page.samples import (
    CHECK,
    FIRST_AID,
    GRANT,
    PPST,
    STAGE_TWO,
    TASER,
    TODAY,
    facts,
    shown,
)

SPRING, AUTUMN, WINTER = date(2025, 4, 1), date(2025, 10, 20), date(2025, 12, 1)
EVERYTHING = {PPST: [AUTUMN], FIRST_AID: [WINTER], TASER: [date(2025, 9, 1)], STAGE_TWO: [SPRING]}


def test_the_answer_comes_first_with_its_reason_and_its_days() -> None:
    answer = shown(facts(EVERYTHING)).answer
    assert answer.title == "You may practise until 17 November 2026"
    assert answer.reason == (
        "Public and personal safety training was due by 20 October 2026. Its grace ends on 17 November 2026."
    )
    assert (
        answer.since
        == "In grace since 21 October 2026. Once this is put right, the licence runs until 2 June 2030."
    )


def test_what_presses_most_is_first_and_nothing_optional_is_among_it() -> None:
    view = shown(facts({**EVERYTHING, STAGE_TWO: []}))
    assert view.first is not None
    todo = [(one.code, one.state) for one in (view.first, *view.others)]
    assert todo == [("PPST", State.IN_GRACE), ("CED", State.OVERDUE), ("FIRST-AID", State.DUE_SOON)]


def test_the_next_thing_says_by_when_how_how_long_and_what_otherwise() -> None:
    first = shown(facts(EVERYTHING)).first
    assert first is not None
    assert first.by == "17 November 2026, in 12 days. This is the last day of grace."
    assert first.how == "Book a place through your training team."
    assert first.hours == "12 hours"
    assert first.otherwise == "The licence lapses the next day, and you may not practise."


def test_an_authority_stops_on_the_day_whatever_the_grace() -> None:
    [taser] = shown(facts(EVERYTHING)).powers
    assert not taser.held
    assert taser.sentence == (
        "Stopped because Conducted energy device is not current. It was held until 1 September 2026."
    )
    [held] = shown(facts()).powers
    assert held.sentence == "Held until 1 July 2027, in 7 months."


def test_every_reason_cites_the_paragraph_how_firm_it_is_and_the_policy() -> None:
    view = shown(facts(EVERYTHING))
    assert view.first is not None
    every = [view.answer.why, view.first.why, *(one.why for one in view.powers)]
    every += [one.why for group in view.groups for one in (*group.open, *group.met)]
    for why in every:
        assert "Policy: National starting policy, version 1, in force from 1 January 2020." in why.source
        assert why.href.startswith("/policy")
    assert view.first.why.href == "/policy#PPST"
    assert "This is what a published source says." in view.first.why.source


def test_what_is_met_is_kept_apart_from_what_is_not() -> None:
    [licence, powers, promotion] = shown(facts(EVERYTHING)).groups
    assert [one.code for one in licence.open] == ["PPST", "FIRST-AID"]
    assert [one.code for one in powers.open] == ["CED"]
    assert [one.code for one in promotion.met] == ["STAGE-2"]
    assert [one.words for one in promotion.met[0].evidence] == [
        "Completed on 1 April 2025. Source: Chronicle, verified."
    ]


def test_a_promotion_gate_not_met_alarms_nobody() -> None:
    promotion = shown(facts({**EVERYTHING, STAGE_TWO: []})).groups[-1]
    [stage] = promotion.open
    assert (stage.is_optional, stage.sentence) == (True, "Nothing is recorded for it yet.")


def test_the_forces_failure_is_the_forces() -> None:
    known = facts(
        EVERYTHING,
        dispensations=[Dispensation(PPST, DispensationKind.FORCE_FAILURE, Period(date(2026, 10, 1)))],
    )
    view = shown(known)
    assert {one.code for one in view.forces} == {"PPST", "CHECK"}
    assert all("This does not count against you." in one.sentence for one in view.forces)
    assert view.answer.standing is Standing.ACTIVE


def test_of_the_forces_check_only_the_offer_is_told() -> None:
    [check] = shown(facts({**EVERYTHING, CHECK: [date(2026, 6, 1)]})).forces
    assert (
        check.sentence
        == "Your force offered its check on 1 June 2026. It offers the next one by 1 June 2027."
    )
    assert check.evidence == ()
    [late] = shown(facts({**EVERYTHING, CHECK: [SPRING]})).forces
    assert late.sentence == (
        "Your force has not offered its check in time. It last did so on 1 April 2025. This does not count against you."
    )


def test_what_waits_to_be_verified_is_nobodys_to_do() -> None:
    view = shown(facts(EVERYTHING, awaiting={PPST: [date(2026, 11, 1)]}))
    [waits] = view.awaiting
    assert (
        waits.sentence
        == "Recorded, and waiting for the force to verify it. Until then it counts as in grace."
    )
    assert "Completed on 1 November 2026. Source: Chronicle, not verified yet." in [
        one.words for one in waits.evidence
    ]
    assert view.first is not None
    assert view.first.code != "PPST"


def test_time_away_moves_days_and_counts_against_nobody() -> None:
    away = Absence(Period(date(2026, 6, 1), date(2026, 8, 29)), AbsenceKind.PARENTAL)
    view = shown(facts(EVERYTHING, absences=[away]))
    assert view.pauses[0].title == "Parental"
    assert "Public and personal safety training: moved on by 90 days to 18 January 2027." in view.moved
    assert shown(facts(EVERYTHING, absences=[away]), is_reader=False).pauses[0].title == "Away"


def test_while_an_absence_has_no_end_nothing_is_due() -> None:
    away = Absence(Period(date(2026, 6, 1)), AbsenceKind.PARENTAL)
    view = shown(facts({**EVERYTHING, CHECK: [SPRING, date(2026, 5, 1)]}, absences=[away]))
    assert view.answer.title == "You may not practise while away"
    core = next(group for group in view.groups if group.id == "licence-core")
    assert {one.sentence for one in core.met} == {"Its clock stands still: nothing is due for now."}
    assert [one.sentence for one in view.forces] == ["Your force offered its check on 1 May 2026."]


@pytest.mark.parametrize(
    ("decided", "standing", "title"),
    [
        ((), Standing.NOT_HELD, "You may not practise"),
        ((GRANT, Determination(date(2026, 9, 1), DeterminationKind.SUSPEND)), Standing.SUSPENDED, "You may not practise"),
        ((GRANT, Determination(date(2026, 9, 1), DeterminationKind.REVOKE)), Standing.REVOKED, "You may not practise"),
        ((GRANT,), Standing.ACTIVE, "You may practise"),
    ],
)  # fmt: skip
def test_the_title_answers_the_question_of_the_page(
    decided: tuple[Determination, ...], standing: Standing, title: str
) -> None:
    answer = shown(facts(decided=decided)).answer
    assert (answer.standing, answer.title) == (standing, title)


def test_a_licence_that_was_revoked_leaves_nothing_to_do() -> None:
    revoked = Determination(date(2026, 9, 1), DeterminationKind.REVOKE)
    view = shown(facts({}, decided=[GRANT, revoked]))
    assert view.first is None


def test_a_licence_whose_time_runs_out_is_to_be_renewed() -> None:
    granted = Determination(date(2021, 12, 1), DeterminationKind.GRANT)
    view = shown(facts(decided=[granted]))
    assert view.first is not None
    assert (view.first.title, view.first.by) == ("Renew the licence", "1 December 2026, in 3 weeks")


def test_whoever_needs_no_licence_is_told_nothing_of_one() -> None:
    view = shown(facts({}, kind=Kind.STAFF, profiles=(), decided=()))
    assert not view.has_licence
    assert view.groups == ()


def test_a_past_day_is_told_in_the_past_and_a_coming_one_as_a_forecast() -> None:
    assert shown(facts(EVERYTHING), date(2026, 3, 3)).answer.title == "You could practise on 3 March 2026"
    assert shown(facts(EVERYTHING), date(2027, 3, 3)).answer.title == "You may not practise on 3 March 2027"


def test_a_past_day_shows_no_record_of_a_later_one() -> None:
    assert [one.completed_on for one in shown(facts(), date(2026, 3, 3)).records] == []


def said(after: Standing, on: date, before: Standing | None = None) -> Transition:
    recorded_at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    why = (Because(Reason.REQUIREMENT_IN_GRACE, PPST, on, date(2026, 11, 17)),)
    return Transition(before, after, on, why, "time", 1, recorded_at)


def test_what_was_said_is_told_apart_from_what_the_facts_now_show() -> None:
    kept = [said(Standing.LAPSED, date(2026, 2, 1))]
    view = shown(facts(EVERYTHING), date(2026, 3, 3), transitions=kept)
    assert view.said_then == (
        "On that day this service said: lapsed. What has been recorded since then shows that it was active."
    )
    agreed = shown(facts(EVERYTHING), date(2026, 3, 3), transitions=[said(Standing.ACTIVE, date(2026, 2, 1))])
    assert agreed.said_then == "On that day this service said the same: active."
    assert shown(facts(EVERYTHING), transitions=kept).said_then == ""


def test_history_gives_the_reasons_of_the_time_newest_first() -> None:
    moves = [
        said(Standing.ACTIVE, date(2025, 6, 2)),
        said(Standing.IN_GRACE, date(2026, 10, 21), Standing.ACTIVE),
    ]
    newest, _ = shown(facts(EVERYTHING), transitions=moves).history
    assert newest.after is Standing.IN_GRACE
    assert newest.reasons == (
        "Public and personal safety training was due by 20 October 2026. Its grace ends on 17 November 2026.",
    )
    assert newest.cause == "A date passed."
    assert newest.recorded == "Recorded on 21 October 2026 under policy version 1."


def test_the_timeline_joins_what_followed_on_and_shows_the_gap_and_the_grace() -> None:
    times = {**EVERYTHING, PPST: [AUTUMN, date(2024, 10, 25), date(2022, 9, 1)]}
    drawing = shown(facts(times)).timeline
    assert drawing is not None
    lane = next(one for one in drawing.lanes if one.label == "Public and personal safety training")
    spans = [(bar.span.first, bar.span.last, bar.span.tone) for bar in lane.bars]
    assert spans == [
        (date(2022, 9, 1), date(2023, 9, 1), Tone.GOOD),
        (date(2024, 10, 25), date(2026, 10, 20), Tone.GOOD),
        (date(2026, 10, 21), date(2026, 11, 17), Tone.SOON),
    ]
    assert drawing.today == TODAY


def test_a_passport_of_somebody_new_has_no_picture() -> None:
    view = shown(facts({}, joined_on=date(2026, 11, 2), profiles=(), decided=()))
    assert view.records == ()
    assert view.timeline is None or all(Effect.PROMOTION_GATE not in one.label for one in view.timeline.lanes)
