"""Which statements does a learning system ask for (xAPI 1.0.3, part 3, 2.1.3), and is the question a question?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from foundation.problems import InvalidError
from passport.statements.checking import as_shape, fault_at, identified, instant_of
from passport.statements.indexing import key_of
from passport.statements.shapes import ActorGiven, is_iri

T = TypeVar("T")
MOST_LISTED = 100
"""So many statements stand on a page at most."""
HIGHEST = 2**31 - 1
WAYS = {"true": True, "false": False}
ONE = ("statementId", "voidedStatementId")
BESIDE = frozenset({"format", "attachments"})
"""What may stand beside the id of one statement."""
AFTER = "after"
"""Our own: after which statement the page goes on that `more` leads to."""


class Format(StrEnum):
    """How much of a statement is told."""

    IDS = "ids"
    EXACT = "exact"
    CANONICAL = "canonical"


@dataclass(frozen=True, slots=True)
class Place:
    """A statement's place in the order in which they were stored."""

    stored_at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.stored_at.astimezone(UTC).isoformat()}_{self.id}".replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Telling:
    """How statements are told."""

    format: Format
    with_files: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Which statements are asked for; what is None is not asked."""

    agent: UUID | None
    verb: str | None
    activity: str | None
    registration: UUID | None
    since: datetime | None
    until: datetime | None
    after: Place | None
    related_agents: bool
    related_activities: bool
    ascending: bool
    limit: int
    asked: tuple[tuple[str, str], ...]

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but time and order is asked for."""
        return any(one is not None for one in (self.agent, self.verb, self.activity, self.registration))

    def more(self, last: Place, path: str) -> str:
        """Return the address, without host, of the page that goes on after a statement."""
        return f"{path}?{urlencode([*self.asked, (AFTER, str(last))])}"


PARAMETERS = frozenset({
    *BESIDE, AFTER, "agent", "verb", "activity", "registration", "related_agents", "related_activities", "since",
    "until", "limit", "ascending",
})  # fmt: skip


def telling(given: Mapping[str, str]) -> Telling:
    """Return how statements are to be told.

    :raises InvalidError: in a way that is not known.
    """
    name = given.get("format", Format.EXACT)
    if name not in set(Format):
        raise fault_at("format", f"must be one of {', '.join(Format)}")
    return Telling(Format(name), _way(given, "attachments"))


def query(given: Mapping[str, str]) -> Query:
    """Return which statements are asked for.

    :raises InvalidError: naming the parameter that cannot be understood.
    """
    return Query(
        agent=_read(given, "agent", _agent),
        verb=_read(given, "verb", _address),
        activity=_read(given, "activity", _address),
        registration=_read(given, "registration", uuid_of),
        since=_read(given, "since", instant_of),
        until=_read(given, "until", instant_of),
        after=_read(given, AFTER, _place),
        related_agents=_way(given, "related_agents"),
        related_activities=_way(given, "related_activities"),
        ascending=_way(given, "ascending"),
        limit=min(_read(given, "limit", _number) or MOST_LISTED, MOST_LISTED),
        asked=tuple((name, text) for name, text in given.items() if name != AFTER),
    )


def once(given: Mapping[str, str], pairs: Iterable[tuple[str, str]], *, known: frozenset[str]) -> None:
    """Refuse parameters that mean nothing here, and one that is given twice.

    :raises InvalidError: naming them.
    """
    if strange := sorted(given.keys() - known):
        raise InvalidError(errors=dict.fromkeys(strange, "is not a parameter here"))
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidError(errors=dict.fromkeys(twice, "is given more than once"))


def uuid_of(text: str, at: str) -> UUID:
    """Return a UUID as it is written.

    :raises InvalidError: it is none.
    """
    try:
        return UUID(text)
    except ValueError:
        raise fault_at(at, "must be a UUID") from None


def _read(given: Mapping[str, str], name: str, reading: Callable[[str, str], T]) -> T | None:
    return reading(given[name], name) if name in given else None


def _way(given: Mapping[str, str], name: str) -> bool:
    found = WAYS.get(given.get(name, "false"))
    if found is None:
        raise fault_at(name, "must be true or false")
    return found


def _agent(text: str, at: str) -> UUID:
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise fault_at(at, "must be an Agent or an identified Group, as JSON") from None
    found = as_shape(document, ActorGiven, at)
    identified(found, at)
    if not found.identifiers():
        raise fault_at(at, "must be identified by one of mbox, mbox_sha1sum, openid and account")
    return key_of(found.identifiers()[0])


def _address(text: str, at: str) -> str:
    if not is_iri(text):
        raise fault_at(at, "must be an IRI, such as http://adlnet.gov/expapi/verbs/passed")
    return text


def _number(text: str, at: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(HIGHEST)):
        raise fault_at(at, "must be a whole number, 0 for as many as there may be")
    return int(text)


def _place(text: str, at: str) -> Place:
    stored_at, _, number = text.partition("_")
    return Place(instant_of(stored_at, at), uuid_of(number, at))
