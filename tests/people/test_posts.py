"""Does every person hold one post at a time, as at any day and as known at any instant?"""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import fetch
from foundation.problems import ConflictError, InvalidError, NotFoundError
from people.posts import actions
from people.posts.errors import ForceNotInBeingError, OutsideThePostError, UnitOfAnotherForceError
from people.posts.facts import post_on, posts_of, posts_on
from people.posts.rules import Kind, Period, Place, Rank, RankBasis
from people.records import EndsBeforeItBeginsError, SupersededMeanwhileError
from tests import builders

DESK = Actor.system("test")
FIRST, LAST = date(2024, 2, 1), date(2024, 2, 29)
DAY = timedelta(days=1)


async def constable(unit: str = "Response North", force: str = builders.AVON) -> Place:
    unit_id = await builders.unit(unit, force=force)
    return Place(await builders.force_id(force), unit_id, Kind.OFFICER, Rank.CONSTABLE)


@pytest.mark.anyio
@pytest.mark.parametrize(("start", "end"), [(LAST, None), (LAST, LAST), (FIRST - DAY, FIRST), (FIRST, FIRST)])
async def test_posts_that_share_a_single_day_are_refused(
    database: str, start: date, end: date | None
) -> None:
    ada = await builders.person()
    await builders.post(ada, since=FIRST, until=LAST)
    with pytest.raises(ConflictError, match="already covers some of these days"):
        await actions.begin(actor=DESK, person_id=ada, place=await constable(), period=Period(start, end))
    assert await fetch("SELECT FROM foundation.audit_event") == []


@pytest.mark.anyio
async def test_posts_may_touch_and_no_day_is_lost_between(database: str) -> None:
    ada, noise = await builders.person(), await builders.officer("Noise")
    place = await constable()
    for period in (Period(FIRST - DAY, FIRST - DAY), Period(FIRST, LAST), Period(LAST + DAY)):
        await actions.begin(actor=DESK, person_id=ada, place=place, period=period)
    held = await posts_of(ada)
    assert [post.period.starts_on for post in held] == [FIRST - DAY, FIRST, LAST + DAY]
    assert await post_on(ada, FIRST - 2 * DAY) is None
    assert [await post_on(ada, day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)] == [
        held[0], held[1], held[1], held[2],
    ]  # fmt: skip
    assert set(await posts_on([ada, noise], FIRST)) == {ada, noise}


@pytest.mark.anyio
async def test_of_two_writers_who_begin_a_post_at_once_one_wins(database: str) -> None:
    ada = await builders.person()
    place = await constable()
    tries = [
        actions.begin(actor=DESK, person_id=ada, place=place, period=Period(FIRST + n * DAY))
        for n in range(4)
    ]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, BaseException)]
    assert len(refused) == 3
    assert all(isinstance(one, ConflictError) for one in refused), refused
    assert len(await posts_of(ada)) == 1
    assert len(await fetch("SELECT FROM foundation.audit_event")) == 1


@pytest.mark.anyio
async def test_a_move_is_known_from_when_it_was_recorded_and_true_from_its_day(database: str) -> None:
    ada = await builders.person()
    old = await actions.begin(actor=DESK, person_id=ada, place=await constable(), period=Period(FIRST))
    before = now()
    place = await constable("Investigations")
    new = await actions.move(actor=DESK, person_id=ada, place=place, on=LAST, reason="posted")
    assert (await post_on(ada, LAST - DAY, known=before)) == (await post_on(ada, LAST, known=before)) == old
    assert new.place == place
    assert await post_on(ada, LAST) == new == await post_on(ada, LAST + 900 * DAY)
    was = await post_on(ada, LAST - DAY)
    assert was is not None
    assert was == replace(old, id=was.id, period=Period(FIRST, LAST - DAY))
    assert await post_on(ada, LAST, known=before - timedelta(days=9)) is None
    assert await posts_of(ada, known=now()) == await posts_of(ada) == (was, new)


@pytest.mark.anyio
async def test_at_no_instant_is_a_changed_post_unknown(database: str) -> None:
    ada = await builders.officer()
    await actions.move(actor=DESK, person_id=ada, place=await constable("CID"), on=FIRST, reason="posted")
    [gone] = await fetch("SELECT superseded_at AS at FROM people.post WHERE superseded_at IS NOT NULL")
    assert {row["at"] for row in await fetch(
        "SELECT recorded_at AS at FROM people.post WHERE superseded_at IS NULL"
    )} == {gone["at"]}  # fmt: skip
    for instant in (gone["at"] - timedelta(microseconds=1), gone["at"]):
        assert await post_on(ada, FIRST, known=instant) is not None


@pytest.mark.anyio
async def test_a_move_on_the_first_day_replaces_the_post_whole(database: str) -> None:
    ada = await builders.officer()
    await actions.move(
        actor=DESK, person_id=ada, place=await constable("CID"), on=builders.JOINED, reason="slip"
    )
    assert [post.period for post in await posts_of(ada)] == [Period(builders.JOINED)]


@pytest.mark.anyio
async def test_a_temporary_rank_returns_to_the_substantive_one_the_day_after(database: str) -> None:
    ada = await builders.officer()
    await actions.promote_temporarily(
        actor=DESK, person_id=ada, rank=Rank.SERGEANT, basis=RankBasis.TEMPORARY,
        period=Period(FIRST, LAST), reason="vacancy",
    )  # fmt: skip
    places = [
        (post.place.rank, post.place.rank_basis)
        for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)
        if (post := await post_on(ada, day)) is not None
    ]
    own, temporary = (Rank.CONSTABLE, RankBasis.SUBSTANTIVE), (Rank.SERGEANT, RankBasis.TEMPORARY)
    assert places == [own, temporary, temporary, own]


@pytest.mark.anyio
async def test_a_temporary_rank_stays_within_the_post(database: str) -> None:
    ada = await builders.person()
    await builders.post(ada, since=FIRST, until=LAST)
    for period in (Period(FIRST, LAST + DAY), Period(FIRST)):
        with pytest.raises(OutsideThePostError):
            await actions.promote_temporarily(
                actor=DESK,
                person_id=ada,
                rank=Rank.SERGEANT,
                basis=RankBasis.ACTING,
                period=period,
                reason="r",
            )
    with pytest.raises(NotFoundError):
        await actions.move(actor=DESK, person_id=ada, place=await constable(), on=LAST + DAY, reason="late")


@pytest.mark.anyio
async def test_a_post_ends_once(database: str) -> None:
    ada = await builders.person()
    post_id = await builders.post(ada, since=FIRST)
    ended = await actions.end(actor=DESK, post_id=post_id, last_day=LAST, reason="retired")
    assert ended.period == Period(FIRST, LAST)
    with pytest.raises(SupersededMeanwhileError):
        await actions.end(actor=DESK, post_id=post_id, last_day=LAST, reason="retired")
    with pytest.raises(EndsBeforeItBeginsError):
        await actions.end(actor=DESK, post_id=ended.id, last_day=FIRST - DAY, reason="slip")
    same_day = await actions.end(actor=DESK, post_id=ended.id, last_day=FIRST, reason="slip")
    await actions.annul(actor=DESK, post_id=same_day.id, reason="never was")
    assert await posts_of(ada) == ()


@pytest.mark.anyio
async def test_a_post_needs_a_force_a_unit_of_it_and_a_rank_only_where_there_are_ranks(database: str) -> None:
    ada = await builders.person()
    good = await constable()
    elsewhere = await constable(force="E23000015")
    wrong = {
        UnitOfAnotherForceError: replace(good, unit_id=elsewhere.unit_id),
        ForceNotInBeingError: replace(good, force_id=999),
        InvalidError: replace(good, kind=Kind.STAFF),
    }
    for problem, place in wrong.items():
        with pytest.raises(problem):
            await actions.begin(actor=DESK, person_id=ada, place=place, period=Period(FIRST))
    with pytest.raises(ForceNotInBeingError):
        await actions.begin(actor=DESK, person_id=ada, place=good, period=Period(date(1974, 3, 31)))
    with pytest.raises(NotFoundError):
        await actions.begin(actor=DESK, person_id=999, place=good, period=Period(FIRST))


days = st.dates(date(2020, 1, 1), date(2020, 2, 1))
periods = st.builds(Period, days, st.none() | days).filter(
    lambda period: period.ends_on is None or period.ends_on >= period.starts_on
)


@given(periods, days, days)
def test_a_period_is_what_is_before_a_day_the_day_and_what_is_after(
    period: Period, cut: date, day: date
) -> None:
    parts = [part for part in (period.before(cut), period.after(cut)) if part is not None]
    within = [part.covers(day) for part in parts]
    if period.covers(cut):
        assert sum(within) + (day == cut) == period.covers(day)
        assert all(period.holds(part) for part in parts)


@given(periods, periods)
def test_one_period_holds_another_where_it_covers_its_every_day(one: Period, other: Period) -> None:
    span = [date(2019, 12, 31) + timedelta(days=n) for n in range(40)]
    covers_all = all(one.covers(day) for day in span if other.covers(day))
    endless = one.ends_on is None or other.ends_on is not None
    assert one.holds(other) == (covers_all and endless)
