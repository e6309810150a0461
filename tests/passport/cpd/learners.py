"""Somebody who learns, whoever leads them, and whoever else might like to read what they wrote."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx2 import AsyncClient

from access.sign_in import form_cookie_name
from foundation.database import fetch_one
from foundation.requests import Watched
from tests.builders import line, listed, officer, person, post
from tests.clients import calling

KENT = "E23000032"
WHOLE = {
    "title": "A stop that went wrong", "happened_on": "2026-11-02", "what": "I stopped a man without saying why.",
    "so_what": "He was right to complain.", "now_what": "I say the grounds first, every time.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Station:
    """Ada writes; Bea leads her, Col is a colleague, Nora leads others, Ken serves in Kent."""

    ada: int
    bea: int
    col: int
    nora: int
    ken: int


async def station() -> Station:
    """Enter everybody."""
    ada, bea, col, nora = [
        await officer(*name)
        for name in (("Ada", "Okafor"), ("Bea", "Boss"), ("Col", "Mate"), ("Nora", "Nosy"))
    ]
    await line(ada, bea)
    await line(col, nora)
    ken = await person("Ken", "Kent")
    await post(ken, force=KENT)
    await listed()
    return Station(ada, bea, col, nora, ken)


@asynccontextmanager
async def writing(app: Watched, person_id: int) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody; programs' tokens are sent along."""
    async with calling(app, person_id) as client:
        await client.get("/passport/cpd/new")
        client.headers["x-csrftoken"] = client.cookies.get(form_cookie_name()) or ""
        yield client


async def entry(app: Watched, person_id: int, **words: object) -> int:
    """Let somebody write an entry, and return its number."""
    async with writing(app, person_id) as client:
        answer = await client.post("/api/v1/me/cpd", json={**WHOLE, **words})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def shared(app: Watched, person_id: int, number: int, *, colleague: str | None = None) -> int:
    """Let somebody share an entry, and return the number of the share."""
    async with writing(app, person_id) as client:
        answer = await client.post(f"/api/v1/me/cpd/{number}/shares", json={"colleague": colleague})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["shares"][-1]["id"])


async def national_id(person_id: int) -> str:
    """Return somebody's national identifier."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])
