"""What is known of a person for a licence decision, and what does a decision say?"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


DAY_BITS = 22
"""Every day of the calendar is a number of so many bits."""

_LAST_DAY = date.max.toordinal()
_DAY = (1 << DAY_BITS) - 1


class _Days(dict[int, date]):
    """From the days left until the end of the calendar to the day, each worked out once."""

    def __missing__(self, left: int) -> date:
        self[left] = day = date.fromordinal(_LAST_DAY - left)
        return day


_DAYS = _Days()


def packed(requirement_id: int, day: date) -> int:
    """Return a requirement and a day on which it was met as one whole number."""
    return requirement_id << DAY_BITS | _LAST_DAY - day.toordinal()


@dataclass(frozen=True, slots=True)
class Completions:
    """The days on which requirements were met, each with its requirement in one whole number, in ascending order.

    The days are counted back from the end of the calendar, so that the order is that of the evidence index: by
    requirement, newest first. A person's whole history is then one list of numbers, and dates are made only of those
    that are looked at.
    """

    rows: Sequence[int] = ()

    @classmethod
    def of(cls, days_by_requirement: Mapping[int, Iterable[date]]) -> "Completions":
        """Put the days of each requirement, given in any order, into theirs."""
        return cls(
            tuple(sorted({packed(asked, day) for asked, days in days_by_requirement.items() for day in days}))
        )

    @property
    def requirement_ids(self) -> Sequence[int]:
        """Return the requirement of each row."""
        return [one >> DAY_BITS for one in self.rows]

    @property
    def days(self) -> Sequence[date]:
        """Return the day of each row."""
        return [_DAYS[one & _DAY] for one in self.rows]

    def newest(self) -> dict[int, date]:
        """Map each requirement to the newest day on which it was met."""
        newest = {one >> DAY_BITS: one for one in reversed(self.rows)}
        return {asked: _DAYS[one & _DAY] for asked, one in newest.items()}

    def days_of(self, requirement_id: int) -> Sequence[date]:
        """Return the days on which one requirement was met, newest first."""
        return [_DAYS[one & _DAY] for one in self._rows_of(requirement_id)]

    def numbers_of(self, requirement_id: int) -> Sequence[int]:
        """Return the same days by their numbers in the calendar, oldest first."""
        return [_LAST_DAY - (one & _DAY) for one in reversed(self._rows_of(requirement_id))]

    def _rows_of(self, requirement_id: int) -> Sequence[int]:
        start = bisect_left(self.rows, requirement_id << DAY_BITS)
        end = bisect_left(self.rows, (requirement_id + 1) << DAY_BITS, start)
        return self.rows[start:end]

    def up_to(self, day: date) -> "Completions":
        """Leave out what is dated after a day."""
        left = _LAST_DAY - day.toordinal()
        return Completions(tuple([one for one in self.rows if one & _DAY >= left]))


NO_COMPLETIONS = Completions()


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """Everything a decision rests on, as known at one instant, for every day.

    `completions` is what verified evidence says was met; `awaiting` the same for evidence nobody has verified yet. A
    force's duties (`Duty.FORCE`) are met by its offers, which stand among the completions. Periods, determinations and
    dispensations come in any order.
    """

    person_id: int
    joined_on: date | None
    posts: tuple[Post, ...] = ()
    absences: tuple[Absence, ...] = ()
    determinations: tuple[Determination, ...] = ()
    dispensations: tuple[Dispensation, ...] = ()
    completions: Completions = NO_COMPLETIONS
    awaiting: Completions = NO_COMPLETIONS


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
class Because:
    """One reason for a standing, with the requirement and the days that it speaks of."""

    reason: Reason
    requirement_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement judged. `due_on` is the last day on which it is met; `grace_ends_on` the last day of grace.

    `met_by` is the requirement whose evidence met it, its own or a higher one's. `counts_as` is what a finding that
    awaits verification counts as until somebody verifies it: in grace or overdue. `extended_days` are the days that
    absence, or the force's failure, added to the due day.
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
