"""How is development told to programs, and what do they send?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.attachments.facts import Attachment
from passport.attachments.schemas import FileDocument, file_document
from passport.cpd.facts import SharedEntry
from passport.cpd.rules import LONGEST_TEXT, LONGEST_TITLE, MOST_HOURS, Entry, Standing, Words
from people.persons.facts import NamedPerson

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT, pattern=KEEPABLE)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=SAID)]
Code = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Z0-9-]+$")]
Name = Annotated[str, msgspec.Meta(max_length=60, pattern=KEEPABLE)]


class CpdWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reflection. A title is enough to keep it; the day and the three answers are needed to share it."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TITLE, pattern=SAID)]
    happened_on: date | None = None
    what: Text = ""
    so_what: Text = ""
    now_what: Text = ""
    hours: Annotated[float, msgspec.Meta(gt=0, le=int(MOST_HOURS))] | None = None
    standards: tuple[Code, ...] = ()
    profiles: tuple[Name, ...] = ()

    @property
    def meant(self) -> Words:
        """Return what is to be kept."""
        hours = None if self.hours is None else Decimal(str(self.hours)).quantize(Decimal("0.01"))
        return Words(
            " ".join(self.title.split()), self.happened_on, self.what.strip(), self.so_what.strip(),
            self.now_what.strip(), hours, self.standards, self.profiles,
        )  # fmt: skip


class NewShare(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With whom an entry is shared: one’s supervisor of today, or a colleague by their national identifier."""

    colleague: (
        Annotated[
            str, msgspec.Meta(max_length=40, pattern=KEEPABLE, description="None: one’s supervisor of today.")
        ]
        | None
    ) = None


class NewAddition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added to an entry that somebody has read."""

    text: Said


class NewVerification(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What whoever verifies saw of it, if they want to say so."""

    words: Text | None = None


@dataclass(frozen=True, slots=True)
class CpdShare:
    """With whom an entry is shared."""

    id: int
    name: str
    as_supervisor: bool
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class CpdAddition:
    """What its author added."""

    text: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CpdVerification:
    """Who verified it, and what they said of it."""

    name: str
    as_supervisor: bool
    words: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CpdEntry:
    """An entry whole. `missing` names what it needs before it can be shared."""

    id: int
    standing: Standing
    title: str
    happened_on: date | None
    what: str
    so_what: str
    now_what: str
    hours: float | None
    standards: Sequence[str]
    profiles: Sequence[str]
    missing: Sequence[str]
    is_fixed: bool
    shares: Sequence[CpdShare]
    additions: Sequence[CpdAddition]
    verifications: Sequence[CpdVerification]
    files: Sequence[FileDocument]


@dataclass(frozen=True, slots=True)
class CpdInList:
    """One of one’s own entries, in a list."""

    id: int
    standing: Standing
    title: str
    happened_on: date | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class CpdPage:
    """A page of one’s own entries; `next_before` asks for the next one, and is missing on the last."""

    entries: Sequence[CpdInList]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class SharedCpd:
    """An entry that somebody shared with one."""

    id: int
    name: str
    title: str
    as_supervisor: bool
    shared_at: datetime
    is_verified_by_you: bool


@dataclass(frozen=True, slots=True)
class ReceivedCpd:
    """An entry that somebody shared with one, whole."""

    by: str
    entry: CpdEntry


def entry_document(entry: Entry, people: Mapping[int, NamedPerson], files: Sequence[Attachment]) -> CpdEntry:
    """Tell an entry whole."""
    words = entry.words
    return CpdEntry(
        id=entry.id,
        standing=entry.standing,
        title=words.title,
        happened_on=words.happened_on,
        what=words.what,
        so_what=words.so_what,
        now_what=words.now_what,
        hours=None if words.hours is None else float(words.hours),
        standards=words.standards,
        profiles=words.profiles,
        missing=words.missing,
        is_fixed=entry.is_fixed,
        shares=[
            CpdShare(one.id, people[one.reader_id].name, one.as_supervisor, one.shared_at)
            for one in entry.shares
        ],
        additions=[CpdAddition(one.text, one.recorded_at) for one in entry.additions],
        verifications=[
            CpdVerification(people[one.verified_by].name, one.as_supervisor, one.words, one.recorded_at)
            for one in entry.verifications
        ],
        files=[file_document(one) for one in files],
    )


def list_document(entries: Sequence[Entry], size: int) -> CpdPage:
    """Tell a page of one’s own entries."""
    lines = [
        CpdInList(
            one.id,
            one.standing,
            one.words.title,
            one.words.happened_on,
            None if one.words.hours is None else float(one.words.hours),
        )
        for one in entries
    ]
    return CpdPage(lines, lines[-1].id if len(lines) == size else None)


def shared_document(one: SharedEntry, people: Mapping[int, NamedPerson]) -> SharedCpd:
    """Tell an entry that was shared with one."""
    name = people[one.person_id].name
    return SharedCpd(one.id, name, one.title, one.as_supervisor, one.shared_at, one.is_verified_by_me)
