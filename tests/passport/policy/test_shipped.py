"""Is the version that the system ships with whole: every value with its source, every code, every sentence?"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from passport.policy.document import as_markdown, shipped_policy, shipped_text
from passport.policy.phrases import ABSENCES, EVIDENCE, MEANING, SETTINGS, UNITS, WHOM
from passport.policy.rules import Duty, Effect, EvidenceTag, Overridable, Requirement
from passport.policy.terms import TERMS, Unit
from passport.policy.words import PolicyWords, policy_words, requirement_words
from people.posts.rules import AbsenceKind, Kind
from tests.house.tree import ROOT

POLICY = shipped_policy()
EXPECTED = {
    "PPST", "FIRST-AID", "JRFT", "CED", "AFO", "DRIVE-BASIC", "DRIVE-RESPONSE", "DRIVE-ADVANCED", "POPS-L2", "POPS-L3",
    "INFO-MGMT", "STOP-SEARCH", "DA-MATTERS", "TRAUMA-SUICIDE", "CODE-OF-ETHICS", "NPP-1", "PLP-STAGE-1", "PLP-STAGE-2",
    "PLP-STAGE-3", "PLP-STAGE-4", "PLP-STAGE-5", "PIP-2", "WELLBEING-CHECK",
}  # fmt: skip


def named(code: str) -> Requirement:
    return next(one for one in POLICY.requirements if one.code == code)


def values(document: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Find every term, absence and requirement as the file has it."""
    for name in ("absence", "requirement"):
        tables = document[name]
        assert isinstance(tables, list)
        for table in tables:
            yield f"{name} {table.get('code', table.get('kind'))}", table
    terms = document["terms"]
    assert isinstance(terms, dict)
    yield from terms.items()


@pytest.mark.parametrize(
    ("name", "table"), list(values(tomllib.loads(shipped_text()))), ids=lambda value: str(value)[:30]
)
def test_every_value_says_where_it_comes_from_and_how_sure_that_is(
    name: str, table: dict[str, object]
) -> None:
    assert len(str(table["source"])) > 10, name
    assert table["tag"] in set(EvidenceTag), name


def test_every_requirement_that_evidence_is_recorded_for_is_there() -> None:
    assert {one.code for one in POLICY.requirements} >= EXPECTED


def test_every_term_that_a_policy_may_set_is_set() -> None:
    assert {one.key for one in POLICY.stated} == set(TERMS)


def test_every_kind_of_absence_is_neutral() -> None:
    assert {one.kind for one in POLICY.absences} == set(AbsenceKind)


@pytest.mark.parametrize("code", ["CED", "AFO", "DRIVE-RESPONSE", "POPS-L2"])
def test_a_safety_critical_power_stops_on_its_day_and_runs_on_during_absence(code: str) -> None:
    asked = named(code)
    assert (asked.effect, asked.grace_days, asked.extended_by_absence) == (Effect.OPERATIONAL_STOP, 0, False)


def test_a_conducted_energy_device_needs_safety_training_first_aid_and_fitness() -> None:
    assert [POLICY.by_id[one].code for one in named("CED").prerequisites] == ["PPST", "FIRST-AID", "JRFT"]


def test_advanced_driving_meets_basic_driving_by_way_of_response() -> None:
    assert [POLICY.by_id[one].code for one in named("DRIVE-BASIC").satisfied_by] == [
        "DRIVE-RESPONSE",
        "DRIVE-ADVANCED",
    ]


def test_the_wellbeing_check_is_the_forces_duty() -> None:
    assert named("WELLBEING-CHECK").duty is Duty.FORCE


def test_a_force_may_set_the_fitness_level_because_the_sources_conflict() -> None:
    assert Overridable.LEVEL in named("JRFT").overridable


def test_the_document_says_what_the_file_says() -> None:
    """The accident: somebody changes the policy and the printed one says otherwise."""
    printed = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    assert printed == as_markdown(POLICY), "python -m passport.policy.document > docs/policy.md"


def sentences(words: PolicyWords) -> Iterator[str]:
    for group in words.effects:
        yield group.meaning
        for one in group.requirements:
            yield from (one.asks, *one.says, one.how_to_meet)
    yield from (one.words for one in (*words.terms, *words.absences))


def test_every_sentence_is_one() -> None:
    for sentence in sentences(policy_words(POLICY)):
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert sentence.endswith((".", "?")), sentence
        assert "None" not in sentence, sentence
        assert "  " not in sentence, sentence


def test_no_requirement_is_left_unsaid() -> None:
    said = [one.code for group in policy_words(POLICY).effects for one in group.requirements]
    assert sorted(said) == sorted(one.code for one in POLICY.requirements)


def test_a_requirement_reads_as_a_policy_officer_would_say_it() -> None:
    words = requirement_words(named("PPST"), POLICY)
    assert words.asks == "Every officer and special constable, once every 12 months."
    assert words.says == (
        "Counted from its day of the year: met within 60 days before it is due and no sooner than 240 days after the last time, it keeps that day; otherwise the day it was met is the new one.",
        "At least 12 hours.",
        "A class has 16 places.",
        "The first time, within 90 days of the day it first applies.",
        "28 days of grace follow its due day; then the licence lapses.",
        "A neutral absence moves its due day.",
        "A force may set its grace for itself.",
    )
    assert words.sourced.evidence == "read in a public source"


def test_what_a_force_has_set_for_itself_is_said() -> None:
    own = replace(named("JRFT"), level="3.7", set_by_force=frozenset({Overridable.LEVEL}))
    says = requirement_words(own, POLICY).says
    assert "To level 3.7." in says
    assert says[-1] == "This force has set its level for itself."


def test_every_fixed_word_is_there() -> None:
    """The accident: a new kind, effect, tag or unit, and a page that cannot say it."""
    assert set(WHOM) == set(Kind)
    assert set(MEANING) == set(Effect)
    assert set(EVIDENCE) == set(EvidenceTag)
    assert set(SETTINGS) == set(Overridable)
    assert set(ABSENCES) == set(AbsenceKind)
    assert set(UNITS) == set(Unit)
