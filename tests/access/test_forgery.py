"""Does only a page of ours, with a token of ours, change anything? (Threat 10.)"""

import re
from collections.abc import Iterator, Mapping

import asyncpg
import pytest
from httpx2 import ASGITransport, AsyncClient
from litestar.routes import HTTPRoute

from access import forgery, sessions
from access.roles import Role
from access.sign_in import cookie_name, form_cookie_name
from attested.app import create_app, create_litestar
from foundation.requests import Watched
from tests.builders import officer
from tests.clients import LOOPBACK, calling, grant_role, submit
from tests.operating import operated

pytestmark = pytest.mark.anyio
SAFE = {"GET", "HEAD", "OPTIONS"}
EXCEPTED = {"/sign-out/by-provider"}
# Who looked at what, which lists were taken away, and how often something was tried where Valkey is away.
NOTED_OF_LOOKING = ("foundation.audit_event", "access.export", "foundation.tries")
FOREIGN: tuple[Mapping[str, str], ...] = (
    {"origin": "https://evil.test"},
    {"origin": "http://localhost.evil.test"},
    {"origin": "http://localhost:8001"},
    {"origin": "https://localhost"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
)
OURS: tuple[Mapping[str, str], ...] = (
    {},
    {"origin": "http://localhost"},
    {"origin": "http://localhost:8000"},
    {"sec-fetch-site": "same-origin", "origin": "http://localhost"},
    {"sec-fetch-site": "none"},
)


def filled(route: HTTPRoute) -> str:
    """Return an address that the route takes: something of the right kind stands for each parameter."""
    return re.sub(r"\{\w+:(\w+)\}", lambda found: "2026-11-02" if found[1] == "date" else "1", route.path)


def routes(*, safe: bool) -> list[tuple[str, str]]:
    found = [
        (method, filled(route))
        for route in create_litestar().routes
        if isinstance(route, HTTPRoute)
        for method in sorted(route.methods)
        if method != "OPTIONS" and (method in SAFE) is safe
    ]
    return sorted(found, key=lambda one: one[1])


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_somebody_elses_page_signs_nobody_out(
    app: Watched, database: str, headers: Mapping[str, str]
) -> None:
    ada = await officer()
    async with calling(app, ada) as client:
        secret = client.cookies[cookie_name()]
        client.headers.update(headers)
        assert (await submit(client, "/sessions", "/sign-out", {})).status_code in {403, 404}
    assert await sessions.open_by(secret) is not None


@pytest.mark.parametrize("headers", OURS, ids=str)
async def test_a_page_of_ours_does(app: Watched, database: str, headers: Mapping[str, str]) -> None:
    ada = await officer()
    async with calling(app, ada) as client:
        secret = client.cookies[cookie_name()]
        client.headers.update(headers)
        assert (await submit(client, "/sessions", "/sign-out", {})).status_code == 303
    assert await sessions.open_by(secret) is None


async def test_where_the_address_is_known_no_other_name_is_ours(app: Watched, database: str) -> None:
    ada = await officer()
    async with calling(app, ada) as client:
        with operated(PUBLIC_URL="https://attested.force.test"):
            client.cookies.clear()
            client.cookies.set(cookie_name(), await sessions.begin(ada))
            client.headers["origin"] = "http://localhost"
            assert not await _may(client)
            client.headers["origin"] = "https://attested.force.test"
            assert await _may(client)


async def _may(client: AsyncClient) -> bool:
    answer = await client.post("/api/v1/notices/1/read")
    return not answer.json()["type"].endswith("/foreign-request")


async def test_every_route_that_changes_something_asks_where_it_was_asked(
    app: Watched, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(request: object) -> bool:
        asked.append("asked")
        return False

    monkeypatch.setattr(forgery, "is_ours", refuse)
    changing = [(method, path) for method, path in routes(safe=False) if path not in EXCEPTED]
    assert len(changing) > 20
    async with calling(app, await officer()) as client:
        for method, path in changing:
            answer = await client.request(method, path)
            assert answer.status_code in {403, 404}, path
    assert len(asked) == len(changing)


async def test_every_route_that_changes_something_needs_the_token(app: Watched, database: str) -> None:
    ada = await officer()
    async with calling(app, ada) as client:
        for method, path in routes(safe=False):
            if path not in EXCEPTED:
                answer = await client.request(method, path)
                assert answer.status_code in {403, 404}, path
                if path.startswith("/api/"):
                    assert answer.json()["type"].endswith("/token-missing"), path
    assert len(await sessions.sessions_of(ada)) == 1


async def _state(url: str) -> dict[str, str]:
    """Return what every table holds, as a superuser sees it: but not when a session was seen, nor what is noted of looking."""
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch(
            """SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public')
                  AND schemaname || '.' || tablename <> ALL ($1) ORDER BY 1""",
            list(NOTED_OF_LOOKING),
        )
        return {
            row["name"]: await connection.fetchval(
                f"SELECT md5(coalesce(string_agg((to_jsonb(one) - 'seen_at')::text, ' ' ORDER BY one::text), '')) FROM {row['name']} AS one"  # noqa: S608
            )
            for row in tables
        }
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [Role.LICENSING_DESK, Role.OPERATOR, Role.PRIVACY_OFFICER])
async def test_looking_changes_nothing(app: Watched, database: str, role: Role) -> None:
    """But for when a session was last seen, and for what is noted of looking itself."""
    ada, bo = await officer("Ada"), await officer("Bo")
    await grant_role(ada, role, by=bo)
    async with calling(app, ada) as client:
        before = await _state(database)
        statuses = {path: (await client.get(path)).status_code for _, path in routes(safe=True)}
        after = await _state(database)
    assert {name for name in before if before[name] != after[name]} == set()
    # No worker runs beside the tests, and /ready says so.
    assert {path: status for path, status in statuses.items() if status >= 500 and path != "/ready"} == {}
    assert list(statuses.values()).count(200) > 10


@pytest.fixture
def over_tls() -> Iterator[Watched]:
    """The application as people reach it over TLS."""
    with operated(PUBLIC_URL="https://attested.force.test", SESSION_SECRET="s" * 32):
        yield create_app()


async def test_over_tls_the_cookies_are_held_to_this_very_host(over_tls: Watched, database: str) -> None:
    ada = await officer()
    transport = ASGITransport(app=over_tls, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url="https://attested.force.test") as client:
        client.cookies.set(cookie_name(), await sessions.begin(ada))
        shown = await client.get("/sign-in/again")
        answer = await submit(client, "/sign-in/again", "/sign-in/again", {"to": "/inbox"})
    assert answer.status_code == 303
    assert (cookie_name(), form_cookie_name()) == ("__Host-attested-session", "__Host-attested-form")
    given = [*shown.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")]
    assert len(given) == 3
    for one in given:
        parts = {part.strip().lower() for part in one.split(";")[1:]}
        assert one.startswith("__Host-")
        assert {"path=/", "secure", "httponly", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)


async def test_every_answer_carries_the_headers_that_keep_others_out(app: Watched, database: str) -> None:
    async with calling(app, await officer()) as client:
        for path in ("/sessions", "/api/v1/me", "/nothing-here", "/static/nothing.css"):
            headers = (await client.get(path)).headers
            assert headers["content-security-policy"] == (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
            )
            assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert headers["cache-control"] == "no-store"
