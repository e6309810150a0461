"""What does policy ask of whom, for how long, and with what effect?"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from people.posts.rules import AbsenceKind, Kind, Rank


class Effect(StrEnum):
    """What follows when a requirement is not met (domain section 3.2)."""

    LICENCE_CORE = "licence core"
    OPERATIONAL_STOP = "operational stop"
    ROLE_GATE = "role gate"
    PROMOTION_GATE = "promotion gate"
    ADVISORY = "advisory"


class Anchor(StrEnum):
    """The day from which validity is counted."""

    ROLLING = "rolling"
    ANNIVERSARY = "anniversary"
    FIXED_DATE = "fixed date"


class Duty(StrEnum):
    """Who has to act. What is the force's duty can never count against the officer (domain section 11, caution 2)."""

    PERSON = "person"
    FORCE = "force"


class EvidenceTag(StrEnum):
    """How sure it is that policing asks for a value; every requirement and every term of a policy carries one."""

    VERIFIED = "V"
    VERIFIED_OLD = "V-old"
    PARTIAL = "P"
    ASSUMED = "K"
    PROPOSED = "A"
    NOT_FOUND = "NF"


class Overridable(StrEnum):
    """The settings of a requirement that a force may set for itself, where the requirement allows it."""

    VALIDITY_MONTHS = "validity_months"
    GRACE_DAYS = "grace_days"
    INITIAL_DAYS = "initial_days"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Whom a requirement concerns. An empty set asks nothing of that trait; every trait must agree."""

    kinds: frozenset[Kind] = frozenset()
    lowest_rank: Rank | None = None
    highest_rank: Rank | None = None
    profiles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    on_probation: bool | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """How long meeting a requirement holds. No months means that it holds for good.

    `renewal_window_days` and `minimum_gap_days` serve the anniversary anchor: completed within the window before it is
    due, and at least the gap after the completion it renews, the old anniversary is kept. `fixed_day` (month, day) serves
    the fixed-date anchor: it holds through the first such day on or after `months` from completion.
    """

    months: int | None = None
    anchor: Anchor = Anchor.ROLLING
    renewal_window_days: int = 0
    minimum_gap_days: int = 0
    fixed_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that policy asks. `id` is the requirement's own number, the same in every version of policy.

    `initial_days` is the time allowed to meet it for the first time, counted from the day it first applied to the person
    or from `introduced_on`, whichever is later. `satisfied_by` names every higher requirement whose evidence also counts
    (already closed: advanced, response for basic). `prerequisites` must be current on the day for an authority to be held.
    `authority` is the operational power that an operational stop stops. `extended_by_absence` says whether a neutral
    absence moves the due date; safety-critical skills run on. `set_by_force` names what the force has set for itself.
    `hours` says how long one time takes. With `hours_in_all` not one time meets the requirement but so many hours of all
    that still hold, however many times they took.
    """

    id: int
    code: str
    title: str
    effect: Effect
    applies_to: AppliesTo
    validity: Validity
    source: str
    evidence_tag: str
    grace_days: int = 0
    initial_days: int = 0
    introduced_on: date | None = None
    prerequisites: tuple[int, ...] = ()
    satisfied_by: tuple[int, ...] = ()
    authority: str | None = None
    duty: Duty = Duty.PERSON
    extended_by_absence: bool = True
    hours: float | None = None
    level: str | None = None
    how_to_meet: str = ""
    overridable: frozenset[Overridable] = frozenset()
    initial_hours: float | None = None
    class_places: int | None = None
    set_by_force: frozenset[Overridable] = frozenset()
    hours_in_all: float | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRule:
    """Whether an absence of a kind pauses the licence, and the number of days it must last to count."""

    kind: AbsenceKind
    counts_after_days: int = 0
    source: str = ""
    evidence_tag: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One value that policy sets beside its requirements: an amount of a unit, or several, with its source."""

    key: str
    title: str
    unit: str
    amounts: tuple[float, ...]
    source: str
    evidence_tag: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A role profile that requirements may speak of."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class LicenceTerms:
    """What policy says of the licence itself: its cycle and probation in months, its grace and its notices in days."""

    cycle_months: int
    grace_days: int
    probation_months: int
    renewal_window_days: int
    notice_days: tuple[int, ...] = (90, 30, 7)
    source: str = ""
    evidence_tag: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LicencePolicy:
    """One version of policy as it stands for one force; compared by identity, so that what follows from it can be cached.

    `superseded_on` is the first day on which another version, or another override of the force, is in force instead.
    """

    version: int
    title: str
    in_force_from: date
    terms: LicenceTerms
    requirements: tuple[Requirement, ...]
    absences: tuple[AbsenceRule, ...] = ()
    superseded_on: date | None = None
    force_code: str | None = None
    stated: tuple[Term, ...] = ()
    profiles: tuple[Profile, ...] = ()
    by_id: dict[int, Requirement] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the requirements by their number."""
        object.__setattr__(self, "by_id", {asked.id: asked for asked in self.requirements})
