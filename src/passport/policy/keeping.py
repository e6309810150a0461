"""How are a draft, its approval and its withdrawal written down, within the caller's transaction?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

import asyncpg
from asyncpg import Connection, Record

from foundation.audit import Actor, Event
from foundation.clock import LONDON, now, today
from foundation.jobs.asking import ask
from passport.policy.draft import PolicyDraft
from passport.policy.errors import (
    AlreadyDecidedError,
    AlreadyInForceError,
    ChangedMeanwhileError,
    DayTakenError,
    InThePastError,
    NobodyNamedError,
    NoReasonError,
    NoSuchVersionError,
    SamePersonError,
)
from passport.policy.facts import VersionState
from passport.policy.toml import digest_of

PURPOSE = "keeping the policy"
EVERYONE = "licence.everyone"
FIRST_THING = time(0, 5)


@dataclass(frozen=True, slots=True)
class Form:
    """A draft in one of its forms: what it says, the text, what was done to it, why, and the version it starts from."""

    draft: PolicyDraft
    text: str
    what: str
    reason: str | None = None
    based_on: int | None = None


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


def event(
    name: str, number: int, *, digest: str | None = None, on: date | None = None, text: str | None = None
) -> Event:
    """Return the line of audit of a step of policy."""
    detail = {"policy": number, "digest": digest, "from": on.isoformat() if on else None}
    known = {key: value for key, value in detail.items() if value is not None}
    return Event(name, PURPOSE, detail=known, text=text)


async def locked(connection: Connection, number: int) -> Record:
    """Hold a version, and return its row.

    :raises NoSuchVersionError: there is none with this number.
    """
    row = await connection.fetchrow(
        """SELECT state, digest, source, revision, based_on, drafted_by, in_force_from FROM passport.policy_version
            WHERE number = $1 FOR UPDATE""",
        number,
    )
    if row is None:
        raise NoSuchVersionError
    return row


async def keep(connection: Connection, form: Form, *, by: Actor) -> int:
    """Keep a draft in one more form, the first of its number among them; return the number of the form.

    :raises AlreadyDecidedError: a version of this number is no draft any more.
    """
    number, digest = form.draft.number, digest_of(form.text)
    values = (number, form.draft.title, form.text, digest, by.name)
    revision = await connection.fetchval(_REVISE, *values, form.based_on)
    if revision is None:
        try:
            revision = await connection.fetchval(_DRAFT, *values, form.based_on)
        except asyncpg.UniqueViolationError as refusal:
            raise AlreadyDecidedError from refusal
    await connection.execute(
        _REVISION, number, revision, form.text, digest, form.what, form.reason, by.person_id, by.name
    )
    await connection.execute(_CODES, list(form.draft.codes))
    await connection.execute(_IN_HOURS, list(form.draft.in_hours))
    return int(revision)


async def check_second_person(connection: Connection, number: int, approver: Actor) -> None:
    """Let nobody approve a draft who wrote any form of it.

    :raises SamePersonError: they did.
    """
    for row in await connection.fetch(
        "SELECT DISTINCT edited_by, edited_name FROM passport.policy_revision WHERE number = $1", number
    ):
        is_them = approver.person_id is not None and row["edited_by"] == approver.person_id
        if is_them or same_person(row["edited_name"], approver.name):
            raise SamePersonError


async def approve_draft(
    connection: Connection, number: int, on: date, *, actor: Actor, digest: str | None = None
) -> None:
    """Approve a draft, to be in force from a day, today or later. `digest` names the text that was read.

    :raises SamePersonError: the one who drafted it approves it. :raises InThePastError: the day has passed.
    :raises DayTakenError: another version begins on that day. :raises AlreadyDecidedError: it is no draft.
    :raises ChangedMeanwhileError: the draft has changed since it was read.
    """
    row = await locked(connection, number)
    if row["state"] != VersionState.DRAFT:
        raise AlreadyDecidedError
    if digest is not None and not row["digest"].startswith(digest):
        raise ChangedMeanwhileError
    await check_second_person(connection, number, actor)
    if on < today():
        raise InThePastError
    with one_a_day():
        await put_in_force(connection, number, on, approved_by=actor.name)


async def put_in_force(connection: Connection, number: int, on: date, *, approved_by: str) -> None:
    """Let a version be in force from a day, and ask for everybody to be decided again then."""
    await connection.execute(_APPROVE, number, on, approved_by)
    await decide_again(connection, on, because=f"policy {number} is in force from {on.isoformat()}")


async def withdraw_version(connection: Connection, number: int, *, reason: str, by: Actor) -> None:
    """Take back a draft, or an approved version before its day.

    :raises AlreadyInForceError: its day has come. :raises AlreadyDecidedError: it has been withdrawn.
    :raises NoReasonError: nothing says why.
    """
    if not reason.strip():
        raise NoReasonError
    row = await locked(connection, number)
    if row["state"] == VersionState.WITHDRAWN:
        raise AlreadyDecidedError
    if row["state"] == VersionState.APPROVED and row["in_force_from"] <= today():
        raise AlreadyInForceError
    await connection.execute(_WITHDRAW, number, by.name, reason.strip())


async def decide_again(connection: Connection, day: date, *, because: str) -> None:
    """Ask for everybody to be decided again on the day a change of policy takes effect, or now if that has come."""
    due_at = max(now(), datetime.combine(day, FIRST_THING, LONDON))
    payload = {"on": max(day, today()).isoformat()}
    await ask(connection, EVERYONE, payload, effect_key=f"{EVERYONE}: {because}", due_at=due_at)


@contextmanager
def one_a_day() -> Iterator[None]:
    """Turn the database's refusal of a second version on one day into words."""
    try:
        yield
    except asyncpg.UniqueViolationError as refusal:
        raise DayTakenError from refusal


_REVISE = """
UPDATE passport.policy_version
   SET title = $2, source = $3, digest = $4, drafted_by = $5, drafted_at = clock_timestamp(), revision = revision + 1,
       based_on = coalesce($6, based_on)
 WHERE number = $1 AND state = 'draft' RETURNING revision
"""
_DRAFT = """
INSERT INTO passport.policy_version (number, title, source, digest, drafted_by, based_on)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING revision
"""
_REVISION = """
INSERT INTO passport.policy_revision (number, revision, source, digest, what, reason, edited_by, edited_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_APPROVE = """
UPDATE passport.policy_version
   SET state = 'approved', in_force_from = $2, approved_by = $3, approved_at = clock_timestamp() WHERE number = $1
"""
_WITHDRAW = """
UPDATE passport.policy_version
   SET state = 'withdrawn', withdrawn_by = $2, withdrawn_at = clock_timestamp(), withdrawn_reason = $3 WHERE number = $1
"""
# Only what is missing is inserted: a conflict would use up a number, and numbers are small.
_CODES = """
INSERT INTO passport.requirement (code)
SELECT code FROM unnest($1::text[]) WITH ORDINALITY AS given(code, place)
 WHERE NOT EXISTS (SELECT FROM passport.requirement AS there WHERE there.code = given.code)
 ORDER BY place ON CONFLICT (code) DO NOTHING
"""
_IN_HOURS = """
INSERT INTO passport.requirement_in_hours (requirement_id)
SELECT id FROM passport.requirement WHERE code = ANY($1) ON CONFLICT DO NOTHING
"""
