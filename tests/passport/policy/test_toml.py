"""Does a policy file come to exactly what it says?"""

from datetime import date

from passport.policy.draft import InForce, resolved
from passport.policy.rules import (
    AbsenceRule,
    Anchor,
    AppliesTo,
    Duty,
    Effect,
    LicenceTerms,
    Overridable,
    Profile,
    Requirement,
    Validity,
)
from passport.policy.toml import digest_of, parse
from passport.policy.words import requirement_words
from people.posts.rules import AbsenceKind, Kind, Rank
from tests.passport.policy.files import SOUND, with_change

BY_MARCH = (
    "Reached at once or in parts: each counts for 12 months from its day, and then on through the next 31 March. "
    "It is due when those that count come to less."
)


def test_the_head_the_terms_and_the_absences_come_to_what_they_say() -> None:
    draft = parse(SOUND)
    assert (draft.number, draft.title, draft.begins_on) == (7, "As tested", date(2026, 1, 1))
    assert draft.terms == LicenceTerms(
        cycle_months=60,
        grace_days=28,
        probation_months=24,
        renewal_window_days=180,
        notice_days=(90, 30, 7),
        source="tested, paragraph 1",
        evidence_tag="A",
    )
    assert [(term.key, term.unit, term.amounts) for term in draft.stated] == [
        ("licence_cycle", "months", (60,)),
        ("grace", "days", (28,)),
        ("probation", "months", (24,)),
        ("renewal_window", "days", (180,)),
        ("notices", "days_before", (90, 30, 7)),
    ]
    assert draft.absences == (AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, 28, "tested, paragraph 6", "V"),)
    assert draft.profiles == (Profile("taser", "Conducted energy device carrier"),)


def test_a_requirement_comes_to_what_it_says() -> None:
    safety = parse(SOUND).requirement("SAFETY")
    assert safety is not None
    assert safety.stated == Requirement(
        id=0,
        code="SAFETY",
        title="Safety training",
        effect=Effect.LICENCE_CORE,
        applies_to=AppliesTo(
            kinds=frozenset({Kind.OFFICER}), lowest_rank=Rank.CONSTABLE, highest_rank=Rank.INSPECTOR
        ),
        validity=Validity(12, Anchor.ANNIVERSARY, renewal_window_days=60, minimum_gap_days=240),
        source="tested, paragraph 7",
        evidence_tag="V",
        grace_days=28,
        level="5.4",
        how_to_meet="Book a day.",
        overridable=frozenset({Overridable.LEVEL, Overridable.GRACE_DAYS, Overridable.VALIDITY_MONTHS}),
    )


def test_links_authorities_duties_and_fixed_days_come_to_what_they_say() -> None:
    draft = parse(SOUND)
    ced, trainer, check = draft.requirements[1:]
    assert (ced.prerequisites, ced.satisfied_by) == (("SAFETY",), ("CED-TRAINER",))
    assert ced.stated.authority == "conducted energy device"
    assert ced.stated.applies_to == AppliesTo(profiles=frozenset({"taser"}))
    assert ced.stated.validity == Validity(24, Anchor.FIXED_DATE, fixed_day=(3, 31))
    assert trainer.stated.validity == Validity()
    assert check.stated.duty is Duty.FORCE


def test_29_february_is_a_day_of_the_year() -> None:
    ced = parse(with_change("31 March", "29 February")).requirement("CED")
    assert ced is not None
    assert ced.stated.validity.fixed_day == (2, 29)


def test_a_comment_makes_another_text_of_the_same_policy() -> None:
    commented = f"# why\n{SOUND}"
    assert parse(commented) == parse(SOUND)
    assert digest_of(commented) != digest_of(SOUND)


def test_hours_that_add_up_are_asked_for_in_a_sentence_and_said_to_count_each_from_its_day() -> None:
    text = with_change('effect = "advisory"', 'effect = "advisory"\nhours_in_all = 35.5\nhours = 4').replace(
        'satisfied_by = ["CED-TRAINER"]\n', ""
    )
    yearly = text + "[requirement.validity]\nmonths = 12\n"
    by_march = yearly + 'anchor = "fixed date"\nfixed_day = "31 March"\n'
    said = []
    for one in (text, moved(yearly), moved(by_march)):
        draft = parse(one)
        assert draft.in_hours == ("CED-TRAINER",)
        ids = {code: number for number, code in enumerate(draft.codes)}
        policy = resolved(draft, ids, in_force=InForce(draft.begins_on))
        said.append(requirement_words(policy.by_id[ids["CED-TRAINER"]], policy))
    assert [one.asks for one in said] == [
        "Everyone in the workforce, 35.5 hours in all once for all.",
        "Everyone in the workforce, 35.5 hours in all within 12 months.",
        "Everyone in the workforce, 35.5 hours in all within 12 months.",
    ]
    assert [one.says[0] for one in said] == [
        "Reached at once or in parts: what is done counts for good.",
        "Reached at once or in parts: each counts for 12 months from its day. It is due when those that count come to less.",
        BY_MARCH,
    ]
    assert said[0].says[1] == "At least 4 hours each time."


def moved(text: str) -> str:
    """Return a file in which the requirement that adds up hours stands last, with the validity that follows it."""
    start, end = (
        text.index('[[requirement]]\ncode = "CED-TRAINER"'),
        text.index('[[requirement]]\ncode = "CHECK"'),
    )
    head, validity = text.rsplit("[requirement.validity]", 1)
    return head[:start] + head[end:] + head[start:end] + "[requirement.validity]" + validity
