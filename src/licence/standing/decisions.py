"""What is known of a person for a licence decision, and what does a decision say?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from licence.standing.history import NO_COMPLETIONS, NO_HOURS, Completions, Hours
from passport.policy.rules import Effect
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis


class Standing(StrEnum):
    """The licence in one word."""

    NOT_HELD = "not held"
    PROVISIONAL = "provisional"
    ACTIVE = "active"
    IN_GRACE = "in grace"
    LAPSED = "lapsed"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"


class State(StrEnum):
    """One requirement judged for one person on one day."""

    MET = "met"
    DUE_SOON = "due soon"
    IN_GRACE = "in grace"
    OVERDUE = "overdue"
    WAIVED = "waived"
    NOT_APPLICABLE = "not applicable"
    AWAITING_VERIFICATION = "awaiting verification"
    FORCE_OVERDUE = "force overdue"


COUNTS = frozenset({Effect.LICENCE_CORE, Effect.OPERATIONAL_STOP, Effect.ROLE_GATE})
"""The effects that make a due day matter today: the others ask nothing of a working day."""


class DeterminationKind(StrEnum):
    """What a person may decide on a licence; the clock alone can do none of these."""

    GRANT = "grant"
    RENEW = "renew"
    RESTRICT = "restrict"
    LIFT_RESTRICTION = "lift restriction"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    SURRENDER = "surrender"


class DispensationKind(StrEnum):
    """Why the clock of a requirement does not run against a person for a while."""

    WAIVER = "waiver"
    FORCE_FAILURE = "force failure"


@dataclass(frozen=True, slots=True)
class Post:
    """A person's place from a day through a day."""

    period: Period
    kind: Kind
    rank: Rank | None
    basis: RankBasis
    profiles: frozenset[str]
    force_id: int
    unit_id: int | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A dated, neutral absence."""

    period: Period
    kind: AbsenceKind


@dataclass(frozen=True, slots=True)
class Determination:
    """A named person's decision on a licence, effective from a day; `condition` serves the two restriction kinds."""

    effective_on: date
    kind: DeterminationKind
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Dispensation:
    """A waiver, or a failure of the force to provide: the requirement and the days it covers."""

    requirement_id: int
    kind: DispensationKind
    period: Period


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """Everything a decision rests on, as known at one instant, for every day.

    `completions` is what verified evidence says was met; `awaiting` the same for evidence nobody has verified yet. A
    force's duties (`Duty.FORCE`) are met by its offers, which stand among the completions. `hours` are those of the
    verified evidence of requirements that add them up, `hours_awaiting` those of the rest of it. Periods, determinations
    and dispensations come in any order.
    """

    person_id: int
    joined_on: date | None
    posts: tuple[Post, ...] = ()
    absences: tuple[Absence, ...] = ()
    determinations: tuple[Determination, ...] = ()
    dispensations: tuple[Dispensation, ...] = ()
    completions: Completions = NO_COMPLETIONS
    awaiting: Completions = NO_COMPLETIONS
    hours: Hours = NO_HOURS
    hours_awaiting: Hours = NO_HOURS


class Reason(StrEnum):
    """Why the standing is what it is, worst first; the pages turn each into words, and nothing else does."""

    NOTHING_RECORDED = "nothing recorded"
    NO_LICENCE_NEEDED = "no licence needed"
    NEVER_GRANTED = "never granted"
    REVOKED_BY_DETERMINATION = "revoked by determination"
    SURRENDERED_BY_DETERMINATION = "surrendered by determination"
    LEFT_SERVICE = "left service"
    SUSPENDED_BY_DETERMINATION = "suspended by determination"
    SUSPENDED_FROM_DUTY = "suspended from duty"
    AWAY = "away"
    CYCLE_ENDED = "cycle ended"
    REQUIREMENT_OVERDUE = "requirement overdue"
    CYCLE_IN_GRACE = "cycle in grace"
    REQUIREMENT_IN_GRACE = "requirement in grace"
    ON_PROBATION = "on probation"
    ALL_MET = "all met"


@dataclass(frozen=True, slots=True)
class Total:
    """Hours of a requirement that adds them up: `done` of those `asked` count on the day, the first done on `since`.

    `missing` are those still to be done: until it is met, or, where it is, so that it goes on being met after its due
    day.
    """

    done: float
    asked: float
    missing: float
    since: date | None = None

    @property
    def is_reached(self) -> bool:
        """Say whether as many hours count as are asked for."""
        return self.done >= self.asked


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for a standing, with the requirement, the days and the hours that it speaks of."""

    reason: Reason
    requirement_id: int | None = None
    since: date | None = None
    until: date | None = None
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement judged. `due_on` is the last day on which it is met; `grace_ends_on` the last day of grace.

    `met_by` is the requirement whose evidence met it, its own or a higher one's. `counts_as` is what a finding that
    awaits verification counts as until somebody verifies it: in grace or overdue. `extended_days` are the days that
    absence, or the force's failure, added to the due day. `total` are the hours, where the requirement adds them up:
    `met_on` is then the day on which those that hold it came to what is asked.
    """

    requirement_id: int
    effect: Effect
    state: State
    due_on: date | None = None
    grace_ends_on: date | None = None
    met_on: date | None = None
    met_by: int | None = None
    extended_days: int = 0
    counts_as: State | None = None
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """An operational power on the day: held through a day, or stopped, and by which requirements.

    `until` of a stopped one is the day through which its evidence held, or nothing where it never did.
    """

    name: str
    held: bool
    until: date | None
    stopped_by: tuple[int, ...] = ()
    stopped_by_standing: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """May this person practise on this day, and why.

    `expires_on` is the last day of the licence's cycle; `lapses_on` the first day on which it lapses if nothing is done;
    `next_change_on` the next day on which time alone could change anything said here, never more than `LOOKAHEAD` off.
    """

    person_id: int
    on: date
    standing: Standing
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]
    authorities: tuple[Authority, ...]
    conditions: tuple[str, ...]
    expires_on: date | None
    lapses_on: date | None
    next_change_on: date
    policy_version: int

    @property
    def may_practise(self) -> bool:
        """Say whether the holder may practise: provisional, active and in grace may."""
        return self.standing in PRACTISING


LOOKAHEAD = 180
"""No decision is trusted for longer than this many days without being looked at again."""

PRACTISING = frozenset({Standing.PROVISIONAL, Standing.ACTIVE, Standing.IN_GRACE})
