"""Is what the database refuses told so that nobody learns what is there?"""

from collections.abc import AsyncIterator

import pytest
from httpx2 import ASGITransport, AsyncClient
from litestar import get
from litestar.params import FromPath

from access.permissions import Permission
from attested.app import create_litestar
from foundation.database import execute, transaction
from foundation.requests import Watched
from tests.clients import LOOPBACK

pytestmark = pytest.mark.anyio


@get("/api/v1/clash/{code:str}", opt={"permission": Permission.PUBLIC})
async def clash(code: FromPath[str]) -> None:
    """Enter a force a second time."""
    await execute(
        """INSERT INTO people.force (code, slug, region, valid_from) VALUES ($1, $1, 'East', '2026-01-01')""",
        code,
    )


@get("/api/v1/behind", opt={"permission": Permission.PUBLIC})
async def write_behind() -> None:
    """Write behind a wall as nobody, as a room would that forgot to ask who it is."""
    async with transaction() as connection:
        await connection.execute(
            """SET LOCAL ROLE attested_wellbeing;
               INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on) VALUES (1, 1, 'fire', '2026-03-02')"""
        )


@get("/api/v1/keep/{kind:str}", opt={"permission": Permission.PUBLIC})
async def keep(kind: FromPath[str]) -> None:
    """Keep what holds a null character, as a room would that takes words as they come."""
    await execute(
        "SELECT $1::text::jsonb" if kind == "json" else "SELECT $1::text",
        '"\\u0000"' if kind == "json" else "\0",
    )


@pytest.fixture
async def client(database: str) -> AsyncIterator[AsyncClient]:
    """Nobody in particular, calling the application with three careless rooms."""
    app = Watched(create_litestar([clash, write_behind, keep]))
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url="http://localhost") as calling:
        yield calling


async def test_a_clash_is_told_alike_whatever_it_clashes_with(client: AsyncClient) -> None:
    said = [(await client.get(f"/api/v1/clash/{code}")).json() for code in ("E23000036", "E23000032")]
    assert [one["status"] for one in said] == [409, 409]
    assert {**said[0], "instance": ""} == {**said[1], "instance": ""}
    assert "E23" not in said[0]["detail"]


async def test_what_a_wall_refuses_looks_like_what_is_not_there(client: AsyncClient) -> None:
    refused, absent = await client.get("/api/v1/behind"), await client.get("/api/v1/nowhere")
    assert refused.status_code == absent.status_code == 404
    assert {**refused.json(), "instance": ""} == {**absent.json(), "instance": ""}


@pytest.mark.parametrize("kind", ["text", "json"])
async def test_a_null_character_is_named_however_the_database_refuses_it(
    client: AsyncClient, kind: str
) -> None:
    answer = await client.get(f"/api/v1/keep/{kind}")
    assert answer.status_code == 400
    assert "null character" in answer.json()["detail"]
