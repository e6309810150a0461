"""Does handing in a file show what became of every line, keep it once and whole, and lose nothing that was answered?"""

import asyncio
import csv
import io
import re
from datetime import date, timedelta

import pytest

from foundation.clock import today
from foundation.database import fetch, fetch_one
from foundation.requests import Watched
from foundation.wording import as_number
from tests.builders import officer
from tests.clients import calling, grant_role
from tests.files.handing_in import extract, hand_in, learner, press, token_of
from tests.intake.handing import HR, HR_HEADER

pytestmark = pytest.mark.anyio


async def people_named(surname: str) -> int:
    row = await fetch_one("SELECT count(*) AS there FROM people.person WHERE family_name = $1", surname)
    assert row is not None
    return int(row["there"])


async def test_a_file_is_looked_at_before_it_is_kept_and_then_kept_once(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        answer = await hand_in(client, extract("O’Shaughnessy-Ní Dhomhnaill", "Łukasiewicz"))
        report = answer.headers["location"]
        shown = (await client.get(report)).text
        assert (answer.status_code, "Nothing is kept yet. 2 lines" in shown) == (303, True)
        assert await people_named("Łukasiewicz") == 0
        kept = await press(client, f"{report}/commit")
        assert kept.headers["location"] == f"{report}?done=committed"
        assert "2 lines kept" in (await client.get(kept.headers["location"])).text
        again = await client.post(f"{report}/commit", data={"_csrf_token": ""})
        assert again.status_code in {403, 404}
    assert await people_named("Łukasiewicz") == await people_named("O’Shaughnessy-Ní Dhomhnaill") == 1
    events = await fetch("SELECT event, request_id, actor_id FROM foundation.audit_event ORDER BY id")
    assert [row["event"] for row in events] == ["intake.staged", "intake.committed"]
    assert all(row["request_id"] and row["actor_id"] for row in events)


async def test_every_line_of_the_sample_is_accounted_for_on_the_page(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        answer = await hand_in(client, HR.read_bytes(), name=HR.name)
        text = (await client.get(answer.headers["location"])).text
        numbers = [int(cell.replace(",", "")) for cell in re.findall(r"numeric\">([\d,]+)</td>", text)]
        assert numbers == [2, 32, 1167, 0, 0, 1, 0, 1202]  # what somebody has to put right comes first
        for says in ("Cannot be read.", "may not mean what it says", "the same as an earlier line"):
            assert text.count(says) == 1
        assert "Speaks of nothing that is recorded here" not in text  # there is no such line
        for verdict, count in (("new", 1167), ("rejected", 2), ("suspicious", 32), ("duplicate", 1)):
            lines = (await client.get(f"{answer.headers['location']}/lines?verdict={verdict}")).text
            assert f"{as_number(count)} line" in lines


async def test_the_lines_are_paged_forwards_and_back(app: Watched, database: str) -> None:
    surnames = [f"Name{number:03}" for number in range(120)]
    async with calling(app, await learner()) as client:
        place = (await hand_in(client, extract(*surnames))).headers["location"]
        seen, address = [], f"{place}/lines?verdict=new"
        for _ in range(3):
            text = (await client.get(address)).text
            seen.append(re.findall(r"Ada (Name\d{3})", text))
            following = re.search(r'href="([^"]+)" rel="next"', text)
            address = following[1].replace("&amp;", "&") if following else ""
        assert [len(page) for page in seen] == [50, 50, 20]
        assert [name for page in seen for name in page] == surnames
        last = f"{place}/lines?verdict=new&after=101"
        previous = re.search(r'href="([^"]+)" rel="prev"', (await client.get(last)).text)
        assert previous is not None
        back = (await client.get(previous[1].replace("&amp;", "&"))).text
        assert re.findall(r"Ada (Name\d{3})", back) == surnames[50:100]


async def test_what_goes_back_is_downloaded_with_its_reasons_and_runs_no_formula(
    app: Watched, database: str
) -> None:
    content = extract("Good", "=cmd|'/c calc'!A1").replace(b"01/02/2019", b"31/02/2019")
    async with calling(app, await learner()) as client:
        place = (await hand_in(client, content)).headers["location"]
        answer = await client.get(f"{place}/returned.csv")
        pages = [
            await client.get(f"{place}/lines?verdict={verdict}") for verdict in ("rejected", "suspicious")
        ]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["Line", "Verdict", "Reason", *HR_HEADER.split(",")]
    assert [row[0] for row in rows[1:]] == ["2", "3"]
    assert rows[2][5] == "'=cmd|'/c calc'!A1"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "=cmd|&#39;/c calc&#39;!A1" in "".join(page.text for page in pages)
    taken = await fetch(
        "SELECT detail::text FROM foundation.audit_event WHERE event = 'intake.returned.taken'"
    )
    assert len(taken) == 1


async def test_a_script_in_a_cell_or_a_name_is_shown_as_text(app: Watched, database: str) -> None:
    name = "C:\\fakepath\\<script>alert(1)<\u202e.csv"
    async with calling(app, await learner()) as client:
        place = (await hand_in(client, extract("<script>alert(1)</script>"), name=name)).headers["location"]
        for page in (place, f"{place}/lines?verdict=new", f"{place}/commit", "/imports"):
            text = (await client.get(page)).text
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert(1)" in text
        assert "fakepath" not in (await client.get(place)).text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Select a file"),
        (b"", "The file is empty"),
        (b"PK\x03\x04" + b"\0" * 40, "save it as CSV"),
        (b"one,two\r\n1,2\r\n", "There is no column"),
        (extract("Big") + b"," * 60 + b"\r\n" * 5_000_000, "larger than 10 MB"),
        (extract(*(["Many"] * 50_001)), "more than 50,000 lines"),
    ],
    ids=["none", "empty", "a spreadsheet", "no columns", "too big", "too long"],
)
async def test_a_file_that_cannot_be_read_is_refused_and_the_answers_are_not_lost(
    app: Watched, database: str, content: bytes | None, says: str
) -> None:
    async with calling(app, await learner()) as client:
        answer = await hand_in(client, content, on=date(2026, 3, 4))
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert says in answer.text
    assert re.search(r'value="hr" checked', answer.text)
    for box, value in (("day", 4), ("month", 3), ("year", 2026)):
        assert re.search(rf'name="on-{box}"[^>]* value="{value}"', answer.text), box
    assert await fetch("SELECT FROM foundation.intake") == []


async def test_a_request_beyond_all_measure_is_not_even_read(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        answer = await hand_in(client, b"a" * 20_000_001)
    assert answer.status_code == 413
    assert "The file is too big" in answer.text


async def test_what_is_missing_is_asked_for_by_name(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        nothing = await hand_in(
            client, None, kind="", fields=(("on-day", ""), ("on-month", ""), ("on-year", ""))
        )
        ahead = await hand_in(client, extract("Ahead"), on=today() + timedelta(days=1))
    for words in ("Select what the file holds", "Select a file", "Enter the day that the file speaks of"):
        assert words in nothing.text
    assert "must be on or before" in ahead.text


async def test_of_two_who_keep_a_file_at_once_one_is_told_who_was_first(app: Watched, database: str) -> None:
    one, two = await learner("Una"), await learner("Tova")
    async with calling(app, one) as first, calling(app, two) as second:
        place = (await hand_in(first, extract("Once"))).headers["location"]
        buttons = [(client, await token_of(client, f"{place}/commit")) for client in (first, second)]
        answers = await asyncio.gather(
            *(client.post(f"{place}/commit", data={"_csrf_token": token}) for client, token in buttons)
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert re.search(r"already finished. Kept on .* by (Una|Tova) Handley", refused.text)
    assert await people_named("Once") == 1


async def test_a_file_that_another_overtook_is_not_kept(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        older = (await hand_in(client, extract("Older"))).headers["location"]
        newer = (await hand_in(client, extract("Newer"))).headers["location"]
        await press(client, f"{newer}/commit")
        answer = await press(client, f"{older}/commit")
        assert answer.status_code == 409
        assert "Nothing was committed" in answer.text
        assert (await press(client, f"{older}/discard")).status_code == 303
        assert "Nothing of it was kept" in (await client.get(f"{older}?done=discarded")).text
        assert (await client.get(f"{older}/commit")).status_code == 303
    assert await people_named("Older") == 0


async def test_the_same_file_again_offers_nothing_to_keep(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        await press(client, (await hand_in(client, extract("Same"))).headers["location"] + "/commit")
        again = (await client.get((await hand_in(client, extract("Same"))).headers["location"])).text
    assert "There is nothing to keep" in again
    assert "/commit" not in again


async def test_nobody_sees_the_files_of_another_force(app: Watched, database: str) -> None:
    mine, kent = await learner(), await learner("Ken", force="E23000032")
    async with calling(app, mine) as client:
        place = (await hand_in(client, extract("Ours"))).headers["location"]
    async with calling(app, kent) as client:
        for page in (place, f"{place}/lines?verdict=new", f"{place}/returned.csv", f"{place}/commit"):
            refused, absent = await client.get(page), await client.get(page.replace(place, "/imports/999999"))
            assert refused.status_code == absent.status_code == 404
            assert len(refused.text) == len(absent.text)
        token = (await client.get("/imports/new")).text
        assert "Kent" in token
        assert "extract.csv" not in (await client.get("/imports")).text
        assert (await client.get(f"/api/v1{place}")).status_code == 404


@pytest.mark.parametrize("role", [None, "operator"])
async def test_whoever_has_no_part_in_it_finds_no_page(app: Watched, database: str, role: str | None) -> None:
    one, other = await officer("Nobody"), await officer("Other")
    if role:
        await grant_role(one, role, by=other)
    async with calling(app, one) as client:
        pages = [await client.get(path) for path in ("/imports", "/imports/new", "/nothing-at-all")]
    assert {answer.status_code for answer in pages} == {404}
    assert len({len(answer.text) for answer in pages}) == 1


async def test_older_files_are_a_page_away(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        assert "No files yet" in (await client.get("/imports")).text
        for number in range(21):
            await hand_in(client, extract("Again"), name=f"file-{number:02}.csv")
        first = (await client.get("/imports")).text
        following = re.search(r'href="(/imports\?before=\d+)"', first)
        assert following is not None
        assert re.findall(r"file-(\d\d)", first)[0] == "20"
        assert re.findall(r"file-(\d\d)", (await client.get(following[1])).text) == ["00"]


async def test_a_program_hands_in_reads_and_keeps_a_file_too(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        await client.get("/imports")
        guard = {"X-CSRFToken": client.cookies["attested-form"]}
        answer = await client.post(
            "/api/v1/imports",
            headers=guard,
            data={"kind": "hr", "force": "E23000036"},
            files={"file": ("hr.csv", extract("Programmed"), "text/csv")},
        )
        assert answer.status_code == 201, answer.text
        file = answer.json()
        assert (file["state"], file["lines"], file["counts"]["new"]) == ("staged", 1, 1)
        place = f"/api/v1/imports/{file['id']}"
        lines = (await client.get(f"{place}/lines?verdict=new")).json()
        assert lines["lines"][0]["about"] == "Ada Programmed, 4000000, constable, Response North"
        assert (await client.post(f"{place}/commit", headers=guard)).json()["state"] == "committed"
        assert (await client.post(f"{place}/commit", headers=guard)).status_code == 409
        assert (await client.get("/api/v1/imports")).json()["files"][0]["finished_by"] == "Lena Handley"
        elsewhere = await client.post(
            "/api/v1/imports",
            headers=guard,
            data={"kind": "hr", "force": "E23000032"},
            files={"file": ("hr.csv", extract("Elsewhere"), "text/csv")},
        )
        assert elsewhere.status_code == 400
        assert "force" in elsewhere.json()["errors"]
