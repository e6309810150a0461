"""How are drafts told to a program, and what may a program say of one?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from foundation.forms import KEEPABLE, SAID
from foundation.problems import InvalidError
from foundation.requests import EXACT
from passport.drafting.comparing import Comparison
from passport.drafting.facts import Drafted, Revision
from passport.policy.facts import Version
from passport.policy.faults import of_shape
from passport.policy.rules import Anchor, Duty, Effect, EvidenceTag, Overridable
from passport.policy.shape import RequirementTable, TermTable
from people.posts.rules import Kind, Rank

T = TypeVar("T", bound=BaseModel)
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=SAID, description="Why.")]
Seen = Annotated[
    int,
    msgspec.Meta(
        ge=1, le=EXACT, description="The form of the draft that was read; what others changed since stands."
    ),
]
Said = Annotated[str, msgspec.Meta(max_length=1000, pattern=KEEPABLE)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=SAID)]
Amount = Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]
Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]


class DraftAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft to begin from the version in force on its first day."""

    title: Title
    begins_on: date
    reason: Reason


class TopAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft's title and first day."""

    revision: Seen
    title: Title
    begins_on: date
    reason: Reason


class FileAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The text that is to take a draft's place."""

    revision: Seen
    source: Annotated[
        str, msgspec.Meta(min_length=1, max_length=1_000_000, pattern=KEEPABLE, description="TOML.")
    ]
    reason: Reason


class AppliesToAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a requirement concerns; what is left out asks nothing of that trait."""

    kinds: list[Kind] = []
    lowest_rank: Rank | None = None
    highest_rank: Rank | None = None
    profiles: list[Said] = []
    units: list[Said] = []
    on_probation: bool | None = None


class ValidityAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long meeting a requirement holds."""

    months: Annotated[int, msgspec.Meta(ge=1, le=600)]
    anchor: Anchor = Anchor.ROLLING
    renewal_window_days: Days = 0
    minimum_gap_days: Days = 0
    fixed_day: Said | None = None


class RequirementAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A requirement in the form it is to have; one whose code the draft does not know is added."""

    revision: Seen
    reason: Reason
    code: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
    title: Said
    effect: Effect
    how_to_meet: Said
    source: Said
    tag: EvidenceTag
    applies_to: AppliesToAsked | None = None
    validity: ValidityAsked | None = None
    grace_days: Days = 0
    initial_days: Days = 0
    introduced_on: date | None = None
    prerequisites: list[Said] = []
    satisfied_by: list[Said] = []
    authority: Said | None = None
    duty: Duty = Duty.PERSON
    extended_by_absence: bool = True
    hours: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None = None
    initial_hours: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None = None
    hours_in_all: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None = None
    class_places: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    level: Said | None = None
    forces_may_set: list[Overridable] = []


class EndOfPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a requirement ends."""

    revision: Seen
    reason: Reason


class TermAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value beside the requirements: one amount, or several days before."""

    revision: Seen
    amounts: Annotated[list[Amount], msgspec.Meta(min_length=1, max_length=12)]
    source: Said
    tag: EvidenceTag
    reason: Reason


class RebaseAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The day from which a draft is meant now."""

    begins_on: date


class WhyAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is done."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class DraftOut:
    """A draft, and whether it has expired; `in_force` is the version in force on its first day, or today if that passed."""

    version: Version
    begins_on: date
    in_force: int | None
    is_expired: bool
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftDetailOut:
    """A draft with what it changes of the version it starts from, and every form it has had."""

    draft: DraftOut
    changes: Comparison | None
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class ChangedOut:
    """A draft after a change: the number of its new form, and which parts both it and its new base had changed."""

    number: int
    revision: int
    both_changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceOut:
    """A version's text as it was written, comments and all."""

    number: int
    digest: str
    source: str


def draft_out(draft: Drafted) -> DraftOut:
    """Return a draft for a program."""
    return DraftOut(draft.version, draft.draft.begins_on, draft.base, draft.is_expired, draft.draft.codes)


def requirement_table(asked: RequirementAsked) -> RequirementTable:
    """Return what a program said of a requirement as a table of the file.

    :raises InvalidError: it does not fit; every fault is named.
    """
    said = msgspec.to_builtins(asked, builtin_types=(date,))
    return _shaped(
        RequirementTable, {key: said[key] for key in RequirementTable.model_fields if said[key] is not None}
    )


def term_table(asked: TermAsked, *, title: str, unit: str) -> TermTable:
    """Return what a program said of a term as a table of the file.

    :raises InvalidError: it does not fit.
    """
    amounts = [
        int(one) if one == int(one) and unit not in {"hours", "percent"} else one for one in asked.amounts
    ]
    if len(amounts) > 1 and unit != "days_before":
        raise InvalidError(errors={"amounts": "must be one amount"})
    amount = amounts if unit == "days_before" else amounts[0]
    return _shaped(TermTable, {"title": title, "source": asked.source, "tag": asked.tag.value, unit: amount})


def _shaped(table: type[T], said: dict[str, object]) -> T:
    try:
        return table.model_validate(said)
    except ValidationError as failure:
        raise InvalidError(
            errors={".".join(map(str, one.path)): one.words for one in of_shape(failure, table, ())}
        ) from failure
