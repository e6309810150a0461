"""Is what somebody typed before their session ended theirs to find and to send again, and nobody else's?"""

import re

import pytest
from httpx2 import AsyncClient, Response

from access.confiding import reading_as
from access.sign_in import form_cookie_name
from access.unsent.keeping import MOST_KEPT, MOST_SIGNS, drop_old
from foundation.database import ProgramRole, execute, fetch, transaction
from foundation.requests import Watched
from tests.clients import TOKEN, calling, submit
from tests.owner import fetch as fetch_as_owner
from tests.passport.cpd.learners import Station, station

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]
NEW = "/passport/cpd/new"
TYPED = {
    "title": "A stop that went wrong",
    "what": "I stopped a man & did not say why.",
    "standard-CVF-COURAGE": "yes",
}


async def too_late(client: AsyncClient, person_id: int, path: str = NEW, **more: str) -> Response:
    """Send a form whose page was opened before the session ended."""
    found = TOKEN.search((await client.get(NEW)).text)
    assert found is not None
    await execute("UPDATE access.session SET ended_at = clock_timestamp() WHERE person_id = $1", person_id)
    return await client.post(path, data={**TYPED, **more, "_csrf_token": found[1] or found[2]})


async def kept(app: Watched, there: Station) -> str:
    """Have Ada lose her session in the middle of an entry; where she is led once she has signed in."""
    async with calling(app, there.ada) as client:
        answer = await too_late(client, there.ada)
    assert answer.status_code == 303
    found = re.fullmatch(r"/sign-in\?to=(%2Funsent%2F\d+)", answer.headers["location"])
    assert found, answer.headers["location"]
    return found[1].replace("%2F", "/")


async def test_after_signing_in_again_it_is_found_sent_and_recorded_once(app: Watched) -> None:
    there = await station()
    where = await kept(app, there)
    assert await fetch("SELECT FROM passport.cpd_entry") == []
    async with calling(app, there.ada) as client:
        page = (await client.get(where)).text
        assert "I stopped a man &amp; did not say why." in page
        hidden = dict(re.findall(r'type="hidden" name="([^"_]+)" value="([^"]*)"', page))
        assert hidden.keys() == TYPED.keys()
        led = await submit(client, where, f"{where}/sent", TYPED)
        assert (led.status_code, led.headers["location"]) == (307, NEW)
        done = await submit(client, NEW, NEW, TYPED)
        assert done.status_code == 303
        assert "A stop that went wrong" in (await client.get(done.headers["location"])).text
        assert (await client.get(where)).headers["location"] == "/", "it is kept no longer"


async def test_a_null_character_in_what_was_sent_is_let_go_of(app: Watched) -> None:
    """The accident: one in the name of an answer, as no page of ours has it, was a fault of ours."""
    there = await station()
    async with calling(app, there.ada) as client:
        answer = await too_late(client, there.ada, **{"na\0me": "two\0 words"})
    assert answer.status_code == 303
    (row,) = await fetch_as_owner("SELECT answers::text FROM access.unsent_form")
    assert '["name", "two words"]' in row["answers"]


async def test_nobody_else_finds_it_by_any_door_nor_in_the_database(app: Watched) -> None:
    there = await station()
    where = await kept(app, there)
    async with calling(app, there.bea) as client:
        assert (await client.get(where)).headers["location"] == "/"
        for what in ("sent", "thrown-away"):
            answer = await submit(client, NEW, f"{where}/{what}", {})
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
    async with reading_as(there.bea) as connection:
        assert await connection.fetch("SELECT * FROM access.unsent_form") == []
    assert await fetch("SELECT * FROM access.unsent_form") == [], "whoever says not who asks sees nothing"
    async with calling(app, there.ada) as client:
        assert (await client.get(where)).status_code == 200


async def test_it_is_thrown_away_when_its_author_says_so_and_after_a_day(app: Watched) -> None:
    there = await station()
    where = await kept(app, there)
    async with calling(app, there.ada) as client:
        await submit(client, where, f"{where}/thrown-away", {})
        assert (await client.get(where)).headers["location"] == "/"
    await kept(app, there)
    for age, left in (("23 hours", 1), ("25 hours", 0)):
        await fetch_as_owner(f"UPDATE access.unsent_form SET kept_at = now() - interval '{age}' RETURNING id")  # noqa: S608
        async with transaction() as connection:
            await connection.execute(f"SET LOCAL ROLE {ProgramRole.WORKER.value}")
            await drop_old()
        assert len(await fetch_as_owner("SELECT FROM access.unsent_form")) == left


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (NEW, {"what": "long " * (MOST_SIGNS // 4)}),
        ("/sessions/end-others", {}),
        ("/api/v1/me/cpd", {}),
    ],
    ids=["far too much", "not asked to be kept", "a program"],
)
async def test_what_nobody_types_there_is_not_kept(app: Watched, path: str, more: dict[str, str]) -> None:
    there = await station()
    async with calling(app, there.ada) as client:
        answer = await too_late(client, there.ada, path, **more)
    assert answer.status_code in {303, 401}
    assert "unsent" not in answer.headers.get("location", "")
    assert await fetch_as_owner("SELECT FROM access.unsent_form") == []


async def test_without_a_session_that_just_ended_nobodys_form_is_kept(app: Watched) -> None:
    there = await station()
    async with calling(app, there.ada) as client:
        await client.get(NEW)
        await execute("UPDATE access.session SET ended_at = now(), seen_at = now() - interval '25 hours'")
        token = client.cookies.get(form_cookie_name()) or ""
        answer = await client.post(NEW, data={**TYPED, "_csrf_token": token})
        assert answer.headers["location"] == "/sign-in"
    async with calling(app) as nobody:
        await nobody.get("/sign-in")
        token = nobody.cookies.get(form_cookie_name()) or ""
        assert (await nobody.post(NEW, data={**TYPED, "_csrf_token": token})).headers[
            "location"
        ] == "/sign-in"
    assert await fetch_as_owner("SELECT FROM access.unsent_form") == []


async def test_a_page_from_before_signing_in_anew_leads_to_what_was_typed_if_the_browser_says_it_is_ours(
    app: Watched,
) -> None:
    there = await station()
    async with calling(app, there.ada) as client:
        await client.get(NEW)
        old = {**TYPED, "_csrf_token": "of the session before"}
        for headers in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}):
            refused = await client.post(NEW, data=old, headers=headers)
            assert refused.status_code in {403, 404}, headers
        assert await fetch_as_owner("SELECT FROM access.unsent_form") == []
        led = await client.post(NEW, data=old, headers={"sec-fetch-site": "same-origin"})
        assert led.status_code == 303
        assert "I stopped a man" in (await client.get(led.headers["location"])).text


async def test_a_file_is_named_and_asked_for_again(app: Watched) -> None:
    there = await station()
    async with calling(app, there.ada) as client:
        found = TOKEN.search((await client.get(NEW)).text)
        assert found is not None
        await execute("UPDATE access.session SET ended_at = clock_timestamp()")
        answer = await client.post(
            "/passport/evidence",
            data={"source": "Bristol college", "_csrf_token": found[1] or found[2]},
            files={"file": ("proof.pdf", b"%PDF-1.7", "application/pdf")},
        )
    where = answer.headers["location"].partition("to=")[2].replace("%2F", "/")
    async with calling(app, there.ada) as client:
        page = (await client.get(where)).text
    assert "The file “proof.pdf” did not come along" in page
    assert 'name="source" value="Bristol college"' in page


async def test_only_the_last_few_are_kept(app: Watched) -> None:
    there = await station()
    async with calling(app, there.ada) as client:
        await client.get(NEW)
        for number in range(MOST_KEPT + 2):
            sent = {"title": f"Number {number}", "_csrf_token": "old"}
            await client.post(NEW, data=sent, headers={"sec-fetch-site": "same-origin"})
    rows = await fetch_as_owner("SELECT answers::text FROM access.unsent_form ORDER BY id")
    assert len(rows) == MOST_KEPT
    assert "Number 2" in rows[0][0]
