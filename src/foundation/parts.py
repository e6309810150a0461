"""What small things do pages hand to the shared components?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Tone(StrEnum):
    """How a thing stands: the colour behind its word, never instead of it."""

    GOOD = "good"
    SOON = "soon"
    STOP = "stop"
    ASIDE = "aside"
    PLAIN = "plain"


class Sorted(StrEnum):
    """The direction in which a column is sorted, as ARIA spells it."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `current` marks the page, or the section, one is in."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with an answer, and the id of the field to put right."""

    text: str
    field_id: str | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """One thing to tell at the top of the page: that something succeeded, or is worth knowing."""

    text: str
    title: str | None = None
    link: Link | None = None
    succeeded: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `sort_href` makes it a link that sorts by it."""

    text: str
    numeric: bool = field(default=False, kw_only=True)
    sort_href: str | None = field(default=None, kw_only=True)
    sorted: Sorted | None = field(default=None, kw_only=True)


class HtmlLike(Protocol):
    """Text that is already safe HTML, as macros return it."""

    def __html__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A key and its value, and what can be done about it."""

    key: str
    value: str | HtmlLike
    actions: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class MeterPart:
    """One share of a whole, for example the rejected lines of a file; `says` explains it in a sentence."""

    label: str
    number: int
    tone: Tone = Tone.PLAIN
    href: str | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record out of reach that is held open for a while: whose, where it is, until when, and what closes it."""

    name: str
    href: str
    until: datetime
    end_href: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around a page's own content."""

    title: str
    navigation: Sequence[Link] = ()
    signed_in_as: str | None = None
    acting_as: Link | None = None
    sign_out_href: str | None = None
    demo: bool = False
    open_record: OpenRecord | None = None
    back: Link | None = None
    crumbs: Sequence[Link] = ()
    errors: Sequence[FieldError] = ()
    banner: Banner | None = None
    policy_version: str | None = None
    generated_at: datetime | None = None
    request_id: str | None = None
