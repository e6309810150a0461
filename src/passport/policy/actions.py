"""How is a version of policy handed in, approved by a second person, taken back, or set up on a new database?"""

from dataclasses import dataclass
from datetime import date

from foundation.audit import Actor, recorded, write
from passport.policy.draft import PolicyDraft
from passport.policy.errors import AlreadySetUpError, NoSuchVersionError
from passport.policy.facts import Version, VersionState, version
from passport.policy.keeping import (
    Form,
    approve_draft,
    event,
    keep,
    put_in_force,
    somebody,
    withdraw_version,
)
from passport.policy.toml import digest_of, parse

SET_UP_LOAD = Actor.system("attested policy load")
SET_UP_APPROVE = Actor.system("attested policy approve")
HANDED_IN = "Handed in as a file"


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
        somebody(actor), event("policy loaded", draft.number, digest=digest_of(text))
    ) as connection:
        await keep(connection, Form(draft, text, HANDED_IN), by=actor)
    return Loaded(await version(draft.number), is_new=True, requirements=len(draft.requirements))


async def approve(*, actor: Actor, number: int, on: date, digest: str | None = None) -> Version:
    """Approve a draft, to be in force from a day, today or later, as `keeping.approve_draft` has it."""
    async with recorded(somebody(actor), event("policy approved", number, on=on)) as connection:
        await approve_draft(connection, number, on, actor=actor, digest=digest)
    return await version(number)


async def withdraw(*, actor: Actor, number: int, reason: str) -> Version:
    """Take back a draft, or an approved version before its day, as `keeping.withdraw_version` has it."""
    withdrawn = event("policy withdrawn", number, text=reason.strip() or None)
    async with recorded(somebody(actor), withdrawn) as connection:
        await withdraw_version(connection, number, reason=reason, by=actor)
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
        SET_UP_LOAD, event("policy loaded", draft.number, digest=digest_of(text))
    ) as connection:
        # Two set-ups at once: the second waits here, and then finds the first's work.
        await connection.execute("LOCK TABLE passport.policy_version IN SHARE ROW EXCLUSIVE MODE")
        if await connection.fetchval("SELECT count(*) FROM passport.policy_version WHERE state = 'approved'"):
            raise AlreadySetUpError
        await keep(connection, Form(draft, text, HANDED_IN), by=SET_UP_LOAD)
        await put_in_force(connection, draft.number, day, approved_by=SET_UP_APPROVE.name)
        await write(connection, SET_UP_APPROVE, event("policy approved", draft.number, on=day))
    return Loaded(await version(draft.number), is_new=True, requirements=len(draft.requirements))


async def _is_known(draft: PolicyDraft, text: str) -> bool:
    try:
        return (await version(draft.number)).digest == digest_of(text)
    except NoSuchVersionError:
        return False
