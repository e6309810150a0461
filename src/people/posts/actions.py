"""How does a person begin, change and end a post?"""

from dataclasses import replace
from datetime import date, datetime

from asyncpg import Connection

from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from people.persons.directory import refresh
from people.posts.errors import (
    ForceNotInBeingError,
    NoPostError,
    OutsideThePostError,
    UnitOfAnotherForceError,
)
from people.posts.facts import COLUMNS, HeldPost, held
from people.posts.rules import Period, Place, Rank, RankBasis
from people.records import Fact, subject_of, withdraw
from people.records import end as end_record
from people.refusals import explained

PURPOSE = "keeping the workforce record"


async def begin(*, actor: Actor, person_id: int, place: Place, period: Period) -> HeldPost:
    """Put a person in post.

    :raises ConflictError: they hold a post on some of these days, or the force does not exist on them all.
    """
    event = Event("post begun", PURPOSE, person_id, {"force": place.force_id})
    with explained():
        async with recorded(actor, event) as connection:
            post = await _record(connection, actor, person_id, place=place, period=period)
            await refresh(connection, [person_id], on=today())
    return post


async def end(*, actor: Actor, post_id: int, last_day: date, reason: str) -> HeldPost:
    """End a post with a day, which may also move its end further off.

    :raises ConflictError: somebody else changed it meanwhile, or another post follows too soon.
    """
    event = Event("post ended", PURPOSE, await subject_of(Fact.POST, post_id), {"post": post_id})
    with explained():
        async with recorded(actor, event) as connection:
            by = actor.person_id
            new_id = await end_record(connection, Fact.POST, post_id, last_day=last_day, by=by, reason=reason)
            post = await _read(connection, new_id)
            await _check(connection, post.place, post.period)
            await refresh(connection, [post.person_id], on=today())
    return post


async def move(*, actor: Actor, person_id: int, place: Place, on: date, reason: str) -> HeldPost:
    """Change a person's place from a day on, for as long as their post of that day was to last.

    :raises NoPostError: they hold none on that day.
    """
    event = Event("post changed", PURPOSE, person_id, {"force": place.force_id})
    with explained():
        async with recorded(actor, event) as connection:
            old = await _held_on(connection, person_id, on)
            during = replace(old, place=place, period=Period(on, old.period.ends_on))
            post = await _split(connection, actor, old, during=during, reason=reason)
            await refresh(connection, [person_id], on=today())
    return post


async def annul(*, actor: Actor, post_id: int, reason: str) -> None:
    """Withdraw a post that never was."""
    person_id = await subject_of(Fact.POST, post_id)
    with explained():
        async with recorded(actor, Event("post annulled", PURPOSE, person_id)) as connection:
            await withdraw(connection, Fact.POST, post_id, by=actor.person_id, reason=reason)
            await refresh(connection, [person_id], on=today())


async def promote_temporarily(
    *, actor: Actor, person_id: int, rank: Rank, basis: RankBasis, period: Period, reason: str
) -> HeldPost:
    """Let a person hold another rank for a period within their post; afterwards they hold the former one again.

    :raises OutsideThePostError: the period reaches beyond the post of its first day.
    """
    event = Event("rank held for a time", PURPOSE, person_id, {"rank": rank, "basis": basis})
    with explained():
        async with recorded(actor, event) as connection:
            old = await _held_on(connection, person_id, period.starts_on)
            during = replace(old, place=replace(old.place, rank=rank, rank_basis=basis), period=period)
            return await _split(connection, actor, old, during=during, reason=reason)


async def _split(
    connection: Connection, actor: Actor, old: HeldPost, *, during: HeldPost, reason: str
) -> HeldPost:
    """Put another post in the place of part of one; what is left of it before and after stays."""
    if not old.period.holds(during.period):
        raise OutsideThePostError
    at = await withdraw(connection, Fact.POST, old.id, by=actor.person_id, reason=reason)
    last = during.period.ends_on
    rest = (old.period.before(during.period.starts_on), old.period.after(last) if last else None)
    for period in rest:
        if period is not None:
            await _record(connection, actor, old.person_id, place=old.place, period=period, at=at)
    return await _record(connection, actor, old.person_id, place=during.place, period=during.period, at=at)


async def _record(
    connection: Connection,
    actor: Actor,
    person_id: int,
    *,
    place: Place,
    period: Period,
    at: datetime | None = None,
) -> HeldPost:
    await _check(connection, place, period)
    new_id = await connection.fetchval(
        """INSERT INTO people.post (person_id, force_id, unit_id, kind, rank, rank_basis, profiles, job_title, fte,
                  valid_from, valid_until, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, clock_timestamp()))
           RETURNING id""",
        person_id, place.force_id, place.unit_id, place.kind, place.rank, place.rank_basis,
        list(place.profiles), place.job_title, place.fte, period.starts_on, period.ends_on, actor.person_id, at,
    )  # fmt: skip
    return HeldPost(new_id, person_id, place, period)


async def _check(connection: Connection, place: Place, period: Period) -> None:
    # Shared with other writers of posts, but not with a merge: a force cannot end beneath a post being begun.
    there = await connection.fetchrow(
        """SELECT $4::int IS NULL OR EXISTS (SELECT FROM people.unit WHERE id = $4 AND force_id = force.id) AS fits
             FROM people.force
            WHERE id = $1 AND valid_from <= $2 AND valid_until IS NULL
               OR id = $1 AND valid_from <= $2 AND valid_until >= $3 FOR SHARE""",
        place.force_id,
        period.starts_on,
        period.ends_on,
        place.unit_id,
    )
    if there is None:
        raise ForceNotInBeingError
    if not there["fits"]:
        raise UnitOfAnotherForceError


async def _held_on(connection: Connection, person_id: int, day: date) -> HeldPost:
    row = await connection.fetchrow(
        f"""SELECT {COLUMNS} FROM people.post WHERE person_id = $1 AND superseded_at IS NULL
               AND valid_from <= $2 AND coalesce(valid_until >= $2, true) FOR UPDATE""",  # noqa: S608
        person_id,
        day,
    )
    if row is None:
        raise NoPostError
    return held(row)


async def _read(connection: Connection, post_id: int) -> HeldPost:
    row = await connection.fetchrow(f"SELECT {COLUMNS} FROM people.post WHERE id = $1", post_id)  # noqa: S608
    if row is None:
        raise NoPostError
    return held(row)
