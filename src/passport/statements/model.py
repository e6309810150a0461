"""Is this a statement as xAPI has it (1.0.3, 2.0), and what does it say that matters here?"""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec
from msgspec import UNSET

from passport.statements.checking import (
    DEEPEST,
    as_shape,
    fault_at,
    identified,
    instant_of,
    plain_json,
    seconds_of,
    thing_of,
)
from passport.statements.errors import TooManyStatementsError
from passport.statements.indexing import found_by
from passport.statements.rules import VOIDED, Account, Said
from passport.statements.shapes import (
    ActivityGiven,
    Document,
    ReferenceGiven,
    ResultGiven,
    StatementGiven,
    Things,
)

MOST = 1000
"""So many statements are taken at once: they are kept in one transaction, all or none."""
# What the receiver sets, and what may differ between two tellings of the same (xAPI 1.0.3, part 2, 2.3.1).
_NOT_COMPARED = ("id", "authority", "stored", "version")


def documents(body: bytes) -> list[Document]:
    """Return the statements of a body: one object, or a list of them.

    :raises InvalidError: it is no JSON, holds no statement, or the same id twice.
    :raises TooManyStatementsError: it holds more than are kept at once.
    """
    try:
        found = msgspec.json.decode(body, type=Document | list[Document])
    except RecursionError:
        raise fault_at(
            "statements", f"holds more than {DEEPEST} objects or lists within one another"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise fault_at("statements", str(fault)) from None
    given = [found] if isinstance(found, dict) else found
    if not given:
        raise fault_at("statements", "holds nothing")
    if len(given) > MOST:
        raise TooManyStatementsError(len(given), MOST)
    _each_once(given)
    return given


def _each_once(given: Sequence[Document]) -> None:
    seen: dict[str, int] = {}
    for place, one in enumerate(given):
        if "id" in one and (before := seen.setdefault(str(one["id"]).lower(), place)) != place:
            raise fault_at(f"[{place}].id", f"is the id of [{before}] too: each statement is sent once")


def read(document: Document, at: str = "") -> Said:
    """Return what a statement says; `at` is where it stands in what was sent, for example [2].

    :raises InvalidError: with the field that is wrong, and how.
    """
    plain_json(document, at)
    given = as_shape(document, StatementGiven, at)
    thing = _checked(given, at)
    result = given.result if given.result is not UNSET else ResultGiven()
    score = result.score.scaled if result.score is not UNSET else UNSET
    account = given.actor.account
    return Said(
        id=None if given.id is UNSET else given.id,
        actor=", ".join(given.actor.identifiers()) or "a group without a name",
        account=None if account is UNSET else Account(account.homePage.rstrip("/"), account.name),
        mailbox=None if given.actor.mbox is UNSET else given.actor.mbox.lower(),
        verb=given.verb.id,
        activity=thing.id if isinstance(thing, ActivityGiven) else None,
        happened_at=None if given.timestamp is UNSET else instant_of(given.timestamp, f"{at}.timestamp"),
        success=None if result.success is UNSET else result.success,
        score=None if score is UNSET else Decimal(str(score)),
        seconds=None if result.duration is UNSET else seconds_of(result.duration, f"{at}.result.duration"),
        voids=thing.id if given.verb.id == VOIDED and isinstance(thing, ReferenceGiven) else None,
        found_by=found_by(given, thing),
    )


def _checked(given: StatementGiven, at: str) -> Things:
    """Return what it was done with, where everybody in it is identified and a voiding statement names another."""
    identified(given.actor, f"{at}.actor")
    for one in given.context.actors() if given.context is not UNSET else ():
        identified(one, f"{at}.context")
    thing = thing_of(given.object, f"{at}.object")
    if given.verb.id == VOIDED and not isinstance(thing, ReferenceGiven):
        raise fault_at(f"{at}.object", "must be a StatementRef where the verb is voided")
    return thing


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
