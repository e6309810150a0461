"""A training department: Tess and Tim train, Ada and Bo learn, Bea supervises Tess, Lea works on the licensing desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from httpx2 import AsyncClient

from access.facts import identity_of
from access.identity import Identity
from access.roles import Role
from access.sign_in import form_cookie_name
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from passport.policy.actions import set_up
from tests.builders import AVON, identifier, line, listed, officer, person, post
from tests.clients import calling, grant_role
from tests.house.tree import ROOT

KENT = "E23000032"
POLICY = ROOT / "policies" / "2026-1-national.toml"


@dataclass(frozen=True, slots=True)
class School:
    """Everybody by number: two trainers, two who learn, the first trainer's supervisor, the desk, Kent's trainer."""

    tess: int
    tim: int
    ada: int
    bo: int
    bea: int
    lea: int
    kit: int


async def school() -> School:
    """Enter everybody, with their roles, numbers and the shipped policy."""
    await set_up(text=POLICY.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    giver = await officer("Grant", "Giver")
    tess, tim = await officer("Tess", "Trainer"), await officer("Tim", "Trainer")
    ada, bo = await officer("Ada", "Okafor"), await officer("Bo", "Bright")
    bea, lea = await officer("Bea", "Boss"), await officer("Lea", "Desk")
    await line(tess, bea)
    kit = await person("Kit", "Kent")
    await post(kit, force=KENT)
    for number, one in enumerate((tess, tim, ada, bo, bea)):
        await identifier(one, f"{4000 + number}")
    for one in (tess, tim):
        await grant_role(one, Role.LEARNING, by=giver)
    await grant_role(lea, Role.LICENSING_DESK, by=giver)
    await grant_role(kit, Role.LEARNING, force=KENT, by=giver)
    await listed()
    return School(tess, tim, ada, bo, bea, lea, kit)


async def known(person_id: int) -> Identity:
    """Return who somebody is today."""
    found = await identity_of(person_id, today())
    assert found is not None
    return found


def acting(person_id: int) -> Actor:
    """Return somebody as the audit names them."""
    return Actor(person_id, f"person {person_id}")


@asynccontextmanager
async def at_work(app: Watched, person_id: int) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody, with the token that writes need."""
    async with calling(app, person_id) as client:
        await client.get("/passport")
        client.headers["x-csrftoken"] = client.cookies[form_cookie_name()]
        yield client


async def people(many: int, *, force: str = AVON) -> list[int]:
    """Enter many more officers, each with a collar number of their own from 5000 on."""
    made = []
    for number in range(many):
        one = await officer(f"Given{number:02}", f"Learner{number:02}")
        await identifier(one, f"{5000 + number}", force=force)
        made.append(one)
    await listed()
    return made


async def held_by(person_id: int) -> list[tuple[str, date, bool]]:
    """Return the evidence that stands of somebody: requirement, day, and whether it is verified."""
    rows = await fetch(
        """SELECT code, completed_on, is_verified FROM passport.evidence
             JOIN passport.requirement ON requirement.id = requirement_id
            WHERE person_id = $1 AND superseded_at IS NULL ORDER BY completed_on, code""",
        person_id,
    )
    return [tuple(row) for row in rows]
