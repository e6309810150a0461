"""Which policies and lives may there be? Drawn small and close together, so that dates meet and overlap."""

from datetime import date, timedelta

from hypothesis import strategies as st

from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    LicenceFacts,
    Post,
)
from licence.standing.history import Completions, Hours
from passport.policy.rules import (
    AbsenceRule,
    Anchor,
    AppliesTo,
    Duty,
    Effect,
    LicencePolicy,
    LicenceTerms,
    Requirement,
    Validity,
)
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis

FIRST = date(2023, 1, 1)
IDS = range(1, 7)

# Leap days and the ends of months are drawn as often as all other days together.
AWKWARD = [
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2023, 12, 31),
    date(2024, 1, 31),
    date(2024, 10, 27),
]
days = st.one_of(
    st.integers(0, 1500).map(lambda number: FIRST + timedelta(days=number)), st.sampled_from(AWKWARD)
)
early = st.integers(0, 250).map(lambda number: FIRST + timedelta(days=number))
ons = st.integers(300, 1300).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    starts_on = draw(days)
    length = draw(st.none() | st.integers(0, 400))
    return Period(starts_on, None if length is None else starts_on + timedelta(days=length))


applies = st.builds(
    AppliesTo,
    kinds=st.sampled_from([frozenset[Kind](), frozenset({Kind.OFFICER})]),
    profiles=st.sampled_from([frozenset[str](), frozenset({"response"})]),
    on_probation=st.sampled_from([None, None, None, True, False]),
)
validities = st.builds(
    Validity,
    months=st.sampled_from([None, 1, 12, 12, 24, 24]),
    anchor=st.sampled_from(Anchor),
    renewal_window_days=st.sampled_from([0, 20, 90, 400]),
    minimum_gap_days=st.sampled_from([0, 10, 200]),
    fixed_day=st.sampled_from([(3, 31), (2, 29), (12, 31)]),
)
few_ids = st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(tuple)


@st.composite
def requirements(draw: st.DrawFn, number: int) -> Requirement:
    duty = draw(st.sampled_from([Duty.PERSON, Duty.PERSON, Duty.PERSON, Duty.FORCE]))
    validity = draw(validities)
    adds_up = duty is Duty.PERSON and validity.anchor is not Anchor.ANNIVERSARY
    return Requirement(
        id=number,
        code=f"asked-{number}",
        title=f"Asked {number}",
        effect=draw(
            st.sampled_from(
                [Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.OPERATIONAL_STOP, Effect.ADVISORY]
            )
        ),
        applies_to=draw(applies),
        validity=validity,
        source="",
        evidence_tag="A",
        grace_days=draw(st.sampled_from([0, 14, 90])),
        initial_days=draw(st.sampled_from([0, 30, 365])),
        introduced_on=draw(st.none() | days),
        prerequisites=draw(few_ids),
        satisfied_by=draw(few_ids),
        authority=draw(st.sampled_from([None, "taser", "response driving"])),
        duty=duty,
        extended_by_absence=draw(st.booleans()),
        hours_in_all=draw(st.sampled_from([None, 12.0, 6.5])) if adds_up else None,
    )


@st.composite
def policies(draw: st.DrawFn) -> LicencePolicy:
    return LicencePolicy(
        version=1,
        title="Drawn",
        in_force_from=FIRST,
        terms=LicenceTerms(
            cycle_months=draw(st.sampled_from([12, 60, 60])),
            grace_days=draw(st.sampled_from([0, 90])),
            probation_months=draw(st.sampled_from([0, 24])),
            renewal_window_days=90,
            notice_days=draw(st.sampled_from([(90, 30, 7), (90, 30, 7), (7,), ()])),
        ),
        requirements=tuple(draw(requirements(number)) for number in IDS[: draw(st.integers(1, len(IDS)))]),
        absences=draw(
            st.sampled_from(
                [
                    (AbsenceRule(AbsenceKind.PARENTAL), AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, 28)),
                    (
                        AbsenceRule(AbsenceKind.SUSPENDED_FROM_DUTY),
                        AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, 28),
                    ),
                ]
            )
        ),
        superseded_on=draw(st.none() | days),
    )


@st.composite
def posts(draw: st.DrawFn) -> tuple[Post, ...]:
    """Posts one after the other, now and then with a gap between them; the last often goes on."""
    found = []
    starts_on = draw(early)
    for number in range(draw(st.sampled_from([1, 1, 2, 3, 4, 0]))):
        length = draw(st.sampled_from([None, None, None, 5, 365, 600]))
        ends_on = None if length is None else starts_on + timedelta(days=length)
        found.append(
            Post(
                period=Period(starts_on, ends_on),
                kind=draw(st.sampled_from([Kind.OFFICER] * 6 + [Kind.SPECIAL_CONSTABLE, Kind.STAFF])),
                rank=draw(st.sampled_from([Rank.CONSTABLE, Rank.CONSTABLE, Rank.SERGEANT, None])),
                basis=RankBasis.SUBSTANTIVE,
                profiles=draw(st.sampled_from([frozenset({"response"}), frozenset[str]()])),
                force_id=number,
                unit_id=None,
            )
        )
        if ends_on is None:
            break
        starts_on = ends_on + timedelta(days=1 + draw(st.sampled_from([0, 0, 0, 5])))
    return tuple(found)


absences = st.builds(Absence, period=periods(), kind=st.sampled_from(AbsenceKind))
determinations = st.builds(
    Determination,
    effective_on=days,
    kind=st.sampled_from([DeterminationKind.GRANT, *DeterminationKind]),
    condition=st.sampled_from([None, "no driving", "no firearms"]),
)
dispensations = st.builds(
    Dispensation,
    requirement_id=st.sampled_from(IDS),
    kind=st.sampled_from(DispensationKind),
    period=periods(),
)
evidence = st.dictionaries(st.sampled_from(IDS), st.lists(days, max_size=5), max_size=len(IDS))
plenty = st.fixed_dictionaries({number: st.lists(days, max_size=4) for number in IDS})

spent = st.sampled_from([None, 3.0, 4.0, 5.0, 6.5, 12.0])


@st.composite
def hours_of(draw: st.DrawFn, met: dict[int, list[date]]) -> Hours:
    """Say of each completion how many hours it took; of some nobody wrote it down."""
    return Hours.of(
        {
            one: {day: taken for day in set(days) if (taken := draw(spent)) is not None}
            for one, days in met.items()
        }
    )


@st.composite
def lives(draw: st.DrawFn) -> LicenceFacts:
    """Everything known of one person; a licence is always granted early, for else there is little to say."""
    granted = Determination(draw(early), DeterminationKind.GRANT)
    met, unverified = draw(plenty), draw(evidence)
    return LicenceFacts(
        person_id=1,
        joined_on=draw(st.none() | days),
        posts=draw(posts()),
        absences=tuple(draw(st.just([]) | st.lists(absences, max_size=2))),
        determinations=(granted, *draw(st.just([]) | st.just([]) | st.lists(determinations, max_size=2))),
        dispensations=tuple(draw(st.just([]) | st.lists(dispensations, max_size=2))),
        completions=Completions.of(met),
        awaiting=Completions.of(unverified),
        hours=draw(hours_of(met)),
        hours_awaiting=draw(hours_of(unverified)),
    )
