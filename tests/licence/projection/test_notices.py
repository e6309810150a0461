"""Is everybody told what concerns them, in time, once, and never of what is no longer so?"""

import asyncio
from datetime import date, timedelta

import pytest

from foundation.database import execute, fetch
from licence.projection.sweep import refresh, sweep
from tests.builders import absence, determination, evidence, grant, line, offer, officer, person, post
from tests.licence.projection.force import GRANTED, notices, trained
from tests.licence.projection.ruling import in_force, ruling

pytestmark = pytest.mark.anyio

DONE = date(2025, 6, 1)
DUE = date(2026, 6, 1)
GRACE = 28
LAPSES = DUE + timedelta(days=GRACE + 1)


@pytest.fixture(autouse=True)
async def _rules(database: str) -> None:
    await in_force(ruling())


def before(days: int) -> date:
    return DUE - timedelta(days=days)


async def _told(person_id: int) -> list[tuple[str, date, str]]:
    return [(row["matter"], row["due_on"], row["rung"]) for row in await notices(person_id)]


async def test_a_due_day_is_announced_at_90_30_and_7_days_and_its_lapse_on_the_day(database: str) -> None:
    ada = await trained("Ada", safety=DONE)
    days = []
    on = before(100)
    while on <= LAPSES + timedelta(days=3):
        swept = await sweep(on)
        days += [on] * swept.notices
        on += timedelta(days=1)
    assert days == [before(90), before(30), before(7), LAPSES]
    assert sorted(await _told(ada)) == [
        ("LICENCE", LAPSES, "lapsed"), ("SAFETY", DUE, "30"), ("SAFETY", DUE, "7"), ("SAFETY", DUE, "90"),
    ]  # fmt: skip


async def test_after_an_outage_only_the_rung_that_has_been_reached_is_told(database: str) -> None:
    ada = await trained("Ada", safety=DONE)
    await sweep(before(100))
    await sweep(before(5))
    assert await _told(ada) == [("SAFETY", DUE, "7")]


async def test_a_first_decision_tells_what_is_near_and_of_no_lapse_from_before(database: str) -> None:
    near, lapsed = await trained("Near", safety=DONE), await trained("Lapsed", safety=date(2024, 6, 1))
    await sweep(before(20))
    assert await _told(near) == [("SAFETY", DUE, "30")]
    assert await _told(lapsed) == []


async def test_racing_sweeps_give_each_notice_once_to_the_person_and_their_supervisor(database: str) -> None:
    people = [await trained(f"Officer{number}", safety=DONE) for number in range(20)]
    boss = await person("Bo", "Boss")
    for person_id in people:
        await line(person_id, boss)
    await sweep(before(100))
    await asyncio.gather(*(sweep(before(6)) for _ in range(4)))
    assert len(await notices()) == len(people)
    deliveries = await fetch(
        """SELECT recipient_id = person_id AS own, channel, count(*) AS times FROM people.notice_delivery
             JOIN people.notice ON notice.id = notice_id GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    assert [tuple(row) for row in deliveries] == [
        (False, "e-mail", 20), (False, "inbox", 20), (True, "e-mail", 20), (True, "inbox", 20),
    ]  # fmt: skip


async def test_reinstatement_is_told_when_late_evidence_arrives(database: str) -> None:
    ada = await trained("Ada", safety=DONE)
    await sweep(before(100))
    await sweep(LAPSES + timedelta(days=1))
    await evidence(ada, "SAFETY", LAPSES - timedelta(days=2))
    on = LAPSES + timedelta(days=5)
    await refresh(on)
    assert ("LICENCE", on, "reinstated") in await _told(ada)
    await refresh(on)
    await sweep(on)
    assert [rung for _, _, rung in await _told(ada)].count("reinstated") == 1


async def test_nobody_away_or_suspended_is_reminded_until_they_are_back(database: str) -> None:
    ada, beth = await trained("Ada", safety=DONE), await trained("Beth", safety=DONE)
    first, last = before(60), before(4)
    await absence(ada, first, last)
    await determination(beth, "suspend", first)
    for days in (70, 40, 30, 7, 5):
        await sweep(before(days))
    assert await _told(ada) == []
    assert await _told(beth) == [("SAFETY", DUE, "90")]
    await sweep(before(3))
    moved = DUE + (last - first) + timedelta(days=1)
    assert await _told(ada) == [("SAFETY", moved, "90")]
    assert await _told(beth) == [("SAFETY", DUE, "90")]


async def test_an_authority_that_stops_is_told_by_its_requirement(database: str) -> None:
    ada = await officer("Ada")
    await execute("UPDATE people.post SET superseded_at = clock_timestamp(), superseded_reason = 'profile'")
    await post(ada, profiles=["taser"])
    await grant(ada, GRANTED)
    for code in ("SAFETY", "CHECK"):
        await evidence(ada, code, date(2026, 5, 1))
    await evidence(ada, "CED", DONE)
    await sweep(before(1))
    await sweep(DUE)
    assert ("CED", DUE + timedelta(days=1), "stopped") not in await _told(ada)
    await sweep(DUE + timedelta(days=1))
    stopped = [row for row in await notices(ada) if row["rung"] == "stopped"]
    assert [(row["matter"], row["due_on"]) for row in stopped] == [("CED", DUE + timedelta(days=1))]
    assert stopped[0]["headline"] == "Ada Okafor: the authority “CED” stopped on 2 June 2026"
    assert "Book the ced day" in stopped[0]["body"]


async def test_a_notice_says_who_what_when_and_how(database: str) -> None:
    ada = await trained("Ada", safety=DONE)
    await sweep(before(30))
    (notice,) = await notices(ada)
    assert notice["headline"] == "Ada Okafor: Safety training is due by 1 June 2026"
    assert notice["body"].split("\n\n") == [
        "Safety training holds through 1 June 2026. After that there are 28 days of grace, then the licence lapses.",
        "How to meet it: Book the safety day with your training unit.",
        "This follows from policy version 1, “As tested 1”.",
    ]


async def test_the_end_of_the_licence_s_own_cycle_is_announced(database: str) -> None:
    ada = await trained("Ada", safety=date(2026, 5, 1), granted=date(2021, 6, 1))
    await evidence(ada, "CHECK", date(2026, 5, 1))
    await sweep(before(31))
    assert await _told(ada) == [("LICENCE", DUE, "90")]
    await sweep(before(30))
    assert ("LICENCE", DUE, "30") in await _told(ada)


async def test_nobody_is_reminded_of_what_is_the_force_s_duty_or_merely_advised(database: str) -> None:
    ada = await officer()
    await grant(ada, GRANTED)
    await evidence(ada, "SAFETY", date(2026, 5, 1))
    await evidence(ada, "TALK", DONE)
    await offer(ada, DONE)
    await sweep(before(5))
    assert await _told(ada) == []
