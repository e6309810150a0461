"""How does a second person approve a draft that everybody has been worked out for?"""

from datetime import date

from asyncpg import Connection

from foundation.audit import Actor, recorded
from licence.whatif.errors import (
    ExpiredDraftError,
    NoWhatIfError,
    OtherDayError,
    StaleWhatIfError,
    UnfinishedWhatIfError,
)
from licence.whatif.facts import WhatIfState, world_of
from passport.policy.errors import AlreadyDecidedError, ChangedMeanwhileError, NoPolicyInForceError
from passport.policy.facts import Version, VersionState, book, version
from passport.policy.keeping import approve_draft, check_second_person, event, locked, somebody


async def approve_with_what_if(
    *, actor: Actor, number: int, on: date, what_if_id: int | None = None, digest: str | None = None
) -> Version:
    """Approve a draft from a day, resting on a what-if over the nation for that day: the one named, or the latest.

    :raises NoWhatIfError: there is none. :raises UnfinishedWhatIfError: it is being worked out.
    :raises StaleWhatIfError: the draft or what is in force has changed since. :raises OtherDayError: it is for another day.
    :raises ExpiredDraftError: the draft starts from a version that will not be in force then.
    :raises SamePersonError: the one who approves wrote some of it. `digest` names the text that was read. Further refusals are `keeping.approve_draft`'s.
    """
    async with recorded(somebody(actor), event("policy approved", number, on=on)) as connection:
        # Two approvals at once: the second waits here, and then finds that what is in force has changed.
        await connection.execute("LOCK TABLE passport.policy_version IN SHARE ROW EXCLUSIVE MODE")
        draft = await locked(connection, number)
        if draft["state"] != VersionState.DRAFT:
            raise AlreadyDecidedError
        if digest is not None and not draft["digest"].startswith(digest):
            raise ChangedMeanwhileError
        await check_second_person(connection, number, actor)
        await _check_base(draft["based_on"], on)
        rested_on = await _check(connection, number, on, what_if_id, digest=draft["digest"])
        await approve_draft(connection, number, on, actor=actor, digest=draft["digest"])
        await connection.execute(
            "UPDATE licence.what_if SET attached_at = clock_timestamp() WHERE id = $1", rested_on
        )
    return await version(number)


async def _check_base(based_on: int | None, on: date) -> None:
    try:
        in_force = (await book()).draft(on).number
    except NoPolicyInForceError:
        return
    if based_on is not None and in_force != based_on:
        raise ExpiredDraftError


async def _check(
    connection: Connection, number: int, on: date, what_if_id: int | None, *, digest: str
) -> int:
    """Return the number of the what-if on which the approval rests."""
    rows = await connection.fetch(
        """SELECT id, digest, world, state, begins_on, days FROM licence.what_if
            WHERE number = $1 AND force_id IS NULL AND state <> 'refused' AND ($2::int IS NULL OR id = $2)
            ORDER BY id DESC""",
        number,
        what_if_id,
    )
    if not rows:
        raise NoWhatIfError
    world = world_of(await book())
    fresh = [row for row in rows if row["digest"] == digest and row["world"] == world]
    if not fresh:
        raise StaleWhatIfError
    for_the_day = [row for row in fresh if row["begins_on"] == on and on in row["days"]]
    if not for_the_day:
        raise OtherDayError
    finished = next((row for row in for_the_day if row["state"] == WhatIfState.FINISHED), None)
    if finished is None:
        raise UnfinishedWhatIfError
    return int(finished["id"])
