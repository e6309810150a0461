"""The national policy in force, and people whose passports are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from foundation.clock import today
from foundation.database import fetch_one
from passport.policy.actions import set_up
from tests.builders import evidence, grant, line, listed, officer, person, post
from tests.clients import grant_role
from tests.house.tree import ROOT

NATIONAL = ROOT / "policies" / "2026-1-national.toml"
CORE = ("PPST", "FIRST-AID", "JRFT", "CODE-OF-ETHICS", "INFO-MGMT")
BEDFORDSHIRE = "E23000026"


def days_ago(days: int) -> date:
    """Return a day so many days before today."""
    return today() - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class People:
    """Ada and everybody who may, or may not, see her passport."""

    ada: int
    sergeant: int
    former_sergeant: int
    colleague: int
    desk: int
    other_desk: int
    address: str


@pytest.fixture
async def national(database: str) -> str:
    """The shipped policy, in force since before anything here happened."""
    await set_up(text=NATIONAL.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    return database


@pytest.fixture
async def people(national: str) -> People:
    """Ada of response, everything met but personal safety training, which is in grace; and those around her."""
    ada = await licensed("Ada", profiles=("response", "taser"), missing=("PPST",))
    await evidence(ada, "PPST", days_ago(370))
    for code in ("CED", "DRIVE-RESPONSE", "DA-MATTERS"):
        await evidence(ada, code, days_ago(100))
    sergeant, former = (
        await officer("Sunil", "Rao", rank="sergeant"),
        await officer("Fay", "Gone", rank="sergeant"),
    )
    colleague, desk, other_desk = (
        await officer("Col", "League"),
        await officer("Desi", "Desk"),
        await person("Otto"),
    )
    await post(other_desk, force=BEDFORDSHIRE)
    await line(ada, former, until=days_ago(31))
    await line(ada, sergeant, since=days_ago(30))
    await grant_role(desk, "licensing desk", by=sergeant)
    await grant_role(other_desk, "licensing desk", force=BEDFORDSHIRE, by=sergeant)
    await listed()
    return People(ada, sergeant, former, colleague, desk, other_desk, await address_of(ada))


async def licensed(
    given: str, *, profiles: Sequence[str] = (), missing: Sequence[str] = (), granted: int = 400
) -> int:
    """Enter an officer with a licence, and evidence of everything its core asks for but what is missing."""
    number = await person(given)
    await post(number, profiles=profiles)
    await grant(number, days_ago(granted))
    for code in CORE:
        if code not in missing:
            await evidence(number, code, days_ago(100))
    return number


async def address_of(person_id: int) -> str:
    """Return the address of a person's passport."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return f"/people/{row['national_id']}/passport"
