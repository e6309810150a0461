"""Do the desk's counts lead to exactly their lists, and the file hold exactly what the screen shows?"""

import csv
import html
import io
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

import asyncpg
import pytest
from httpx2 import AsyncClient, Response

from foundation.clock import today
from foundation.database import DATABASE, fetch
from foundation.requests import Watched
from foundation.wording import as_table_date
from licence.desk.writing import HEADINGS
from passport.policy.actions import set_up
from tests.builders import listed, officer
from tests.clients import calling, grant_role
from tests.house.tree import ROOT
from tests.licence.desk.standings import LONG, POLISH, a_force, clerk, many, standing

pytestmark = pytest.mark.anyio

NATIONAL = ROOT / "policies" / "2026-1-national.toml"
COUNT = re.compile(
    r'app-count__number">([\d,]+)</span>\s*<a class="app-count__label govuk-link" href="([^"]+)"'
)
CELL = re.compile(r'<a class="govuk-link" href="(/desk/licences[^"]*)">([\d,]+)<span')
NAMES = re.compile(r'rowheader" class="govuk-table__header"><a class="govuk-link" href="[^"]+">([^<]+)</a>')
ROW = re.compile(r'<tr class="govuk-table__row" role="row">\s*<th scope="row".*?</tr>', re.DOTALL)
ABSENT = {"None", "No date", "Nothing"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def shown(answer: Response) -> list[str]:
    """Return the names of the people that a page lists."""
    return [html.unescape(name) for name in NAMES.findall(answer.text)]


def rows(answer: Response) -> list[list[str]]:
    """Return what a list shows, cell by cell, an absent value as nothing."""
    found = []
    for row in ROW.findall(answer.text):
        cells = [
            html.unescape(re.sub("<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found.append(["" if cell in ABSENT else cell for cell in cells])
    return found


async def every_page(client: AsyncClient, address: str) -> list[str]:
    """Return the names on a page and all that follow it."""
    names, following = [], address
    while following:
        answer = await client.get(following)
        assert answer.status_code == 200
        names += shown(answer)
        found = re.search(r'href="([^"]+)" rel="next"', answer.text)
        following = html.unescape(found[1]) if found else ""
    return names


@asynccontextmanager
async def statements() -> AsyncIterator[list[str]]:
    """Note every statement that the pool sends meanwhile."""
    sent: list[str] = []
    assert DATABASE.pool is not None

    def note(record: asyncpg.connection.LoggedQuery) -> None:
        sent.append(record.query)

    loggers = [holder._con for holder in DATABASE.pool._holders if holder._con is not None]  # type: ignore[attr-defined]
    for connection in loggers:
        connection.add_query_logger(note)
    try:
        yield sent
    finally:
        for connection in loggers:
            connection.remove_query_logger(note)


async def test_every_count_leads_to_as_many_people(app: Watched, database: str) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        desk = (await client.get("/desk")).text
        leads = [(number, href) for number, href in COUNT.findall(desk)]
        leads += [(number, href) for href, number in CELL.findall(desk)]
        assert len(leads) > 20
        for number, href in leads:
            listed_people = await every_page(client, html.unescape(href))
            assert len(listed_people) == int(number.replace(",", "")), href


async def test_the_list_is_soonest_first_and_shows_only_ones_own_force(app: Watched, database: str) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        names = shown(await client.get("/desk/licences"))
    assert names == [
        " ".join(POLISH),
        "Eve Okafor",
        " ".join(LONG),
        "Ben Okafor",
        "Ada Okafor",
        "Cass Okafor",
        "Dee Okafor",
        "Flo Okafor",
        "Gus Okafor",
        "Ina Nowhere",
    ]


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("within=30", ["Eve Okafor", " ".join(LONG), "Ben Okafor"]),
        ("standing=lapsed", [" ".join(POLISH)]),
        ("unit=0", ["Ina Nowhere"]),
        ("rank=inspector", ["Gus Okafor"]),
        ("rank=commissioner", []),
    ],
)
async def test_the_list_is_filtered_by_its_address(
    app: Watched, database: str, query: str, who: Sequence[str]
) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        answer = await client.get(f"/desk/licences?{query}")
    assert shown(answer) == who
    assert ("No licences match" in answer.text) is (not who)


async def test_the_file_holds_the_rows_and_columns_of_the_screen(app: Watched, database: str) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        for query in ("", "?within=90", "?standing=lapsed&rank=sergeant", "?standing=revoked"):
            screen = await client.get(f"/desk/licences{query}")
            file = await client.get(f"/desk/licences.csv{query}")
            heading, *taken = csv.reader(io.StringIO(file.text))
            assert tuple(heading) == HEADINGS
            on_screen = [" ".join(row).casefold() for row in rows(screen)]
            assert len(taken) == len(on_screen)
            for cells, told in zip(taken, on_screen, strict=True):
                for cell in filter(None, cells):
                    day = DAY.fullmatch(cell)
                    shown_as = as_table_date(date.fromisoformat(cell)) if day else cell
                    assert shown_as.casefold() in told, (cell, told)
            assert file.headers["content-type"] == "text/csv; charset=utf-8"


async def test_the_list_says_why_and_names_the_last_day_in_the_past_or_the_future(
    app: Watched, database: str
) -> None:
    await set_up(text=NATIONAL.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    overdue = '[{"reason": "requirement overdue", "requirement": "PPST", "since": "2026-10-02"}]'
    gone = await standing(
        await officer("Gone"), "lapsed", lapses_on=today() - timedelta(days=40), because=overdue
    )
    near = await standing(await officer("Near"), "in grace", lapses_on=today() + timedelta(days=12))
    await listed()
    async with calling(app, await clerk()) as client:
        past, to_come = rows(await client.get("/desk/licences"))[:2]
        told = (await client.get("/api/v1/desk/licences")).json()["licences"]
    assert (
        "Public and personal safety training is overdue. The last day to meet it was 1 October 2026." in past
    )
    assert f"Lapsed after {as_table_date(today() - timedelta(days=41))}" in past[-1]
    assert f"Was due {as_table_date(today() - timedelta(days=40))}" in past[-1]
    assert f"Lapses after {as_table_date(today() + timedelta(days=11))}" in to_come[-1]
    assert [one["person_id"] for one in told][:2] == [gone, near]
    assert told[0]["why"].startswith("Public and personal safety training is overdue.")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("rank=commisioner", "Rank: “commisioner” is not one of the answers"),
        ("standing=active&within=31", "Lapse within: “31” is not one of the answers"),
        ("unit=north", "Unit: “north” is not one of the answers"),
    ],
)
async def test_a_filter_that_is_not_on_offer_is_told_with_what_was_typed(
    app: Watched, database: str, query: str, words: str
) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        answer = await client.get(f"/desk/licences?{query}")
        told = await client.get("/api/v1/desk/licences?after=nonsense")
    assert answer.status_code == 400
    assert words in html.unescape(answer.text)
    assert shown(answer)
    assert told.status_code == 400
    assert told.json()["errors"]["after"]


async def test_the_file_holds_every_page_and_runs_no_formula(app: Watched, database: str) -> None:
    await many(120)
    await standing(await officer("=cmd|", "<script>alert(1)</script>"))
    await listed()
    async with calling(app, await clerk()) as client:
        file = await client.get("/desk/licences.csv?standing=active&after=2026-01-01~1")
        page = (await client.get("/desk/licences?before=never~9999999")).text
    taken = list(csv.reader(io.StringIO(file.text)))
    assert len(taken) == 122
    assert ["'=cmd| <script>alert(1)</script>"] == [row[0] for row in taken if "cmd" in row[0]]
    assert "<script>alert" not in page
    assert "=cmd| &lt;script&gt;" in page


async def test_whoever_looks_is_written_down_once_with_everyone_they_saw(app: Watched, database: str) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        people = shown(await client.get("/desk/licences"))
        await client.get("/desk/licences.csv?standing=lapsed")
        await client.get("/desk/find?q=okafor")
        await client.get("/api/v1/desk/licences")
    events = await fetch("SELECT event, subject_ids FROM foundation.audit_event ORDER BY id")
    assert [row["event"] for row in events] == [
        "licence.list.read", "licence.list.exported", "licence.people.found", "licence.list.read",
    ]  # fmt: skip
    seen = [len(row["subject_ids"]) for row in events]
    assert seen == [len(people), 1, 7, len(people)]


async def test_pages_turn_both_ways_through_equal_days(app: Watched, database: str) -> None:
    await many(180)
    async with calling(app, await clerk()) as client:
        last = await client.get("/desk/licences")
        pages = [shown(last)]
        while found := re.search(r'href="([^"]+)" rel="next"', last.text):
            last = await client.get(html.unescape(found[1]))
            pages.append(shown(last))
        assert [len(page) for page in pages] == [50, 50, 50, 30]
        assert len({name for page in pages for name in page}) == 180
        back = []
        while found := re.search(r'href="([^"]+)" rel="prev"', last.text):
            last = await client.get(html.unescape(found[1]))
            back.append(shown(last))
        assert back == pages[-2::-1]


async def test_a_page_asks_the_database_as_often_for_hundreds_as_for_ten(app: Watched, database: str) -> None:
    await many(10)
    counts = []
    async with calling(app, await clerk()) as client:
        for further in (1, 460):
            await many(further)
            for address in ("/desk", "/desk/licences", "/desk/licences.csv", "/desk/find?q=many"):
                await client.get(address)
            asked = []
            for address in ("/desk", "/desk/licences", "/desk/licences.csv", "/desk/find?q=many"):
                async with statements() as sent:
                    assert (await client.get(address)).status_code == 200
                asked.append(len(sent))
            counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0]) < 16


@pytest.mark.parametrize("role", [None, "operator", "learning and development"])
async def test_whoever_is_not_of_the_desk_finds_no_page(
    app: Watched, database: str, role: str | None
) -> None:
    one, other = await officer("Nobody"), await officer("Other")
    if role:
        await grant_role(one, role, by=other)
    async with calling(app, one) as client:
        paths = ("/desk", "/desk/licences", "/desk/licences.csv", "/desk/find?q=ab", "/nothing-at-all")
        pages = [await client.get(path) for path in paths]
        told = await client.get("/api/v1/desk/licences")
    assert {answer.status_code for answer in (*pages, told)} == {404}
    assert len({len(answer.text) for answer in pages}) == 1


async def test_a_person_is_found_by_name_or_number_in_ones_own_force_only(
    app: Watched, database: str
) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        assert shown(await client.get("/desk/find?q=shaughnessy")) == [" ".join(LONG)]
        assert shown(await client.get("/desk/find?q=lukasiewicz")) == [" ".join(POLISH)]
        assert "Nobody found" in (await client.get("/desk/find?q=kent")).text
        assert "Type a little more" in (await client.get("/desk/find?q=o")).text
        assert (await client.get("/desk/find?q=%00%ff")).status_code == 200
        people = (await client.get("/api/v1/desk/people?q=shaugh")).json()
    assert [one["standing"] for one in people] == ["in grace"]


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=2026-01-01~99999999999999999999",
        "unit=%F0%9F%9A%93",
        "within=-1",
        "before=~",
        "rank=%00",
    ],
)
async def test_an_address_that_makes_no_sense_still_shows_the_list(
    app: Watched, database: str, query: str
) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        assert len(shown(await client.get(f"/desk/licences?{query}"))) == 10


async def test_the_api_counts_and_lists_as_the_pages_do(app: Watched, database: str) -> None:
    await a_force()
    async with calling(app, await clerk()) as client:
        counts = (await client.get("/api/v1/desk/counts")).json()
        first = (await client.get("/api/v1/desk/licences?standing=active")).json()
    active = sum(one["people"] for one in counts["counts"] if one["standing"] == "active")
    assert active == len(first["licences"]) == 5
    assert {one["within_days"]: one["people"] for one in counts["lapsing"]} == {30: 3, 60: 4, 90: 5}
