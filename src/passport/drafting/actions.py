"""How is a draft begun, changed part by part, brought to another version, and discarded?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from asyncpg import Connection, Record

from foundation.audit import Actor, recorded
from passport.drafting.editing import WHOLE, Part, said_of, with_head
from passport.drafting.errors import (
    EditedMeanwhileError,
    NothingChangedError,
    OtherNumberError,
)
from passport.drafting.facts import in_force_on
from passport.drafting.merging import merged
from passport.policy.errors import AlreadyDecidedError, NoPolicyInForceError, NoReasonError
from passport.policy.facts import VersionState, source_of
from passport.policy.keeping import Form, event, keep, locked, withdraw_version
from passport.policy.toml import parse


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one part of a draft: what it says was done, why, and how the text becomes another."""

    part: Part
    what: str
    reason: str
    apply: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rebased:
    """A draft brought to the version in force; `both` names the parts that both had changed."""

    revision: int
    both: tuple[str, ...]


async def begin(*, actor: Actor, title: str, begins_on: date, reason: str) -> int:
    """Begin a draft from the version that is in force on the day it is meant for; return its number.

    :raises NoPolicyInForceError: there is none to start from. :raises NoReasonError: nothing says why.
    """
    if not reason:
        raise NoReasonError
    base = await in_force_on(begins_on)
    if base is None:
        raise NoPolicyInForceError(begins_on)
    text = await source_of(base)
    async with recorded(actor, event("policy draft begun", base)) as connection:
        await connection.execute("LOCK TABLE passport.policy_version IN SHARE ROW EXCLUSIVE MODE")
        number = int(await connection.fetchval("SELECT max(number) + 1 FROM passport.policy_version"))
        begun = with_head(text, number=number, title=title, begins_on=begins_on)
        what = f"Begun from version {base}"
        await keep(connection, Form(parse(begun), begun, what, reason, based_on=base), by=actor)
    return number


async def revise(*, actor: Actor, number: int, seen: int, edit: Edit) -> int:
    """Change a part of a draft as it was seen in one of its forms; return the number of the new form.

    Where others changed other parts meanwhile, both stand.

    :raises EditedMeanwhileError: they changed this part. :raises NothingChangedError: the part says this already.
    :raises PolicyFaultsError: it could not be used. :raises AlreadyDecidedError: it is no draft any more.
    :raises NoReasonError: nothing says why.
    """
    if not edit.reason:
        raise NoReasonError
    async with recorded(actor, event("policy draft changed", number, text=edit.reason)) as connection:
        row = await _draft(connection, number)
        if row["revision"] != seen:
            await _let_stand(connection, number, row, seen=seen, part=edit.part)
        text = edit.apply(row["source"])
        draft = parse(text)
        if said_of(text, edit.part) == said_of(row["source"], edit.part):
            raise NothingChangedError
        if draft.number != number:
            raise OtherNumberError
        return await keep(connection, Form(draft, text, edit.what, edit.reason), by=actor)


async def rebase(*, actor: Actor, number: int, begins_on: date) -> Rebased:
    """Bring a draft that has expired to the version in force, and to a day that is still to come.

    :raises NothingChangedError: it is there already. :raises PolicyFaultsError: the two do not go together.
    """
    base = await in_force_on(begins_on)
    async with recorded(actor, event("policy draft rebased", number)) as connection:
        row = await _draft(connection, number)
        old = row["based_on"]
        brought = row["source"]
        both: tuple[str, ...] = ()
        if base is not None and old is not None and base != old:
            result = merged(await source_of(old), row["source"], await source_of(base))
            brought, both = result.text, result.both
        text = with_head(brought, number=number, title=parse(row["source"]).title, begins_on=begins_on)
        if text == row["source"]:
            raise NothingChangedError
        what = f"Brought to version {base}, for {begins_on.isoformat()}"
        form = Form(parse(text), text, what, None, based_on=base)
        return Rebased(await keep(connection, form, by=actor), both)


async def discard(*, actor: Actor, number: int, reason: str) -> None:
    """Put a draft aside; its number is not used again.

    :raises AlreadyDecidedError: it is no draft any more. :raises NoReasonError: nothing says why.
    """
    async with recorded(actor, event("policy draft discarded", number, text=reason or None)) as connection:
        await _draft(connection, number)
        await withdraw_version(connection, number, reason=reason, by=actor)


async def _draft(connection: Connection, number: int) -> Record:
    row = await locked(connection, number)
    if row["state"] != VersionState.DRAFT:
        raise AlreadyDecidedError
    return row


async def _let_stand(connection: Connection, number: int, row: Record, *, seen: int, part: Part) -> None:
    """Let what others did meanwhile stand where it was to other parts than this."""
    then = await connection.fetchval(
        "SELECT source FROM passport.policy_revision WHERE number = $1 AND revision = $2", number, seen
    )
    if part == WHOLE or then is None or said_of(then, part) != said_of(row["source"], part):
        raise EditedMeanwhileError(row["revision"])
