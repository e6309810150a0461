"""Somebody who leads, whoever leads them, an assessor, and whoever else might like to judge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx2 import AsyncClient

from access.roles import Role
from access.sign_in import form_cookie_name
from foundation.database import fetch_one
from foundation.requests import Watched
from tests.builders import line, listed, officer, person, post
from tests.clients import calling, grant_role

KENT = "E23000032"
SHOWN = {
    "title": "A briefing that nobody wanted", "happened_on": "2026-10-05",
    "text": "I told the team what we had got wrong, and asked them what to change.", "standards": ["L2-CULTURE"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Force:
    """Sasha is a sergeant; Ines leads them, Lou assesses for Avon, Kim for Kent; Col is a colleague."""

    sasha: int
    ines: int
    lou: int
    kim: int
    col: int


async def force() -> Force:
    """Enter everybody, with their roles."""
    sasha = await officer("Sasha", "Ahmed", rank="sergeant")
    ines = await officer("Ines", "Inspector", rank="inspector")
    lou, col, giver = [
        await officer(*name) for name in (("Lou", "Learner"), ("Col", "Mate"), ("Grant", "Giver"))
    ]
    kim = await person("Kim", "Kent")
    await post(kim, force=KENT)
    await line(sasha, ines)
    await grant_role(lou, Role.LEARNING, by=giver)
    await grant_role(kim, Role.LEARNING, force=KENT, by=giver)
    await listed()
    return Force(sasha, ines, lou, kim, col)


@asynccontextmanager
async def working(app: Watched, person_id: int) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody; programs' tokens are sent along."""
    async with calling(app, person_id) as client:
        await client.get("/passport/leadership/examples/new")
        client.headers["x-csrftoken"] = client.cookies.get(form_cookie_name()) or ""
        yield client


async def offered(app: Watched, person_id: int, **words: object) -> int:
    """Let somebody write an example and offer it."""
    async with working(app, person_id) as client:
        written = await client.post("/api/v1/me/leadership/examples", json={**SHOWN, **words})
        assert written.status_code == 201, written.text
        number = int(written.json()["id"])
        answer = await client.post(f"/api/v1/me/leadership/examples/{number}/offer")
        assert answer.status_code == 200, answer.text
    return number


async def national_id(person_id: int) -> str:
    """Return somebody's national identifier."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])
