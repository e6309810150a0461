"""A small policy, and passports under it as the rule decides them, for tests that need no database."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from licence.passport_page.judged import Evidence
from licence.passport_page.story import Transition
from licence.passport_page.view import Holder, Passport, View, view_of
from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    LicenceFacts,
    Post,
)
from licence.standing.history import Completions
from licence.standing.rules import decide
from passport.policy.rules import (
    AbsenceRule,
    AppliesTo,
    Duty,
    Effect,
    LicencePolicy,
    LicenceTerms,
    Requirement,
    Validity,
)
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis

TODAY = date(2026, 11, 5)
JOINED = date(2019, 1, 7)
GRANTED = date(2025, 6, 2)
PPST, FIRST_AID, TASER, DRIVING, CHECK, STAGE_TWO, HOUR_ZERO = (
    1,
    2,
    3,
    4,
    5,
    6,
    datetime(2026, 11, 1, 9, tzinfo=UTC),
)
GRANT = Determination(GRANTED, DeterminationKind.GRANT)
LICENSED = AppliesTo(kinds=frozenset({Kind.OFFICER, Kind.SPECIAL_CONSTABLE}))


def requirement(
    number: int, code: str, title: str, effect: Effect, *, months: int = 12, **more: object
) -> Requirement:
    settings = {
        "applies_to": LICENSED,
        "validity": Validity(months=months),
        "source": "Domain notes, section 3",
        "evidence_tag": "V",
        "how_to_meet": "Book a place through your training team.",
        **more,
    }
    return Requirement(id=number, code=code, title=title, effect=effect, **settings)  # type: ignore[arg-type]


REQUIREMENTS = (
    requirement(PPST, "PPST", "Public and personal safety training", Effect.LICENCE_CORE, grace_days=28, hours=12.0),
    requirement(FIRST_AID, "FIRST-AID", "First aid", Effect.LICENCE_CORE, grace_days=28, hours=6.0),
    requirement(
        TASER, "CED", "Conducted energy device", Effect.OPERATIONAL_STOP,
        authority="Taser", extended_by_absence=False, prerequisites=(FIRST_AID,),
        applies_to=AppliesTo(profiles=frozenset({"ced"})),
    ),
    requirement(CHECK, "CHECK", "Routine wellbeing check", Effect.LICENCE_CORE, duty=Duty.FORCE, evidence_tag="P"),
    requirement(STAGE_TWO, "STAGE-2", "Leadership stage 2", Effect.PROMOTION_GATE, months=60, evidence_tag="A"),
)  # fmt: skip
POLICY = LicencePolicy(
    version=1,
    title="National starting policy",
    in_force_from=date(2020, 1, 1),
    terms=LicenceTerms(60, 28, 24, 180, source="White paper, paragraph 272", evidence_tag="P"),
    requirements=REQUIREMENTS,
    absences=tuple(AbsenceRule(kind) for kind in AbsenceKind if kind is not AbsenceKind.SUSPENDED_FROM_DUTY),
)


def facts(
    met: Mapping[int, Sequence[date]] | None = None,
    *,
    awaiting: Mapping[int, Sequence[date]] | None = None,
    kind: Kind = Kind.OFFICER,
    joined_on: date = JOINED,
    profiles: Sequence[str] = ("ced",),
    decided: Sequence[Determination] = (GRANT,),
    absences: Sequence[Absence] = (),
    dispensations: Sequence[Dispensation] = (),
) -> LicenceFacts:
    """Return one constable's facts; without `met`, everything was met in the summer."""
    rank = Rank.CONSTABLE if kind is Kind.OFFICER else None
    post = Post(
        Period(joined_on), kind, rank, RankBasis.SUBSTANTIVE, frozenset(profiles), 1, 1, "Response North"
    )
    summer = {number: [date(2026, 7, 1)] for number in (PPST, FIRST_AID, TASER, CHECK, STAGE_TWO)}
    return LicenceFacts(
        person_id=1,
        joined_on=joined_on,
        posts=(post,),
        absences=tuple(absences),
        determinations=tuple(decided),
        dispensations=tuple(dispensations),
        completions=Completions.of(summer if met is None else met),
        awaiting=Completions.of(awaiting or {}),
    )


def passport(
    known: LicenceFacts,
    on: date = TODAY,
    *,
    is_reader: bool = True,
    policy: LicencePolicy = POLICY,
    transitions: Sequence[Transition] = (),
) -> Passport:
    """Return a passport as the rule decides it, with a record for every completion."""
    return Passport(
        holder=Holder("Ada Okafor", "7K3M-9QXA-4", "Avon and Somerset Constabulary", is_reader),
        facts=known,
        policy=policy,
        decision=decide(known, policy, on),
        evidence=(
            *_records(known.completions, policy, verified=True),
            *_records(known.awaiting, policy, verified=False),
        ),
        transitions=tuple(transitions),
    )


def shown(known: LicenceFacts, on: date = TODAY, **more: object) -> View:
    """Return what stands on a passport, read on the day that the tests call today."""
    return view_of(passport(known, on, **more), today=TODAY)  # type: ignore[arg-type]


def _records(days: Completions, policy: LicencePolicy, *, verified: bool) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            number, policy.by_id[number].code, day, verified, None, "Chronicle", None, _recorded(day), place
        )
        for place, (number, day) in enumerate(zip(days.requirement_ids, days.days, strict=True), start=1)
        if policy.by_id[number].duty is Duty.PERSON
    )


def _recorded(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=1)
