"""Does one see where one is signed in, and end what one does not recognise, of one's own alone?"""

import pytest
from playwright.async_api import Browser

from access import sessions
from access.sign_in import cookie_name
from attested.front.browsers import browser_named
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.browser import PHONE_AND_DESK, WITHOUT_SCRIPTS, Look, visiting
from tests.builders import officer
from tests.clients import calling, submit

pytestmark = pytest.mark.anyio
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/140.0.0.0", "Edge on Windows"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        ("curl/8", "An unknown browser"),
        ("", "An unknown browser"),
        ("<script>alert(1)</script>", "An unknown browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(said: str, named: str) -> None:
    assert browser_named(said) == named


async def test_one_sees_ones_own_sessions_and_no_others(app: Watched, database: str) -> None:
    ada, bo = await officer("Ada"), await officer("Bo")
    await sessions.begin(ada, browser=PHONE)
    await sessions.begin(bo, browser=CHROME)
    async with calling(app, ada) as client:
        text = (await client.get("/sessions")).text
    assert "Safari on iPhone" in text
    assert "Chrome on Windows" not in text
    assert text.count("This one") == 1


async def test_one_ends_one_of_them(app: Watched, database: str) -> None:
    ada = await officer("Ada")
    lost = await sessions.begin(ada, browser=PHONE)
    number = (await sessions.sessions_of(ada))[0].number
    async with calling(app, ada) as client:
        answer = await submit(client, "/sessions", f"/sessions/{number}/end", {})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sessions")
        assert (await client.get("/sessions")).status_code == 200
        assert (await submit(client, "/sessions", f"/sessions/{number}/end", {})).status_code == 404
    assert await sessions.open_by(lost) is None
    told = await fetch("SELECT actor_id, event FROM foundation.audit_event")
    assert [tuple(row) for row in told] == [(ada, "session ended")]


async def test_somebody_elses_session_looks_like_none(app: Watched, database: str) -> None:
    ada, bo = await officer("Ada"), await officer("Bo")
    his = await sessions.begin(bo)
    number = (await sessions.sessions_of(bo))[0].number
    async with calling(app, ada) as client:
        refused = await submit(client, "/sessions", f"/sessions/{number}/end", {})
        absent = await submit(client, "/sessions", "/sessions/999999/end", {})
    assert refused.status_code == absent.status_code == 404
    assert len(refused.text) == len(absent.text)
    assert await sessions.open_by(his) is not None


async def test_all_others_end_at_once(app: Watched, database: str) -> None:
    ada = await officer("Ada")
    others = [await sessions.begin(ada) for _ in range(3)]
    async with calling(app, ada) as client:
        assert (await submit(client, "/sessions", "/sessions/end-others", {})).status_code == 303
        assert (await client.get("/sessions")).status_code == 200
    assert [await sessions.open_by(secret) for secret in others] == [None, None, None]


async def test_what_is_about_oneself_is_kept_by_nobody(app: Watched, database: str) -> None:
    async with calling(app, await officer()) as client:
        for path in ("/sessions", "/sign-in/again", "/", "/passport", "/inbox", "/nothing-here"):
            assert (await client.get(path)).headers["cache-control"] == "no-store", path


async def test_in_the_demonstration_asking_is_proof_enough(app: Watched, database: str) -> None:
    ada = await officer()
    async with calling(app, ada, proved=False) as client:
        before = client.cookies[cookie_name()]
        answer = await submit(client, "/sign-in/again?to=/inbox", "/sign-in/again", {"to": "/inbox"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
        after = await sessions.open_by(answer.cookies[cookie_name()])
    assert after is not None
    assert after.proved_at is not None
    assert await sessions.open_by(before) is None


@pytest.mark.browser
@pytest.mark.parametrize("look", [PHONE_AND_DESK, WITHOUT_SCRIPTS], ids=lambda look: look.name)
async def test_the_page_is_well_in_every_browser(
    service: str, chromium: Browser, database: str, look: Look
) -> None:
    ada = await officer()
    await sessions.begin(ada, browser=PHONE)
    await execute("UPDATE access.session SET seen_at = seen_at - interval '20 minutes'")
    cookies = {cookie_name(): await sessions.begin(ada, browser=CHROME)}
    async with visiting(chromium, look, cookies=cookies, at=service) as visit:
        await visit.go(f"{service}/sessions")
        await visit.check("sessions")
        await visit.go(f"{service}/sign-in/again")
        await visit.check("sign-in-again")
        await visit.go(f"{service}/signed-out")
        await visit.check("signed-out")
