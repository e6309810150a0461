"""Does what counts of a standard follow from what was said of it, whoever said it in whatever order?"""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from passport.leadership.rules import (
    ORDER,
    Capacity,
    Judgement,
    Programme,
    Readiness,
    Verdict,
    counted,
    judged,
)
from passport.policy.rules import EvidenceTag
from passport.standards.rules import Stage, Standard

NEEDS = (Capacity.SUPERVISOR, Capacity.ASSESSOR)
STANDARD = Standard("L1-ETHICS", "Upholds the Code of Ethics", EvidenceTag.VERIFIED)
AT = datetime(2026, 11, 22, tzinfo=UTC)
said = st.lists(st.tuples(st.sampled_from(Verdict), st.sampled_from(Capacity)), max_size=8)


def judgements(pairs: list[tuple[Verdict, Capacity]]) -> list[Judgement]:
    return [
        Judgement(number, STANDARD.code, verdict, "Seen", capacity, 7, AT)
        for number, (verdict, capacity) in enumerate(pairs)
    ]


@given(said)
def test_a_standard_is_met_exactly_when_everybody_who_must_last_said_so(
    pairs: list[tuple[Verdict, Capacity]],
) -> None:
    found = judged(STANDARD, judgements(pairs), (), NEEDS)
    last = {capacity: verdict for verdict, capacity in pairs}
    assert (found.counts is Verdict.MET) == all(last.get(one) is Verdict.MET for one in NEEDS)


@given(said, st.sampled_from(Capacity))
def test_a_later_met_never_makes_it_worse(pairs: list[tuple[Verdict, Capacity]], capacity: Capacity) -> None:
    before = judged(STANDARD, judgements(pairs), (), NEEDS)
    after = judged(STANDARD, judgements([*pairs, (Verdict.MET, capacity)]), (), NEEDS)
    assert ORDER.index(after.counts) <= ORDER.index(before.counts)


@given(said)
def test_nothing_that_was_said_is_lost(pairs: list[tuple[Verdict, Capacity]]) -> None:
    found = judged(STANDARD, judgements(pairs), (), NEEDS)
    assert [one.id for one in found.history] == list(reversed(range(len(pairs))))


def test_a_doubt_counts_before_what_nobody_has_seen() -> None:
    (doubt,) = judgements([(Verdict.PARTLY, Capacity.SUPERVISOR)])
    assert counted({Capacity.SUPERVISOR: doubt}, NEEDS) is Verdict.PARTLY
    assert counted({}, NEEDS) is Verdict.NOT_SEEN


def test_a_stage_is_ready_only_with_its_programme() -> None:
    met = judged(STANDARD, judgements([(Verdict.MET, one) for one in NEEDS]), (), NEEDS)
    stage = Stage(1, "Constables", "PLP-STAGE-1")
    done = Programme("PLP-STAGE-1", AT.date(), is_verified=True, by="PLP-STAGE-1")
    awaiting = Programme("PLP-STAGE-1", AT.date())
    assert Readiness("Foundations", stage, done, (met,)).is_ready
    assert not Readiness("Foundations", stage, awaiting, (met,)).is_ready
    assert not Readiness("Foundations", stage, Programme("PLP-STAGE-1"), (met,)).is_ready
