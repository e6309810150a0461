"""How is a version of policy handed in, approved by a second person, taken back, or set up on a new database?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

import asyncpg
from asyncpg import Connection, Record

from foundation.audit import Actor, Event, recorded, write
from foundation.clock import LONDON, now, today
from foundation.jobs.asking import ask
from passport.policy.draft import PolicyDraft
from passport.policy.errors import (
    AlreadyDecidedError,
    AlreadyInForceError,
    AlreadySetUpError,
    ChangedMeanwhileError,
    DayTakenError,
    InThePastError,
    NobodyNamedError,
    NoSuchVersionError,
    SamePersonError,
)
from passport.policy.facts import Version, VersionState, version
from passport.policy.toml import digest_of, parse

PURPOSE = "keeping the policy"
EVERYONE = "licence.everyone"
SET_UP_LOAD = Actor.system("attested policy load")
SET_UP_APPROVE = Actor.system("attested policy approve")
FIRST_THING = time(0, 5)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version that was handed in. `is_new` is false where exactly this text had been handed in before."""

    version: Version
    is_new: bool
    requirements: int


async def load(*, actor: Actor, text: str) -> Loaded:
    """Keep a policy as a draft, or put a draft of the same number in another form. The same text again changes nothing.

    :raises PolicyFaultsError: it cannot be used; nothing is kept.
    :raises AlreadyDecidedError: a version of this number is no draft any more.
    """
    draft = parse(text)
    if await _is_known(draft, text):
        return Loaded(await version(draft.number), is_new=False, requirements=len(draft.requirements))
    async with recorded(
        somebody(actor), _event("policy loaded", draft.number, digest=digest_of(text))
    ) as connection:
        await _keep(connection, draft, text, drafted_by=actor.name)
    return Loaded(await version(draft.number), is_new=True, requirements=len(draft.requirements))


async def approve(*, actor: Actor, number: int, on: date, digest: str | None = None) -> Version:
    """Approve a draft, to be in force from a day, today or later. `digest` names the text that was read.

    :raises SamePersonError: the one who drafted it approves it. :raises InThePastError: the day has passed.
    :raises DayTakenError: another version begins on that day. :raises AlreadyDecidedError: it is no draft.
    :raises ChangedMeanwhileError: the draft has changed since it was read.
    """
    with _one_a_day():
        async with recorded(somebody(actor), _event("policy approved", number, on=on)) as connection:
            row = await _locked(connection, number)
            if row["state"] != VersionState.DRAFT:
                raise AlreadyDecidedError
            if digest is not None and not row["digest"].startswith(digest):
                raise ChangedMeanwhileError
            if same_person(row["drafted_by"], actor.name):
                raise SamePersonError
            if on < today():
                raise InThePastError
            await _put_in_force(connection, number, on, approved_by=actor.name)
    return await version(number)


async def withdraw(*, actor: Actor, number: int) -> Version:
    """Take back a draft, or an approved version before its day.

    :raises AlreadyInForceError: its day has come. :raises AlreadyDecidedError: it has been withdrawn.
    """
    async with recorded(somebody(actor), _event("policy withdrawn", number)) as connection:
        row = await _locked(connection, number)
        if row["state"] == VersionState.WITHDRAWN:
            raise AlreadyDecidedError
        if row["state"] == VersionState.APPROVED and row["in_force_from"] <= today():
            raise AlreadyInForceError
        await connection.execute(
            "UPDATE passport.policy_version SET state = 'withdrawn' WHERE number = $1", number
        )
    return await version(number)


async def set_up(*, text: str, on: date | None = None) -> Loaded:
    """Put the shipped first version in force on a new database, from its own day or another, past days included.

    Done by the two named steps of the set-up instead of two people; where this very text was set up before, nothing is
    done.

    :raises PolicyFaultsError: it cannot be used. :raises AlreadySetUpError: another version has been approved.
    """
    draft = parse(text)
    if await _is_known(draft, text) and (await version(draft.number)).state is VersionState.APPROVED:
        return Loaded(await version(draft.number), is_new=False, requirements=len(draft.requirements))
    day = on or draft.begins_on
    async with recorded(
        SET_UP_LOAD, _event("policy loaded", draft.number, digest=digest_of(text))
    ) as connection:
        # Two set-ups at once: the second waits here, and then finds the first's work.
        await connection.execute("LOCK TABLE passport.policy_version IN SHARE ROW EXCLUSIVE MODE")
        if await connection.fetchval("SELECT count(*) FROM passport.policy_version WHERE state = 'approved'"):
            raise AlreadySetUpError
        await _keep(connection, draft, text, drafted_by=SET_UP_LOAD.name)
        await _put_in_force(connection, draft.number, day, approved_by=SET_UP_APPROVE.name)
        await write(connection, SET_UP_APPROVE, _event("policy approved", draft.number, on=day))
    return Loaded(await version(draft.number), is_new=True, requirements=len(draft.requirements))


def somebody(actor: Actor) -> Actor:
    """Return whoever answers for a step of policy.

    :raises NobodyNamedError: the name is empty.
    """
    if not actor.name.strip():
        raise NobodyNamedError
    return actor


def same_person(one: str, other: str) -> bool:
    """Say whether two names are one, however they are spaced and capitalised."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


async def decide_again(connection: Connection, day: date, *, because: str) -> None:
    """Ask for everybody to be decided again on the day a change of policy takes effect, or now if that has come."""
    due_at = max(now(), datetime.combine(day, FIRST_THING, LONDON))
    payload = {"on": max(day, today()).isoformat()}
    await ask(connection, EVERYONE, payload, effect_key=f"{EVERYONE}: {because}", due_at=due_at)


async def _is_known(draft: PolicyDraft, text: str) -> bool:
    try:
        return (await version(draft.number)).digest == digest_of(text)
    except NoSuchVersionError:
        return False


async def _keep(connection: Connection, draft: PolicyDraft, text: str, *, drafted_by: str) -> None:
    values = (draft.number, draft.title, text, digest_of(text), drafted_by)
    kept = await connection.execute(_REVISE, *values)
    if kept == "UPDATE 0":
        try:
            await connection.execute(_DRAFT, *values)
        except asyncpg.UniqueViolationError as refusal:
            raise AlreadyDecidedError from refusal
    await connection.execute(_CODES, list(draft.codes))


async def _put_in_force(connection: Connection, number: int, on: date, *, approved_by: str) -> None:
    await connection.execute(_APPROVE, number, on, approved_by)
    await decide_again(connection, on, because=f"policy {number} is in force from {on.isoformat()}")


async def _locked(connection: Connection, number: int) -> Record:
    row = await connection.fetchrow(
        """SELECT state, digest, drafted_by, in_force_from FROM passport.policy_version
            WHERE number = $1 FOR UPDATE""",
        number,
    )
    if row is None:
        raise NoSuchVersionError
    return row


@contextmanager
def _one_a_day() -> Iterator[None]:
    """Turn the database's refusal of a second version on one day into words."""
    try:
        yield
    except asyncpg.UniqueViolationError as refusal:
        raise DayTakenError from refusal


def _event(name: str, number: int, *, digest: str | None = None, on: date | None = None) -> Event:
    detail = {"policy": number, "digest": digest, "from": on.isoformat() if on else None}
    return Event(name, PURPOSE, detail={key: value for key, value in detail.items() if value is not None})


_REVISE = """
UPDATE passport.policy_version SET title = $2, source = $3, digest = $4, drafted_by = $5, drafted_at = clock_timestamp()
 WHERE number = $1 AND state = 'draft'
"""
_DRAFT = """
INSERT INTO passport.policy_version (number, title, source, digest, drafted_by) VALUES ($1, $2, $3, $4, $5)
"""
_APPROVE = """
UPDATE passport.policy_version
   SET state = 'approved', in_force_from = $2, approved_by = $3, approved_at = clock_timestamp() WHERE number = $1
"""
# Only what is missing is inserted: a conflict would use up a number, and numbers are small.
_CODES = """
INSERT INTO passport.requirement (code)
SELECT code FROM unnest($1::text[]) WITH ORDINALITY AS given(code, place)
 WHERE NOT EXISTS (SELECT FROM passport.requirement AS there WHERE there.code = given.code)
 ORDER BY place ON CONFLICT (code) DO NOTHING
"""
