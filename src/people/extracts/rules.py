"""What does an extract say of a person, what of it differs from what is recorded, and whose line comes back to them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.posts.rules import AbsenceKind, Kind, Rank, RankBasis


class Part(StrEnum):
    """The parts of a person's record that an extract may speak of, in the words of a report."""

    NAME = "name"
    STARTED = "start date"
    PAYROLL = "payroll number"
    COLLAR = "collar number"
    POST = "post"
    LINE = "line"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one line says. A part that the extract has no column for is not among `parts`: nothing is said of it."""

    line: int
    payroll: str
    family_name: str
    given_names: str
    kind: Kind
    rank: Rank | None
    rank_basis: RankBasis
    job_title: str | None
    unit: str | None
    profiles: tuple[str, ...]
    fte_hundredths: int
    parts: frozenset[Part]
    known_as: str | None = None
    email: str | None = None
    started_on: date | None = None
    collar: str | None = None
    supervisor: str | None = None
    absence: AbsenceKind | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A payroll or collar number as it is recorded."""

    id: int
    value: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as it is recorded; `follows_on` is the last day of the post before it."""

    id: int
    force_id: int
    unit: str | None
    kind: Kind
    rank: Rank | None
    rank_basis: RankBasis
    job_title: str | None
    profiles: tuple[str, ...]
    fte_hundredths: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Who supervises a person, as it is recorded."""

    id: int
    supervisor_id: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class HeldAbsence:
    """An absence as it is recorded."""

    id: int
    kind: AbsenceKind
    valid_from: date


@dataclass(frozen=True, slots=True)
class Known:
    """What is recorded of a person on the extract's day, found by their payroll number."""

    person_id: int
    family_name: str
    given_names: str
    known_as: str | None
    email: str | None
    joined_on: date | None
    payroll: Number | None
    collar: Number | None
    post: HeldPost | None
    line: HeldLine | None
    absence: HeldAbsence | None
    last_post_ended_on: date | None
    has_later: bool


def differences(stated: Stated, known: Known, supervisor_id: int | None, *, force_id: int) -> frozenset[Part]:
    """Name the parts in which a line differs from what is recorded. A supervisor not recorded is not compared."""
    different = {
        Part.NAME: _names_differ(stated, known),
        Part.STARTED: stated.started_on is not None and stated.started_on != known.joined_on,
        Part.PAYROLL: known.payroll is None,
        Part.COLLAR: stated.collar != (known.collar.value if known.collar else None),
        Part.POST: known.post is None or post_differs(stated, known.post, force_id),
        Part.LINE: _line_differs(stated, known, supervisor_id),
        Part.ABSENCE: stated.absence != (known.absence.kind if known.absence else None),
    }
    always = {Part.NAME, Part.PAYROLL, Part.POST}
    return frozenset(part for part in (stated.parts | always) if different[part])


def post_differs(stated: Stated, post: HeldPost, force_id: int) -> bool:
    """Say whether a line speaks of another post than the one recorded."""
    said = (
        force_id, stated.unit, stated.kind, stated.rank, stated.rank_basis, stated.job_title, stated.profiles,
        stated.fte_hundredths,
    )  # fmt: skip
    held = (
        post.force_id, post.unit, post.kind, post.rank, post.rank_basis, post.job_title, post.profiles,
        post.fte_hundredths,
    )  # fmt: skip
    return said != held


def in_words(different: Iterable[Part]) -> str:
    """Return the parts in one order, for a report."""
    found = set(different)
    return ", ".join(part for part in Part if part in found)


def loops(supervisors: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Find who comes back to themselves by going up the line; each loop once, in the order of the line."""
    done: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in supervisors:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = supervisors.get(at)
        if at is not None and at in path:
            found.append(tuple(path)[path[at] :])
        done.update(path)
    return found


def _names_differ(stated: Stated, known: Known) -> bool:
    said = (stated.family_name, stated.given_names)
    # A blank cell does not take away a name somebody goes by, nor their address.
    return (
        said != (known.family_name, known.given_names)
        or (stated.known_as is not None and stated.known_as != known.known_as)
        or (stated.email is not None and stated.email != known.email)
    )


def _line_differs(stated: Stated, known: Known, supervisor_id: int | None) -> bool:
    if stated.supervisor is None:
        return known.line is not None
    return supervisor_id is not None and (known.line is None or known.line.supervisor_id != supervisor_id)
