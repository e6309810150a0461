"""Which policy stands behind the example tables? The one that examples/README.md tells in words."""

from datetime import date

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
from people.posts.rules import AbsenceKind, Kind

LICENSED = AppliesTo(kinds=frozenset({Kind.OFFICER, Kind.SPECIAL_CONSTABLE}))


def requirement(number: int, title: str, effect: Effect, **said: object) -> Requirement:
    """Ask for something under its title, which is also its code."""
    given: dict[str, object] = {"applies_to": LICENSED, "validity": Validity(12)} | said
    return Requirement(
        id=number,
        code=title.replace(" ", "-"),
        title=title,
        effect=effect,
        source="the examples",
        evidence_tag="A",
        how_to_meet=f"Ask your training team for a place on {title}.",
        **given,  # type: ignore[arg-type]
    )


def in_profile(name: str) -> AppliesTo:
    return AppliesTo(profiles=frozenset({name}))


CORE, STOP = Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP

POLICY = LicencePolicy(
    version=7,
    title="The policy of the examples",
    in_force_from=date(2015, 1, 1),
    terms=LicenceTerms(cycle_months=60, grace_days=90, probation_months=24, renewal_window_days=180),
    absences=(
        AbsenceRule(AbsenceKind.PARENTAL),
        AbsenceRule(AbsenceKind.CAREER_BREAK),
        AbsenceRule(AbsenceKind.SECONDMENT),
        AbsenceRule(AbsenceKind.LONG_TERM_SICKNESS, counts_after_days=28),
    ),
    requirements=(
        requirement(1, "safety training", CORE, grace_days=28, initial_days=180),
        requirement(
            2, "first aid", CORE, grace_days=28, initial_days=180, validity=Validity(12, Anchor.ANNIVERSARY, 60)
        ),
        requirement(
            3, "taser", STOP, applies_to=in_profile("taser"), prerequisites=(1, 2), authority="taser",
            extended_by_absence=False,
        ),
        requirement(
            4, "response driving", STOP, applies_to=in_profile("response"), validity=Validity(60), grace_days=28,
            satisfied_by=(5,), authority="response driving",
        ),
        requirement(
            5, "advanced driving", STOP, applies_to=in_profile("advanced"), validity=Validity(60),
            authority="advanced driving",
        ),
        requirement(
            6, "data protection", Effect.ADVISORY, applies_to=AppliesTo(), initial_days=90,
            validity=Validity(12, Anchor.FIXED_DATE, fixed_day=(3, 31)),
        ),
        requirement(
            7, "drone flying", STOP, applies_to=in_profile("drone"), validity=Validity(24), initial_days=90,
            introduced_on=date(2026, 10, 1), authority="drone flying",
        ),
        requirement(
            8, "induction", CORE, initial_days=90, validity=Validity(None),
            applies_to=AppliesTo(kinds=frozenset({Kind.OFFICER}), on_probation=True),
        ),
        requirement(9, "wellbeing offer", CORE, initial_days=30, duty=Duty.FORCE),
        requirement(
            10, "investigation", CORE, applies_to=in_profile("detective"), grace_days=28, initial_days=90, hours_in_all=12.0,
        ),
        requirement(
            11, "firearms tactics", STOP, applies_to=in_profile("firearms"), hours_in_all=12.0, extended_by_absence=False,
            authority="firearms",
        ),
    ),
)  # fmt: skip
IDS = {one.title: one.id for one in POLICY.requirements}
TITLES = {one.id: one.title for one in POLICY.requirements}
