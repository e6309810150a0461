"""How does a test hand in a file through the page, as a person with a browser does?"""

from collections.abc import Sequence
from datetime import date

from httpx2 import AsyncClient, Response

from foundation.clock import today
from tests.builders import AVON, officer
from tests.clients import TOKEN, grant_role
from tests.intake.handing import HR_HEADER

PC = "{payroll},{collar},{surname},Ada,Officer,PC,Response North,,01/02/2019,"


def extract(*surnames: str, first: int = 4_000_000, header: str = HR_HEADER) -> bytes:
    """Return an HR extract with an officer for each surname."""
    rows = [
        PC.format(payroll=first + number, collar=7000 + number, surname=surname)
        for number, surname in enumerate(surnames)
    ]
    return "\r\n".join((header, *rows, "")).encode()


async def learner(given: str = "Lena", *, force: str = AVON, role: str = "learning and development") -> int:
    """Enter somebody who hands in files for a force."""
    one, other = await officer(given, "Handley"), await officer("Grant", "Giver")
    await grant_role(one, role, force=force, by=other)
    return one


async def token_of(client: AsyncClient, page: str) -> str:
    """Return the token against forgery that a page's form holds."""
    found = TOKEN.search((await client.get(page)).text)
    assert found is not None, f"{page} has no form"
    return found[1] or found[2]


async def hand_in(
    client: AsyncClient,
    content: bytes | None,
    *,
    name: str = "extract.csv",
    kind: str = "hr",
    on: date | None = None,
    fields: Sequence[tuple[str, str]] = (),
) -> Response:
    """Fill in the upload form and send it; no content selects no file."""
    day = on or today()
    answers = {"kind": kind, "on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}
    return await client.post(
        "/imports",
        data={**answers, **dict(fields), "_csrf_token": await token_of(client, "/imports/new")},
        files={"file": (name if content is not None else "", content or b"", "text/csv")},
    )


async def press(client: AsyncClient, page: str) -> Response:
    """Press the button of a page that asks for certain."""
    return await client.post(page, data={"_csrf_token": await token_of(client, page)})
