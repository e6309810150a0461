"""Does a supervisor see who of theirs may do what and what falls due when, and nobody else's people?"""

import html
import re
from datetime import timedelta

import pytest
from httpx2 import Response

from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from tests.builders import absence, line, officer
from tests.clients import calling, grant_role
from tests.licence.team.teams import a_team, days_ago, report, under_national_policy

pytestmark = pytest.mark.anyio

COUNT = re.compile(
    r'app-count__number">([\d,]+)</span>\s*<a class="app-count__label govuk-link" href="([^"]+)">([^<]+)'
)
NAMES = re.compile(r'rowheader" class="govuk-table__header"><a class="govuk-link" href="[^"]+">([^<]+)</a>')


def shown(answer: Response) -> list[str]:
    """Return the names of the people that a page lists."""
    return [html.unescape(name).split()[0] for name in NAMES.findall(answer.text)]


@pytest.fixture
async def sergeant(database: str) -> int:
    await under_national_policy()
    return await a_team()


async def test_every_count_leads_to_as_many_people(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        for query in ("", f"?on={today() + timedelta(days=60)}", f"?on={days_ago(200)}"):
            found = COUNT.findall((await client.get(f"/team{query}")).text)
            assert len(found) == 6
            for number, href, label in found:
                assert len(shown(await client.get(html.unescape(href)))) == int(number), (query, label)


async def test_the_counts_tell_who_may_practise_and_what_is_due(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        text = (await client.get("/team")).text
    assert {label: int(number) for number, _, label in COUNT.findall(text)} == {
        "May practise": 3,
        "May not practise": 2,
        "Something overdue": 3,
        "Due within 30 days": 1,
        "Due within 60 days": 2,
        "Due within 90 days": 2,
    }


async def test_a_later_day_shows_what_will_have_lapsed_by_then(app: Watched, sergeant: int) -> None:
    later = today() + timedelta(days=60)
    async with calling(app, sergeant) as client:
        assert shown(await client.get("/team?standing=lapsed")) == ["Lara"]
        then = await client.get(f"/team?standing=lapsed&on={later}")
        boxes = f"on-day={later.day}&on-month={later.month}&on-year={later.year}"
        assert {*shown(then)} == {*shown(await client.get(f"/team?standing=lapsed&{boxes}"))}
    assert {"Lara", "Zofia", "Siobhán"} == {*shown(then)}


async def test_the_team_is_read_in_the_order_asked_for(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        by_name = shown(await client.get("/team?sort=name"))
        by_standing = shown(await client.get("/team?sort=standing"))
        by_day = shown(await client.get("/team"))
    assert by_name == ["Ada", "Lara", "Nora", "Pat", "Siobhán", "Zofia"]
    assert by_standing[:2] == ["Lara", "Zofia"]
    assert by_standing[-1] == "Pat"
    assert by_day.index("Lara") < by_day.index("Zofia") < by_day.index("Siobhán") < by_day.index("Ada")


async def test_whoever_reports_to_somebody_else_is_not_there_whatever_the_day(
    app: Watched, sergeant: int
) -> None:
    other = await officer("Olga", "Other", rank="sergeant")
    theirs = await report(other, "Theo")
    former = await report(other, "Former")
    moved = await officer("Moved", "Away")
    await line(moved, sergeant, until=days_ago(10))
    await line(moved, other, since=days_ago(9))
    await line(former, sergeant, since=days_ago(1), until=today() + timedelta(days=5), cover=True)
    assert theirs
    async with calling(app, sergeant) as client:
        for query in ("", f"?on={days_ago(30)}", "?sort=name"):
            names = shown(await client.get(f"/team{query}"))
            assert "Former" in names
            assert not {"Theo", "Moved"} & {*names}
    async with calling(app, other) as client:
        assert shown(await client.get("/team?sort=name")) == ["Moved", "Theo"]


async def test_looking_at_a_team_is_written_down_once(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        await client.get("/team")
        await client.get("/team/skills")
        await client.get("/api/v1/team")
    events = await fetch(
        "SELECT event, actor_id, role, subject_ids FROM foundation.audit_event WHERE event LIKE 'licence%'"
    )
    read = [(row["event"], row["actor_id"], row["role"]) for row in events]
    assert read == [("licence.team.read", sergeant, "supervisor")] * 3
    assert [len(row["subject_ids"]) for row in events] == [6, 6, 6]


async def test_the_matrix_tells_met_due_overdue_and_not_asked_apart_in_words(
    app: Watched, sergeant: int
) -> None:
    async with calling(app, sergeant) as client:
        text = (await client.get("/team/skills")).text
    rows = {
        html.unescape(NAMES.findall(row)[0]).split()[0]: dict(
            re.findall(r'data-label="([^"]+)"><div>.*?(Met|Due soon|In grace|Overdue|Not asked)', row)
        )
        for row in re.findall(
            r'<tr class="govuk-table__row" role="row">\s*<th scope="row".*?</tr>', text, re.DOTALL
        )
    }
    safety = next(name for name in rows["Ada"] if "safety" in name.casefold())
    assert {who: found[safety] for who, found in rows.items()} == {
        "Ada": "Met",
        "Siobhán": "Due soon",
        "Zofia": "In grace",
        "Lara": "Overdue",
        "Nora": "Overdue",
        "Pat": "Not asked",
    }


async def test_a_supervisor_whose_people_another_covers_is_told_so_kindly(
    app: Watched, sergeant: int
) -> None:
    covered, cover = await officer("Cy", "Covered"), await officer("Cora", "Cover")
    one = await report(covered, "One")
    await line(one, cover, since=days_ago(1), until=today() + timedelta(days=1), cover=True)
    async with calling(app, covered) as client:
        assert "Nobody reports to you today" in (await client.get("/team")).text
        assert "No skills to show" in (await client.get("/team/skills")).text
        assert (await client.get("/api/v1/team")).json() == []


async def test_a_filter_that_nobody_fits_says_so(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        answer = await client.get("/team?standing=revoked&due=nonsense")
    assert "Nobody matches" in answer.text


@pytest.mark.parametrize(
    "day", ["on=2026-13-45", "on-day=31&on-month=2&on-year=2026", "on=1800-01-01", "on=1990-01-01"]
)
async def test_a_day_about_which_nothing_can_be_said_shows_today_and_says_why(
    app: Watched, sergeant: int, day: str
) -> None:
    async with calling(app, sergeant) as client:
        answer = await client.get(f"/team?{day}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert len(shown(answer)) == 6


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("due=someday", "What is due: “someday” is not one of the answers"),
        ("known=soon", "“soon” is no day or instant"),
    ],
)
async def test_what_an_address_asks_for_in_vain_is_told_with_what_was_typed(
    app: Watched, sergeant: int, query: str, words: str
) -> None:
    async with calling(app, sergeant) as client:
        answer = await client.get(f"/team?{query}")
    assert answer.status_code == 400
    assert words in answer.text
    assert "Cass" in answer.text or "Okafor" in answer.text


async def test_the_api_tells_the_same_as_the_page(app: Watched, sergeant: int) -> None:
    async with calling(app, sergeant) as client:
        told = (await client.get("/api/v1/team?may=no&sort=name")).json()
        assert shown(await client.get("/team?may=no&sort=name")) == [one["name"].split()[0] for one in told]
        refused = await client.get("/api/v1/team?on=1800-01-01")
    assert [(one["name"], one["standing"], one["may_practise"]) for one in told] == [
        ("Lara Lapsed", "lapsed", False),
        ("Nora Never", "not held", False),
    ]
    safety = next(skill for skill in told[0]["skills"] if skill["code"] == "PPST")
    assert (safety["state"], safety["is_overdue"]) == ("overdue", True)
    assert (refused.status_code, "on" in refused.json()["errors"]) == (400, True)


async def test_somebody_away_is_paused_and_nothing_of_theirs_turns_overdue_meanwhile(
    app: Watched, sergeant: int
) -> None:
    away = await report(sergeant, "Mia", safety=300)
    await absence(away, days_ago(60))
    async with calling(app, sergeant) as client:
        assert shown(await client.get("/team?standing=paused")) == ["Mia"]


@pytest.mark.parametrize("role", [None, "licensing desk", "operator"])
async def test_whoever_supervises_nobody_finds_no_page(app: Watched, database: str, role: str | None) -> None:
    one, other = await officer("Nobody"), await officer("Other")
    if role:
        await grant_role(one, role, by=other)
    async with calling(app, one) as client:
        pages = [await client.get(path) for path in ("/team", "/team/skills", "/nothing-at-all")]
        told = await client.get("/api/v1/team")
    assert {answer.status_code for answer in (*pages, told)} == {404}
