"""A clinician, a coordinator, somebody they care for, and whoever else might like to look."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from httpx2 import AsyncClient

from access import sessions
from access.roles import Role
from access.sign_in import cookie_name, form_cookie_name
from foundation.database import as_owner, fetch_one
from foundation.requests import Watched
from tests.builders import force_id, line, listed, officer, person, post
from tests.clients import calling, grant_role, proof

KENT = "E23000032"
PURPOSE = "?purpose=the+routine+check"


@dataclass(frozen=True, slots=True)
class Carers:
    """Olga is of occupational health, Cora coordinates, Bea supervises Ada, Desi is of HR, Otto cares in Kent."""

    olga: int
    cora: int
    ada: int
    bea: int
    desi: int
    vera: int
    otto: int
    grants: dict[int, int]


async def carers() -> Carers:
    """Enter everybody, with their roles."""
    giver, second = await officer("Grant", "Giver"), await officer("Sam", "Second")
    olga, cora = await officer("Olga", "Oh"), await officer("Cora", "Coord")
    ada, bea, desi = (
        await officer("Ada", "Okafor"),
        await officer("Bea", "Boss"),
        await officer("Desi", "Desk"),
    )
    vera = await officer("Vera", "Vetter")
    await line(ada, bea)
    otto = await person("Otto", "Kent")
    await post(otto, force=KENT)
    grants = {
        olga: await grant_role(olga, Role.OCCUPATIONAL_HEALTH, by=giver, approved_by=second),
        cora: await grant_role(cora, Role.WELLBEING_COORDINATOR, by=giver, approved_by=second),
        vera: await grant_role(vera, Role.VETTING_OFFICER, by=giver, approved_by=second),
        desi: await grant_role(desi, Role.LICENSING_DESK, by=giver),
        otto: await grant_role(otto, Role.OCCUPATIONAL_HEALTH, force=KENT, by=giver, approved_by=second),
    }
    await listed()
    return Carers(olga, cora, ada, bea, desi, vera, otto, grants)


@asynccontextmanager
async def at_work(
    app: Watched, there: Carers, person_id: int, *, proved: bool = True
) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody who acts in the role they were granted; programs' tokens are sent along."""
    async with calling(app) as client:
        client.cookies.set(cookie_name(), await session_of(there, person_id, proved=proved))
        await client.get("/passport/care")
        client.headers["x-csrftoken"] = client.cookies.get(form_cookie_name()) or ""
        yield client


async def session_of(there: Carers, person_id: int, *, proved: bool = True) -> str:
    """Begin a session that acts in the role granted to a person, if one was."""
    secret = await sessions.begin(person_id)
    fresh = await sessions.renew(
        secret, acting=there.grants.get(person_id), proof=proof(person_id) if proved else None
    )
    assert fresh is not None
    return fresh


async def attended(person_id: int, on: date, kind: str = "fatal collision") -> None:
    """Enter that somebody attended something, as the incident system would."""
    async with as_owner() as owner:
        await owner.execute(
            "INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on) VALUES ($1, $2, $3, $4)",
            person_id, await force_id(), kind, on,
        )  # fmt: skip


async def national_id(person_id: int) -> str:
    """Return somebody's national identifier."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])
