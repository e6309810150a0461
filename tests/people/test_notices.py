"""Is everybody told once, and can they read it where they are?"""

import asyncio
from collections import Counter
from datetime import date

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.database import fetch, transaction
from people.notices.actions import NewNotice, give, mark_read
from people.notices.facts import inbox, unread_count
from people.notices.rules import Rung
from tests import builders

pytestmark = pytest.mark.anyio
DAY, DUE = date(2026, 3, 3), date(2026, 4, 2)


def notice(person_id: int, rung: Rung = Rung.DAYS_30, matter: str = "PPST", due_on: date = DUE) -> NewNotice:
    return NewNotice(person_id, matter, due_on, rung, f"{matter} is due", "Book a place.")


async def given(*notices: NewNotice, on: date = DAY) -> int:
    async with transaction() as connection:
        return await give(connection, notices, created_for=on)


async def deliveries() -> Counter[tuple[int, str, str]]:
    rows = await fetch("SELECT recipient_id, channel, state FROM people.notice_delivery")
    return Counter((row["recipient_id"], row["channel"], row["state"]) for row in rows)


async def test_a_person_and_their_supervisor_are_told_by_inbox_and_by_e_mail(database: str) -> None:
    ada, ben, noise = [await builders.officer(name) for name in ("Ada", "Ben", "Noise")]
    await builders.line(ada, ben)
    await builders.line(noise, ada)
    assert await given(notice(ada)) == 1
    assert await deliveries() == Counter(
        {(who, *by): 1 for who in (ada, ben) for by in (("inbox", "sent"), ("e-mail", "due"))}
    )
    assert [row["name"] for row in await fetch("SELECT name FROM foundation.job")] == ["notices.deliver"]


async def test_the_same_notice_is_given_once_however_often_it_is_due(database: str) -> None:
    ada = await builders.officer()
    assert await given(notice(ada), notice(ada)) == 1
    assert await given(notice(ada), on=date(2026, 3, 4)) == 0
    assert sum((await deliveries()).values()) == 2
    assert len(await fetch("SELECT FROM foundation.job")) == 1
    others = [notice(ada, Rung.DAYS_7), notice(ada, matter="CED"), notice(ada, due_on=DAY)]
    assert await given(notice(ada), *others) == 3


async def test_nothing_to_say_is_said_to_nobody(database: str) -> None:
    assert await given() == 0
    assert await fetch("SELECT FROM foundation.job") == []


async def test_whoever_covers_on_the_day_is_told_in_the_supervisors_place(database: str) -> None:
    ada, ben, cem = [await builders.officer(name) for name in ("Ada", "Ben", "Cem")]
    await builders.line(ada, ben)
    await builders.line(ada, cem, since=DAY, until=DAY, cover=True)
    await given(notice(ada))
    await given(notice(ada, Rung.DAYS_7), on=date(2026, 3, 4))
    assert [await unread_count(person) for person in (ada, ben, cem)] == [2, 1, 1]


async def test_two_that_race_to_give_the_same_notices_give_each_once(database: str) -> None:
    people = [await builders.officer(f"Person{number}") for number in range(40)]
    for person in people[1:]:
        await builders.line(person, people[0])
    matters = [f"M{number}" for number in range(60)]
    notices = [notice(person, matter=matter) for person in people for matter in matters]
    connections = [await asyncpg.connect(database) for _ in range(3)]

    async def one(connection: asyncpg.Connection, order: list[NewNotice]) -> int:
        async with connection.transaction():
            return await give(connection, order, created_for=DAY)

    orders = [notices, notices[::-1], notices[1200:] + notices[:1200]]
    try:
        counts = await asyncio.gather(*map(one, connections, orders))
    finally:
        for connection in connections:
            await connection.close()
    assert sum(counts) == 2400
    assert len(await fetch("SELECT FROM people.notice")) == 2400
    told = await deliveries()
    assert {told[person, "inbox", "sent"] for person in people[1:]} == {60}
    assert told[people[0], "inbox", "sent"] == told[people[0], "e-mail", "due"] == 2400


async def test_a_notice_that_is_not_committed_was_never_given(database: str) -> None:
    ada = await builders.officer()

    async def fail() -> None:
        async with transaction() as connection:
            await give(connection, [notice(ada)], created_for=DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await given(notice(ada)) == 1


async def test_an_inbox_is_read_page_by_page_newest_first(database: str) -> None:
    ada, noise = await builders.officer(), await builders.officer("Noise")
    for number in range(5):
        await given(notice(ada, matter=f"M{number}"), notice(noise, matter=f"N{number}"))
    pages, before = [], None
    while True:
        page = await inbox(ada, before=before, limit=2)
        pages.append([item.matter for item in page.items])
        before = page.next_before
        if before is None:
            break
    assert pages == [["M4", "M3"], ["M2", "M1"], ["M0"]]
    assert (await inbox(ada, limit=5)).next_before is None


async def test_only_the_recipient_marks_a_notice_as_read_and_only_once(database: str) -> None:
    ada, ben = await builders.officer(), await builders.officer("Ben")
    await builders.line(ada, ben)
    await given(notice(ada))
    [item] = (await inbox(ada)).items
    [seen_by_ben] = (await inbox(ben)).items
    assert seen_by_ben.person_id == ada
    assert await mark_read(actor=Actor(ben, "Ben"), delivery_ids=[item.delivery_id]) == 0
    assert await unread_count(ada) == 1
    assert await mark_read(actor=Actor(ada, "Ada"), delivery_ids=[item.delivery_id]) == 1
    assert await mark_read(actor=Actor(ada, "Ada"), delivery_ids=[item.delivery_id]) == 0
    assert (await unread_count(ada), await unread_count(ben)) == (0, 1)
    assert (await inbox(ada)).items[0].read_at is not None


async def test_every_rung_of_the_ladder_can_be_stood_on(database: str) -> None:
    ada = await builders.officer()
    assert await given(*(notice(ada, rung) for rung in Rung)) == len(Rung)
