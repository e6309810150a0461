"""Does the front door let in whom it should, and tell everybody else in plain words?"""

import pytest

from access.sign_in import cookie_name, form_cookie_name
from attested.front import nearness
from foundation.database import fetch
from foundation.requests import Watched
from tests.builders import officer
from tests.clients import calling, grant_role, submit

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database: str) -> int:
    """An officer with the licensing desk's role, granted by somebody else."""
    one, other = await officer("Desi"), await officer("Other")
    await grant_role(one, "licensing desk", by=other)
    return one


async def test_nobody_is_led_to_sign_in(app: Watched, database: str) -> None:
    async with calling(app) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/sign-in")


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (None, "/passport"), ("licensing desk", "/desk"), ("learning and development", "/classes"),
        ("standards body", "/policy/drafts"), ("operator", "/jobs"), ("force lead", "/passport"),
    ],
)  # fmt: skip
async def test_whoever_has_a_desk_of_their_own_is_led_there(
    app: Watched, database: str, role: str | None, where: str
) -> None:
    one, other = await officer("Desi"), await officer("Other")
    if role is not None:
        await grant_role(one, role, by=other)
    async with calling(app, one) as client:
        assert (await client.get("/")).headers["location"] == where


async def test_signing_in_begins_a_session_of_ones_own(app: Watched, desk: int) -> None:
    async with calling(app) as client:
        client.cookies.set(cookie_name(), "a-secret-the-attacker-chose")
        answer = await submit(client, "/sign-in", "/sign-in", {"person": str(desk)})
        assert answer.status_code == 303
        assert answer.cookies[cookie_name()] != "a-secret-the-attacker-chose"
    kept = await fetch("SELECT person_id, id_hash FROM access.session")
    assert [row["person_id"] for row in kept] == [desk]
    assert answer.cookies[cookie_name()].encode() not in kept[0]["id_hash"]


async def test_choosing_nobody_asks_again(app: Watched, desk: int) -> None:
    async with calling(app) as client:
        answer = await submit(client, "/sign-in", "/sign-in", {})
    assert answer.status_code == 400
    assert "Choose who you are" in answer.text


async def test_a_form_without_its_token_changes_nothing(app: Watched, desk: int) -> None:
    async with calling(app) as client:
        answer = await client.post("/sign-in", data={"person": str(desk)})
    assert answer.status_code in {403, 404}
    assert await fetch("SELECT FROM access.session") == []


async def test_signing_out_ends_the_session_everywhere(app: Watched, desk: int) -> None:
    async with calling(app, desk) as client:
        secret = client.cookies[cookie_name()]
        answer = await submit(client, "/sign-in", "/sign-out", {})
        assert answer.status_code == 303
    async with calling(app) as thief:
        thief.cookies.set(cookie_name(), secret)
        assert (await thief.get("/")).headers["location"] == "/sign-in"


async def test_the_demonstration_is_closed_to_the_world(
    app: Watched, desk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearness, "is_loopback", lambda host: host != "127.0.0.1")
    async with calling(app) as client:
        assert (await client.get("/sign-in")).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rebound.example"},
        {"host": "rebound.example:8000"},
        {"host": "localhost.rebound.example"},
        {"host": "[::1"},
        {"x-forwarded-for": "192.0.2.7"},
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=192.0.2.7"},
    ],
)
async def test_nobody_else_signs_in_through_a_name_or_a_proxy_of_theirs(
    app: Watched, desk: int, headers: dict[str, str]
) -> None:
    async with calling(app) as client:
        assert (await client.get("/sign-in", headers=headers)).status_code == 404


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
async def test_the_demonstration_opens_under_every_name_of_this_machine(
    app: Watched, desk: int, host: str
) -> None:
    async with calling(app) as client:
        assert (await client.get("/sign-in", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("path", ["/nothing-here", "/jobs", "/metrics/x"])
async def test_a_refused_page_looks_exactly_like_an_absent_one(app: Watched, desk: int, path: str) -> None:
    async with calling(app, desk) as client:
        refused, absent = await client.get(path), await client.get("/nothing-at-all")
    assert refused.status_code == absent.status_code == 404
    assert len(refused.text) == len(absent.text)
    assert set(refused.headers) == set(absent.headers)


async def test_a_program_is_told_by_a_problem_document(app: Watched, database: str) -> None:
    async with calling(app) as client:
        answer = await client.get("/api/v1/nothing")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert answer.json()["instance"] == f"urn:request:{answer.headers['x-request-id']}"


async def test_whoever_sends_a_form_after_their_session_ended_comes_back_to_its_page(
    app: Watched, database: str
) -> None:
    async with calling(app) as client:
        await client.get("/sign-in")
        token = {"_csrf_token": client.cookies[form_cookie_name()]}
        for page, back in (
            ("http://localhost/people/1/conversation?done=saved", "/sign-in?to=%2Fpeople%2F1%2Fconversation"),
            ("http://elsewhere.test/people/1/conversation", "/sign-in"),
        ):
            answer = await client.post("/people/1/conversation", data=token, headers={"referer": page})
            assert (answer.status_code, answer.headers["location"]) == (303, back)
