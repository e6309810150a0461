"""Which field of what was sent is wrong, and how? Places are named as in `[2].actor.mbox`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import UNSET

from foundation.problems import InvalidError
from passport.statements.shapes import KINDS, ActorGiven, Document, SubStatementGiven, Things

T = TypeVar("T")
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W|(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)\Z"
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_AT = re.compile(r" - at (?:`key` in )?`\$(?P<path>.*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`")
DEEPEST = 40
"""At most so many objects and lists stand within one another; no learning system comes near."""
LARGEST = 2**63 - 1
EARLIEST, LATEST = 1900, 2199
"""Years between which a thing can have happened."""
IDENTIFIED = "must be identified by exactly one of mbox, mbox_sha1sum, openid and account"


def as_shape(document: object, shape: type[T], at: str) -> T:
    """Return what was sent as it must look.

    :raises InvalidError: with the field that is wrong, and how.
    """
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as fault:
        found = _AT.search(str(fault))
        unknown = _UNKNOWN.search(str(fault))
        path = (found["path"] if found else "") + (f".{unknown['field']}" if unknown else "")
        raise fault_at(at + path, _AT.sub("", str(fault))) from None


def thing_of(document: Document, at: str) -> Things:
    """Return what something was done with.

    :raises InvalidError: it is nothing that xAPI knows.
    """
    kind = document.get("objectType", "Activity")
    if not isinstance(kind, str) or kind not in KINDS:
        raise fault_at(f"{at}.objectType", f"must be one of {', '.join(KINDS)}")
    thing = as_shape(document, KINDS[kind], at)
    if isinstance(thing, ActorGiven):
        identified(thing, at)
    if isinstance(thing, SubStatementGiven):
        identified(thing.actor, f"{at}.actor")
        if isinstance(thing_of(thing.object, f"{at}.object"), SubStatementGiven):
            raise fault_at(f"{at}.object", "must not be a SubStatement within a SubStatement")
    return thing


def identified(actor: ActorGiven, at: str) -> None:
    """Refuse whoever is not identified in exactly one way, but for a group without a name whose members are.

    :raises InvalidError: with the place.
    """
    ways = len(actor.identifiers())
    may_be_nameless = actor.objectType == "Group" and actor.member is not UNSET
    if ways > 1 or (ways == 0 and not may_be_nameless):
        raise fault_at(at, IDENTIFIED)
    if actor.objectType == "Agent" and actor.member is not UNSET:
        raise fault_at(f"{at}.member", "belongs to a Group, not to an Agent")
    for place, member in enumerate(actor.member or ()):
        where = f"{at}.member[{place}]"
        if member.objectType != "Agent":
            raise fault_at(where, "must be an Agent: groups hold no groups")
        identified(member, where)


def instant_of(text: str, at: str) -> datetime:
    """Return an instant (ISO 8601); without an offset it is UTC.

    :raises InvalidError: it is none, or lies where nothing can have happened.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise fault_at(at, "must be an instant such as 2026-03-04T09:30:00Z") from None
    if text.endswith(("-00", "-0000", "-00:00")) or "T" not in text.upper():
        raise fault_at(at, "must be an instant with its offset, which is not -00:00")
    if not EARLIEST <= found.year <= LATEST:
        raise fault_at(at, f"must lie between the years {EARLIEST} and {LATEST}")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def seconds_of(text: str, at: str) -> Decimal:
    """Return the length of a duration (ISO 8601); years and months, which have no length, count for none.

    :raises InvalidError: it is no duration.
    """
    found = _DURATION.match(text)
    if found is None or text.endswith(("P", "T")):
        raise fault_at(at, "must be a duration such as PT1H30M")
    return sum((Decimal(found[unit] or 0) * each for unit, each in _SECONDS.items()), Decimal(0))


def plain_json(value: object, at: str, *, deep: int = 0, extends: bool = False) -> None:
    """Refuse what no database keeps, and null, which xAPI knows only among extensions.

    :raises InvalidError: with the place.
    """
    if deep > DEEPEST:
        raise fault_at(at, f"holds more than {DEEPEST} objects or lists within one another")
    if (fault := _not_kept(value, extends=extends)) is not None:
        raise fault_at(at, fault)
    for where, one in _within(value, at):
        plain_json(one, where, deep=deep + 1, extends=extends or where.endswith(".extensions"))


def _not_kept(value: object, *, extends: bool) -> str | None:
    if value is None and not extends:
        return "is null"
    if isinstance(value, int) and abs(value) > LARGEST:
        return "is a number too large to be kept"
    texts = (value,) if isinstance(value, str) else value if isinstance(value, Mapping) else ()
    return "holds a null character" if any("\0" in text for text in texts) else None


def _within(value: object, at: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from ((f"{at}.{name}", one) for name, one in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from ((f"{at}[{place}]", one) for place, one in enumerate(value))


def fault_at(at: str, what: str) -> InvalidError:
    """Return what is wrong with a place; the statement itself where there is none."""
    return InvalidError(errors={at.lstrip(".") or "statement": what})
