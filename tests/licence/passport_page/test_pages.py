"""Who sees a passport, and does it show the exact facts, for the day asked about, in a fixed number of statements?"""

import re
from datetime import date, timedelta

import pytest

from access.roles import Role
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from foundation.wording import as_date
from licence.projection.sweep import sweep
from licence.standing.due import months_after
from tests import owner
from tests.builders import absence, dispensation, evidence, listed, offer, officer, person, post
from tests.clients import calling, grant_role
from tests.counting import statements
from tests.licence.passport_page.conftest import People, address_of, days_ago, licensed

pytestmark = pytest.mark.anyio


async def seen(app: Watched, reader: int, path: str, status: int = 200) -> str:
    """Return the words of a page as somebody sees it."""
    async with calling(app, reader) as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


async def test_an_officer_is_told_whether_they_may_practise_and_what_to_do_next(
    app: Watched, people: People
) -> None:
    words = await seen(app, people.ada, "/passport")
    due = months_after(days_ago(370), 12)
    last = due + timedelta(days=28)
    assert f"You may practise until {as_date(last)}" in words
    assert f"Public and personal safety training was due by {as_date(due)}." in words
    next_thing = words[words.index("Do this next") :]
    assert next_thing.index("Public and personal safety training") < 60
    assert f"By {as_date(last)}" in next_thing
    assert "The licence lapses the next day, and you may not practise." in next_thing
    assert "Stopped because Public and personal safety training is not current." in words
    assert "Policy: National starting version, January 2026, version 1" in words


async def test_whoever_has_a_role_still_to_choose_is_led_to_the_choice(app: Watched, people: People) -> None:
    waits = "Your roles wait until you choose one: Vetting officer."
    assert waits not in await seen(app, people.ada, "/passport")
    await grant_role(people.ada, Role.VETTING_OFFICER, by=people.desk, approved_by=people.sergeant)
    assert waits in await seen(app, people.ada, "/passport")


async def test_what_meets_a_requirement_is_shown_with_its_source(app: Watched, people: People) -> None:
    words = await seen(app, people.ada, "/passport")
    assert f"Completed on {as_date(days_ago(100))}. Source: test, verified." in words
    assert "Awaiting" not in words


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("sergeant", 200), ("desk", 200), ("former_sergeant", 404), ("colleague", 404), ("other_desk", 404)],
)  # fmt: skip
async def test_a_passport_is_seen_by_its_holder_their_supervisor_and_the_desk_of_their_force(
    app: Watched, people: People, who: str, status: int
) -> None:
    async with calling(app, getattr(people, who)) as client:
        for path in (people.address, f"{people.address}?on=2026-03-03"):
            assert (await client.get(path)).status_code == status


async def test_a_passport_out_of_reach_looks_like_one_that_does_not_exist(
    app: Watched, people: People
) -> None:
    async with calling(app, people.colleague) as client:
        refused, absent = await client.get(people.address), await client.get("/people/0000-0000-0/passport")
        paper = await client.get(f"{people.address}.pdf")
    assert refused.status_code == absent.status_code == paper.status_code == 404
    assert len(refused.text) == len(absent.text)


async def test_reading_anothers_passport_is_written_down_and_reading_ones_own_is_not(
    app: Watched, people: People
) -> None:
    await seen(app, people.ada, "/passport")
    await seen(app, people.sergeant, people.address)
    read = await fetch(
        "SELECT actor_id, subject_id, role, purpose FROM foundation.audit_event WHERE event = 'passport read'"
    )
    assert [tuple(row) for row in read] == [(people.sergeant, people.ada, "supervisor", "supervision")]


async def test_nothing_is_shown_where_reading_cannot_be_written_down(app: Watched, people: People) -> None:
    await owner.execute("ALTER TABLE foundation.audit_event RENAME TO put_away")
    try:
        words = await seen(app, people.sergeant, people.address, 503)
    finally:
        await owner.execute("ALTER TABLE foundation.put_away RENAME TO audit_event")
    assert "Okafor" not in words


async def test_a_colleague_is_spoken_of_and_not_to(app: Watched, people: People) -> None:
    words = await seen(app, people.sergeant, people.address)
    assert "Ada Okafor may practise until" in words
    assert "You may" not in words


@pytest.mark.parametrize(("who", "back"), [("sergeant", "/team"), ("desk", "/desk"), ("ada", None)])
async def test_from_anothers_passport_a_link_leads_back_to_the_list_of_people(
    app: Watched, people: People, who: str, back: str | None
) -> None:
    async with calling(app, getattr(people, who)) as client:
        text = (await client.get(people.address if back else "/passport")).text
    assert re.findall(r'<a href="([^"]+)" class="govuk-back-link">', text) == ([back] if back else [])


async def test_why_somebody_is_away_is_theirs_to_tell(app: Watched, people: People) -> None:
    await absence(people.ada, days_ago(200), days_ago(150), kind="long-term sickness")
    assert "Long-term sickness" in await seen(app, people.ada, "/passport")
    others = await seen(app, people.sergeant, people.address)
    assert "sickness" not in others.lower()
    assert f"Away: {as_date(days_ago(200))}" in others


async def test_as_at_a_day_the_page_shows_that_day_and_says_so(app: Watched, people: People) -> None:
    day = days_ago(50)
    words = await seen(app, people.ada, f"/passport?on={day.isoformat()}")
    assert f"You are looking at {as_date(day)}." in words
    assert f"You could practise on {as_date(day)}" in words
    assert "This service had kept no decision by that day." in words
    boxes = f"/passport?on-day={day.day}&on-month={day.month}&on-year={day.year}"
    assert f"You could practise on {as_date(day)}" in await seen(app, people.ada, boxes)


async def test_as_known_at_a_day_what_was_recorded_later_is_not_there(app: Watched, people: People) -> None:
    words = await seen(app, people.ada, f"/passport?known={days_ago(1).isoformat()}")
    assert "as it was known on" in words
    assert "Not in post on this day" in words
    assert "Nothing had been recorded of your service" in words
    assert "need no licence" not in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("on=2026-02-31", "The day must be a real date"),
        ("on=yesterday", "The day must include"),
        ("on-day=31&on-month=Feb&on-year=2026", "The day must be a real date"),
        ("on-day=3&on-month=3&on-year=1066", "The day must be on or after 1 April 1974"),
        ("on-day=3&on-month=3&on-year=2019", "No policy is in force on 3 March 2019"),
        ("known=last+Friday", "“last Friday” is no day or instant from which to look"),
    ],
)
async def test_a_day_that_cannot_be_used_is_kept_as_typed_and_today_is_shown(
    app: Watched, people: People, query: str, words: str
) -> None:
    page = await seen(app, people.ada, f"/passport?{query}", 400)
    assert "There is a problem" in page
    assert words in page
    assert "You may practise until" in page


async def test_what_was_kept_is_told_apart_from_what_the_facts_now_show(app: Watched, people: People) -> None:
    await sweep(today())
    words = await seen(app, people.ada, "/passport")
    assert f"Recorded on {as_date(today())} under policy version 1." in words
    assert "In grace since" in words


async def test_the_forces_failure_is_shown_as_the_forces(app: Watched, people: People) -> None:
    await dispensation(people.ada, "PPST", days_ago(20), kind="force failure")
    words = await seen(app, people.ada, "/passport")
    owed = words[words.index("What your force owes you") :]
    assert "The force has not provided it in time. This does not count against you." in owed


async def test_an_offer_that_is_late_counts_against_the_force_alone(app: Watched, people: People) -> None:
    later = today() + timedelta(days=800)
    words = await seen(app, people.ada, f"/passport?on={later.isoformat()}")
    owed = words[words.index("What your force owes you") :]
    assert "Your force has not offered its check in time. This does not count against you." in owed


async def test_of_wellbeing_only_the_offer_is_shown(app: Watched, people: People) -> None:
    await offer(people.ada, days_ago(10))
    words = await seen(app, people.ada, "/passport")
    assert f"Your force offered its check on {as_date(days_ago(10))}." in words


async def test_evidence_that_waits_is_shown_as_waiting(app: Watched, people: People) -> None:
    await evidence(people.ada, "PPST", days_ago(2), verified=False)
    words = await seen(app, people.ada, "/passport")
    assert "Waiting to be verified" in words
    assert f"Completed on {as_date(days_ago(2))}. Source: test, not verified yet." in words


@pytest.mark.parametrize("kind", ["staff", "pcso"])
async def test_whoever_needs_no_licence_has_a_passport_without_a_word_of_one(
    app: Watched, national: str, kind: str
) -> None:
    sam = await person("Sam", "Clerk")
    await post(sam, kind=kind, rank=None)
    await listed()
    words = (await seen(app, sam, "/passport")).replace("professional passport and licence to practise", "")
    assert "Managing information and data protection, for staff" in words
    assert "licence" not in words.lower()
    assert "practise" not in words.lower()


async def test_a_newcomer_is_told_that_nothing_has_to_be_typed_in(app: Watched, national: str) -> None:
    new = await person("New", "Comer", joined_on=days_ago(2))
    await post(new, since=days_ago(2))
    await listed()
    words = await seen(app, new, "/passport")
    assert "You may not practise" in words
    assert "You have not been granted a licence yet." in words
    assert "Nothing is recorded yet" in words


async def test_a_passport_takes_the_same_statements_however_much_there_is(
    app: Watched, people: People
) -> None:
    async with calling(app, people.ada) as client:
        await client.get("/passport")  # whoever comes first also reads the policy
        with statements() as few:
            await client.get("/passport")
        for years in range(1, 60):
            await evidence(people.ada, "JRFT", days_ago(100 + 30 * years))
            begins = date(2000, 1, 1) + timedelta(days=10 * years)
            await absence(people.ada, begins, begins + timedelta(days=1))
        await sweep(today())
        with statements() as many:
            await client.get("/passport")
    assert len(many) == len(few) == 3, many  # the session, who it is, and the passport


async def test_a_passport_is_printed_for_the_day_that_is_looked_at(app: Watched, people: People) -> None:
    async with calling(app, people.sergeant) as client:
        answer = await client.get(f"{people.address}.pdf?on={days_ago(50).isoformat()}")
    assert answer.headers["content-type"] == "application/pdf"
    assert days_ago(50).isoformat() in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-1.7")
    printed = await fetch(
        "SELECT detail->>'way' FROM foundation.audit_event WHERE subject_id = $1", people.ada
    )
    assert [row[0] for row in printed] == ["paper"]


async def test_a_name_that_looks_like_a_page_is_only_a_name(app: Watched, people: People) -> None:
    number = await licensed("<script>alert(1)</script>")
    await listed()
    async with calling(app, people.desk) as client:
        answer = await client.get(await address_of(number))
    assert "<script>alert" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_a_supervisor_has_a_passport_of_their_own(app: Watched, people: People) -> None:
    assert "You may not practise" in await seen(app, people.sergeant, "/passport")
    assert await officer("Late", "Comer")
