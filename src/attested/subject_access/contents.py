"""What does a part of a copy hold, and what the whole of it? Its shape is the one that programs are given."""

from dataclasses import dataclass
from datetime import date, datetime

from attested.subject_access.catalogue import Part
from attested.subject_access.copying import Section

VERSION = 1
"""Of the shape: it goes up when something in it is renamed or goes."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that was not given, where its ground allows that to be said."""

    section: str
    ground: str
    law: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A part of a copy, as it was gathered or judged on a day."""

    part: Part
    gathered_on: date
    sections: tuple[Section, ...]
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A table that is in no copy, with the reason."""

    table: str
    why: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything held on a person that they are given, in version 1 of its shape; `waiting` names parts still to come."""

    version: int
    name: str
    national_id: str
    asked_at: datetime
    made_at: datetime
    parts: tuple[Contents, ...]
    waiting: tuple[Part, ...]
    not_given: tuple[NotGiven, ...]
