"""How far is somebody at a leadership stage, by what was judged of each standard and by the stage's programme?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from passport.standards.rules import Group, Stage, Standard

LONGEST_TITLE = 120
LONGEST_TEXT = 4000


class Verdict(StrEnum):
    """What somebody says of a standard, having looked at what was shown."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not yet"
    NOT_SEEN = "not seen"


class Capacity(StrEnum):
    """As what somebody judges: whoever leads the officer, or an assessor of learning and development."""

    SUPERVISOR = "supervisor"
    ASSESSOR = "assessor"


# From best to worst: that nobody has seen it is better than a doubt, and worse than that it is met.
ORDER = (Verdict.MET, Verdict.NOT_SEEN, Verdict.PARTLY, Verdict.NOT_YET)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody judged of one standard. It is never changed; a later one takes its place."""

    id: int
    standard: str
    verdict: Verdict
    words: str
    capacity: Capacity
    judged_by: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody shows of their leadership, against the standards they name; offered, it is evidence and stays."""

    id: int
    person_id: int
    title: str
    happened_on: date | None
    text: str
    standards: tuple[str, ...]
    recorded_at: datetime
    changed_at: datetime
    offered_at: datetime | None = None
    discarded_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Say whether it may still be changed, offered or put aside."""
        return self.offered_at is None and self.discarded_at is None

    @property
    def missing(self) -> Sequence[str]:
        """Return what it needs before it can be offered."""
        return [name for name in ("happened_on", "text", "standards") if not getattr(self, name)]


@dataclass(frozen=True, slots=True)
class Programme:
    """Whether the programme of a stage is complete: since when, by its own evidence or by that of a higher stage."""

    code: str
    completed_on: date | None = None
    is_verified: bool = False
    by: str | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether it is complete: evidence that nobody has verified does not count."""
        return self.completed_on is not None and self.is_verified


@dataclass(frozen=True, slots=True)
class Judged:
    """One standard: what counts, what each capacity said last, everything that was ever said, and the examples."""

    standard: Standard
    counts: Verdict
    latest: Mapping[Capacity, Judgement]
    history: tuple[Judgement, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far somebody is at one stage."""

    title: str
    stage: Stage
    programme: Programme
    standards: tuple[Judged, ...]

    @property
    def met(self) -> int:
        """Return how many standards count as met."""
        return sum(one.counts is Verdict.MET for one in self.standards)

    @property
    def is_ready(self) -> bool:
        """Say whether every standard is met and the programme complete."""
        return self.met == len(self.standards) and self.programme.is_complete


def counted(latest: Mapping[Capacity, Judgement], needs: Iterable[Capacity]) -> Verdict:
    """Return what counts of a standard: the worst of what everybody says who has to say something."""
    said = [latest[one].verdict if one in latest else Verdict.NOT_SEEN for one in needs]
    return max(said, key=ORDER.index, default=Verdict.NOT_SEEN)


def judged(
    standard: Standard,
    judgements: Iterable[Judgement],
    examples: Iterable[Example],
    needs: Sequence[Capacity],
) -> Judged:
    """Put together what is known of one standard; judgements come oldest first."""
    about = [one for one in judgements if one.standard == standard.code]
    latest = {one.capacity: one for one in about}
    shown = tuple(one for one in examples if standard.code in one.standards)
    return Judged(standard, counted(latest, needs), latest, tuple(reversed(about)), shown)


def readiness(
    groups: Iterable[Group],
    programmes: Mapping[str, Programme],
    *,
    judgements: Sequence[Judgement],
    examples: Sequence[Example],
    needs: Sequence[Capacity],
) -> Sequence[Readiness]:
    """Return how far somebody is at each stage."""
    return [
        Readiness(
            group.title,
            group.stage,
            programmes.get(group.stage.programme, Programme(group.stage.programme)),
            tuple(judged(one, judgements, examples, needs) for one in group.standard),
        )
        for group in groups
        if group.stage is not None
    ]
