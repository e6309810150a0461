"""How is leadership told to programs, and what do they send?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.attachments.facts import Attachment
from passport.attachments.schemas import FileDocument, file_document
from passport.leadership.actions import Draft
from passport.leadership.facts import Waiting
from passport.leadership.reading import Shown
from passport.leadership.rules import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Capacity,
    Example,
    Judged,
    Verdict,
)

Code = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Z0-9-]+$")]


class ExampleWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An example. A title is enough to keep it; the day, the words and a standard are needed to offer it."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TITLE, pattern=SAID)]
    happened_on: date | None = None
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT, pattern=KEEPABLE)] = ""
    standards: tuple[Code, ...] = ()

    @property
    def draft(self) -> Draft:
        """Return what is to be kept."""
        return Draft(" ".join(self.title.split()), self.happened_on, self.text.strip(), self.standards)


class JudgementOfExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody says of one standard; as what they judge follows from how they stand to the person."""

    standard: Code
    verdict: Verdict
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=SAID)]


@dataclass(frozen=True, slots=True)
class ExampleDocument:
    """An example of one’s own."""

    id: int
    title: str
    happened_on: date | None
    text: str
    standards: Sequence[str]
    missing: Sequence[str]
    offered_at: datetime | None
    discarded_at: datetime | None
    files: Sequence[FileDocument]


@dataclass(frozen=True, slots=True)
class JudgementDocument:
    """What somebody said of a standard."""

    verdict: Verdict
    words: str
    capacity: Capacity
    judged_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class StandardJudged:
    """One standard: what counts, and everything that was said of it, the newest first."""

    code: str
    title: str
    counts: Verdict
    history: Sequence[JudgementDocument]


@dataclass(frozen=True, slots=True)
class ProgrammeDocument:
    """Whether the programme of a stage is complete, and by which requirement’s evidence."""

    requirement: str
    completed_on: date | None
    is_verified: bool
    by: str | None


@dataclass(frozen=True, slots=True)
class StageReadiness:
    """How far somebody is at one stage."""

    number: int
    title: str
    programme: ProgrammeDocument
    met: int
    is_ready: bool
    standards: Sequence[StandardJudged]


@dataclass(frozen=True, slots=True)
class Leadership:
    """Somebody’s leadership. `current` is the stage of their rank; of others’ examples only those offered are told."""

    name: str
    national_id: str
    current: int | None
    stages: Sequence[StageReadiness]
    examples: Sequence[ExampleDocument]


@dataclass(frozen=True, slots=True)
class WaitingForJudgement:
    """Somebody who offered an example since one last judged them."""

    national_id: str
    name: str
    unit: str | None
    offered: int
    last_offered_at: datetime


def leadership_document(shown: Shown) -> Leadership:
    """Tell somebody’s leadership."""
    return Leadership(
        shown.person.name,
        shown.person.national_id,
        shown.current,
        [
            StageReadiness(
                one.stage.number,
                one.title,
                ProgrammeDocument(
                    one.programme.code,
                    one.programme.completed_on,
                    one.programme.is_verified,
                    one.programme.by,
                ),
                one.met,
                one.is_ready,
                [_standard(each, shown) for each in one.standards],
            )
            for one in shown.stages
        ],
        [example_document(one, shown.files.get(one.id, ())) for one in shown.examples],
    )


def example_document(example: Example, files: Sequence[Attachment]) -> ExampleDocument:
    """Tell an example."""
    return ExampleDocument(
        example.id, example.title, example.happened_on, example.text, example.standards, example.missing,
        example.offered_at, example.discarded_at, [file_document(one) for one in files],
    )  # fmt: skip


def waiting_document(one: Waiting) -> WaitingForJudgement:
    """Tell of somebody who waits."""
    return WaitingForJudgement(one.national_id, one.name, one.unit, one.offered, one.last_offered_at)


def _standard(one: Judged, shown: Shown) -> StandardJudged:
    history = [
        JudgementDocument(
            each.verdict, each.words, each.capacity, shown.people[each.judged_by].name, each.recorded_at
        )
        for each in one.history
    ]
    return StandardJudged(one.standard.code, one.standard.title, one.counts, history)
