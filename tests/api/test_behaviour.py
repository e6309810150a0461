"""How does the API behave to whoever speaks HTTP well, and to whoever does not?"""

import pytest
from httpx2 import AsyncClient

from access.sign_in import form_cookie_name
from foundation.requests import Watched
from tests.builders import line, listed, officer
from tests.clients import calling, grant_role
from tests.licence.passport_page.conftest import national as national  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.anyio
PROBLEM = "application/problem+json"


@pytest.fixture
async def clerk(national: str) -> int:
    """Somebody who leads somebody, and works at the desk, with files and with jobs."""
    one, other = await officer("Desi", "Desk"), await officer("Ada")
    await line(other, one)
    for role in ("licensing desk", "learning and development", "operator"):
        await grant_role(one, role, by=other)
    await listed()
    return one


async def test_a_parameter_that_is_not_known_is_refused(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        answer = await client.get("/api/v1/desk/licences", params={"standin": "lapsed"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["errors"] == {"standin": "is not a parameter here"}


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("rank=constable&rank=sergeant", {"rank": "is given more than once"}),
        ("within=nuLL", {"within": "is left out, not empty or null"}),
        ("after=", {"after": "is left out, not empty or null"}),
        ("after=a%00b", {"after": "holds a null character"}),
        ("within=0", {"within": "Expected `int` >= 1"}),
    ],
)
async def test_a_parameter_that_cannot_be_used_is_refused(
    app: Watched, clerk: int, query: str, fault: dict[str, str]
) -> None:
    async with calling(app, clerk) as client:
        answer = await client.get(f"/api/v1/desk/licences?{query}")
    assert (answer.status_code, answer.json()["errors"]) == (400, fault)


async def test_a_name_may_be_null(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        assert (await client.get("/api/v1/desk/people?q=Null")).status_code == 200


async def test_a_field_that_is_not_known_is_refused(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        answer = await client.post(
            "/api/v1/imports",
            data={"kind": "hr", "force": "E23000036", "state": "committed"},
            files={"file": ("extract.csv", b"", "text/csv")},
            headers=await token(client),
        )
    assert answer.status_code == 400
    assert "state" in answer.text


async def test_whoever_is_not_signed_in_is_told_so_before_anything_else(app: Watched, clerk: int) -> None:
    async with calling(app) as client:
        answer = await client.get("/api/v1/desk/licences?standin=lapsed")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"]


async def test_a_write_needs_the_token_and_says_so(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        refused = await client.post("/api/v1/notices/1/read")
        await client.get("/api/v1/notices")
        without_header = await client.post("/api/v1/notices/1/read")
        wrong = await client.post("/api/v1/notices/1/read", headers={"x-csrftoken": "0" * 128})
        taken = await client.post("/api/v1/notices/1/read", headers=await token(client))
    assert [refused.status_code, without_header.status_code, wrong.status_code] == [403, 403, 403]
    assert refused.json()["type"].endswith("/token-missing")
    assert (taken.status_code, taken.json()) == (200, {"marked": 0})


async def token(client: AsyncClient) -> dict[str, str]:
    await client.get("/api/v1/notices")
    return {"x-csrftoken": client.cookies[form_cookie_name()]}


async def test_head_tells_what_get_would_and_sends_nothing(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        got, told = await client.get("/api/v1/policies"), await client.head("/api/v1/policies")
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["etag"] == got.headers["etag"]
    assert told.headers["content-length"] == str(len(got.content))


async def test_head_is_refused_where_get_would_be(app: Watched, clerk: int) -> None:
    async with calling(app) as client:
        assert (await client.head("/api/v1/policies")).status_code == 401


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/imports", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/policies", "GET, HEAD, OPTIONS"),
        ("/api/v1/notices/1/read", "OPTIONS, POST"),
    ],
)
async def test_options_and_a_wrong_method_name_the_right_ones(
    app: Watched, clerk: int, path: str, allowed: str
) -> None:
    async with calling(app, clerk) as client:
        headers = await token(client)
        asked = await client.options(path)
        wrong = await client.delete(path, headers=headers)
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)
    assert (wrong.status_code, wrong.headers["allow"]) == (405, allowed)
    assert wrong.headers["content-type"] == PROBLEM


async def test_a_policy_that_has_not_changed_is_not_sent_again(app: Watched, clerk: int) -> None:
    async with calling(app, clerk) as client:
        for path in ("/api/v1/policies", "/api/v1/policies/1"):
            first = await client.get(path)
            again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
            other = await client.get(path, headers={"If-None-Match": '"something-else"'})
            assert [first.status_code, again.status_code, other.status_code] == [200, 304, 200], path
            assert again.content == b""
            assert first.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/me/decision",
        "/api/v1/team",
        "/api/v1/desk/counts",
        "/api/v1/desk/licences",
        "/api/v1/desk/licences.csv",
        "/api/v1/desk/people?q=Ada",
        "/api/v1/imports",
        "/api/v1/jobs",
        "/api/v1/notices",
        "/api/v1/imports/999999",
        "/api/v1/people/nobody/decision",
    ],
)
async def test_what_is_about_people_is_never_kept(app: Watched, clerk: int, path: str) -> None:
    async with calling(app, clerk) as client:
        answer = await client.get(path)
    assert "no-store" in answer.headers["cache-control"], answer.text
