"""Is this a statement as xAPI has it (1.0.3, 2.0), and if not, which field is wrong?"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from foundation.problems import InvalidError
from passport.statements.rules import VOIDED, Account, Said

T = TypeVar("T")
Document = dict[str, object]
Iri = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$", max_length=2000)]
Words = dict[str, str]
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W|(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)\Z"
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_AT = re.compile(r" - at `(?:key in )?\$(?P<path>.*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`")
# What the receiver sets, and what may differ between two tellings of the same (xAPI 1.0.3, part 2, 2.3.1).
_NOT_COMPARED = ("id", "authority", "stored", "version")
LONGEST = 200


class AccountGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """An account, as it is sent."""

    homePage: Iri  # noqa: N815 - xAPI's own name
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class ActorGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever did it, or vouches for it: identified in exactly one way, but for a group without a name of its own."""

    objectType: Literal["Agent", "Group"] = "Agent"  # noqa: N815
    name: str | UnsetType = UNSET
    mbox: Annotated[str, Meta(pattern=r"^mailto:[^@\s]+@[^@\s]+$", max_length=LONGEST)] | UnsetType = UNSET
    mbox_sha1sum: Annotated[str, Meta(pattern=r"^[0-9a-fA-F]{40}$")] | UnsetType = UNSET
    openid: Iri | UnsetType = UNSET
    account: AccountGiven | UnsetType = UNSET
    member: list["ActorGiven"] | UnsetType = UNSET

    def identifiers(self) -> list[str]:
        """Return by what the actor is identified, each in a line."""
        given = (
            self.mbox.lower() if self.mbox is not UNSET else "",
            f"sha1:{self.mbox_sha1sum.lower()}" if self.mbox_sha1sum is not UNSET else "",
            self.openid if self.openid is not UNSET else "",
            f"{self.account.homePage} {self.account.name}" if self.account is not UNSET else "",
        )
        return [one for one in given if one]


class VerbGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done."""

    id: Iri
    display: Words | UnsetType = UNSET


class ScoreGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """How well."""

    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class ResultGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """With what result."""

    score: ScoreGiven | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    extensions: dict[Iri, object] | UnsetType = UNSET


class AttachmentGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that belongs to it; here only its address is taken."""

    usageType: Iri  # noqa: N815
    display: Words
    contentType: str  # noqa: N815
    length: int
    sha2: str
    fileUrl: Iri  # noqa: N815
    description: Words | UnsetType = UNSET


class ReferenceGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Another statement."""

    id: UUID
    objectType: Literal["StatementRef"] = "StatementRef"  # noqa: N815


class ContextGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What it stood in."""

    registration: UUID | UnsetType = UNSET
    instructor: ActorGiven | UnsetType = UNSET
    team: ActorGiven | UnsetType = UNSET
    contextActivities: dict[str, object] | UnsetType = UNSET  # noqa: N815
    contextAgents: list[Document] | UnsetType = UNSET  # noqa: N815
    contextGroups: list[Document] | UnsetType = UNSET  # noqa: N815
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    statement: ReferenceGiven | UnsetType = UNSET
    extensions: dict[Iri, object] | UnsetType = UNSET


class StatementGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement, as it is sent; its object is looked at apart."""

    actor: ActorGiven
    verb: VerbGiven
    object: Document
    id: UUID | UnsetType = UNSET
    result: ResultGiven | UnsetType = UNSET
    context: ContextGiven | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: ActorGiven | UnsetType = UNSET
    version: Annotated[str, Meta(pattern=r"^(1\.0|2\.0)(\.\d+)?$")] | UnsetType = UNSET
    attachments: list[AttachmentGiven] | UnsetType = UNSET


class ActivityGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What it was done with."""

    id: Iri
    objectType: Literal["Activity"] = "Activity"  # noqa: N815
    definition: Document | UnsetType = UNSET


class SubStatementGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement within a statement, as a plan: it says nothing of what happened."""

    actor: ActorGiven
    verb: VerbGiven
    object: Document
    objectType: Literal["SubStatement"]  # noqa: N815
    result: ResultGiven | UnsetType = UNSET
    context: ContextGiven | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    attachments: list[AttachmentGiven] | UnsetType = UNSET


Things = ActivityGiven | ActorGiven | ReferenceGiven | SubStatementGiven
KINDS: Mapping[str, type[Things]] = {
    "Activity": ActivityGiven,
    "Agent": ActorGiven,
    "Group": ActorGiven,
    "StatementRef": ReferenceGiven,
    "SubStatement": SubStatementGiven,
}


def documents(body: bytes) -> list[Document]:
    """Return the statements of a body: one object, or a list of them.

    :raises InvalidError: it is no JSON, holds no statement, or the same id twice.
    """
    try:
        found = msgspec.json.decode(body, type=Document | list[Document])
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise InvalidError(errors={"statements": str(fault)}) from None
    given = [found] if isinstance(found, dict) else found
    ids = [str(one["id"]).lower() for one in given if "id" in one]
    if not given or len(set(ids)) < len(ids):
        raise InvalidError(errors={"statements": "holds nothing" if not given else "holds the same id twice"})
    return given


def read(document: Document, at: str = "") -> Said:
    """Return what a statement says; `at` is where it stands in what was sent, for example [2].

    :raises InvalidError: with the field that is wrong, and how.
    """
    _without_null(document, at)
    if b"\\u0000" in msgspec.json.encode(document):
        raise _fault(at, "holds a null character")
    given = _as(document, StatementGiven, at)
    _identified(given.actor, f"{at}.actor")
    thing = _thing(given.object, f"{at}.object")
    result = given.result if given.result is not UNSET else ResultGiven()
    score = result.score.scaled if result.score is not UNSET else UNSET
    is_voiding = given.verb.id == VOIDED
    if is_voiding and not isinstance(thing, ReferenceGiven):
        raise _fault(f"{at}.object", "must be a StatementRef where the verb is voided")
    account = given.actor.account
    return Said(
        id=None if given.id is UNSET else given.id,
        actor=", ".join(given.actor.identifiers()) or "a group without a name",
        account=None if account is UNSET else Account(account.homePage.rstrip("/"), account.name),
        mailbox=None if given.actor.mbox is UNSET else given.actor.mbox.lower(),
        verb=given.verb.id,
        activity=thing.id if isinstance(thing, ActivityGiven) else None,
        happened_at=None if given.timestamp is UNSET else _instant(given.timestamp, f"{at}.timestamp"),
        success=None if result.success is UNSET else result.success,
        score=None if score is UNSET else Decimal(str(score)),
        seconds=None if result.duration is UNSET else _seconds(result.duration, f"{at}.result.duration"),
        voids=thing.id if is_voiding and isinstance(thing, ReferenceGiven) else None,
    )


def digest(document: Document) -> bytes:
    """Return what is the same of two tellings of the same statement (xAPI 1.0.3, part 2, 2.3.1), hashed."""
    kept = {name: value for name, value in document.items() if name not in _NOT_COMPARED}
    return hashlib.sha256(msgspec.json.encode(_plain(kept), order="deterministic")).digest()


def _plain(value: object, within: str = "") -> object:
    """Leave out how a verb or an activity is described, and the order of a group's members."""
    if isinstance(value, Mapping):
        left = {"verb": "display", "object": "definition"}.get(within)
        return {name: _plain(one, name) for name, one in value.items() if name != left}
    if isinstance(value, list):
        plain = [_plain(one) for one in value]
        return sorted(plain, key=msgspec.json.encode) if within == "member" else plain
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as(document: object, shape: type[T], at: str) -> T:
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as fault:
        found = _AT.search(str(fault))
        unknown = _UNKNOWN.search(str(fault))
        path = (found["path"] if found else "") + (f".{unknown['field']}" if unknown else "")
        raise _fault(at + path, _AT.sub("", str(fault))) from None


def _thing(document: Document, at: str) -> Things:
    kind = document.get("objectType", "Activity")
    if not isinstance(kind, str) or kind not in KINDS:
        raise _fault(f"{at}.objectType", f"must be one of {', '.join(KINDS)}")
    thing = _as(document, KINDS[kind], at)
    if isinstance(thing, ActorGiven):
        _identified(thing, at)
    return thing


def _identified(actor: ActorGiven, at: str) -> None:
    ways = len(actor.identifiers())
    may_be_nameless = actor.objectType == "Group" and actor.member is not UNSET
    if ways > 1 or (ways == 0 and not may_be_nameless):
        raise _fault(at, "must be identified by exactly one of mbox, mbox_sha1sum, openid and account")


def _instant(text: str, at: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _fault(at, "must be an instant such as 2026-03-04T09:30:00Z") from None
    if text.endswith(("-00", "-0000", "-00:00")) or "T" not in text.upper():
        raise _fault(at, "must be an instant with its offset, which is not -00:00")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(text: str, at: str) -> Decimal:
    """Return the length of a duration (ISO 8601); years and months, which have no length, count for none."""
    found = _DURATION.match(text)
    if found is None or text.endswith(("P", "T")):
        raise _fault(at, "must be a duration such as PT1H30M")
    return sum((Decimal(found[unit] or 0) * each for unit, each in _SECONDS.items()), Decimal(0))


def _without_null(value: object, at: str) -> None:
    """Refuse null, which xAPI knows only among extensions, and the null character, which no database keeps."""
    pairs: Iterable[tuple[str, object]] = ()
    if isinstance(value, Mapping):
        pairs = ((f"{at}.{name}", one) for name, one in value.items() if name != "extensions")
        if any("\0" in str(name) for name in value):
            raise _fault(at, "holds a null character")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        pairs = ((f"{at}[{place}]", one) for place, one in enumerate(value))
    elif value is None or (isinstance(value, str) and "\0" in value):
        raise _fault(at, "is null" if value is None else "holds a null character")
    for where, one in pairs:
        _without_null(one, where)


def _fault(at: str, what: str) -> InvalidError:
    return InvalidError(errors={at.lstrip(".") or "statement": what})
