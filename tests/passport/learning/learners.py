"""Who learns, who supervises, who trains, and who has no business here; under the policy that the system ships with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from httpx2 import AsyncClient, Response

from access.sign_in import form_cookie_name
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import fetch
from tests import builders
from tests.clients import TOKEN, grant_role

LAST_MONTH = today() - timedelta(days=30)
CODE = "PPST"
TITLE = "Public and personal safety training"
PLACE = "Bristol training centre"


@dataclass(frozen=True, slots=True)
class School:
    """Ada learns, Sue supervises her, Lee is learning and development, Bea is somebody else of the force."""

    ada: int
    sue: int
    lee: int
    bea: int
    ada_number: str


async def school() -> School:
    """Enter them, and put the shipped policy in force."""
    await policy_in_force(today())
    ada, bea = await builders.officer(), await builders.officer("Bea", "Norton")
    sue, lee = (
        await builders.officer("Sue", "Manager", rank="sergeant"),
        await builders.officer("Lee", "Handley"),
    )
    await builders.line(ada, sue)
    await grant_role(lee, "learning and development", by=bea)
    await builders.listed()
    (row,) = await fetch("SELECT national_id FROM people.person WHERE id = $1", ada)
    return School(ada, sue, lee, bea, row["national_id"])


def answers(on: date = LAST_MONTH, /, **others: str) -> dict[str, str]:
    """Fill in the form of a record."""
    boxes = {f"on-{box}": str(getattr(on, box)) for box in ("day", "month", "year")}
    return {"requirement": CODE, **boxes, "hours": "7.5", "source": PLACE, "reference": "BTC-17", **others}


async def send(
    client: AsyncClient,
    path: str,
    fields: dict[str, str] | None = None,
    file: tuple[str, bytes] | None = None,
) -> Response:
    """Send a form to an address, with the token of a page."""
    found = TOKEN.search((await client.get("/passport/evidence/new")).text)
    assert found
    data = {**(fields or {}), "_csrf_token": found[1] or found[2]}
    files = {"file": (file[0], file[1], "application/octet-stream")} if file else None
    return await client.post(path, data=data, files=files)


async def recorded(client: AsyncClient, **others: str) -> int:
    """Record something of one's own, and return its number."""
    return number_of(await send(client, "/passport/evidence", answers(**others)))


def number_of(answer: Response) -> int:
    """Return the record that an answer leads to."""
    assert answer.status_code == 303, answer.text
    found = re.search(r"/evidence/(\d+)", answer.headers["location"])
    assert found
    return int(found[1])


async def token(client: AsyncClient) -> dict[str, str]:
    """Return the header that lets a program's write through."""
    await client.get("/api/v1/policies")
    return {"x-csrftoken": client.cookies[form_cookie_name()]}


async def told(person_id: int) -> list[str]:
    """Return the headlines in somebody's inbox, the first told first."""
    rows = await fetch(
        """SELECT headline FROM people.notice_delivery JOIN people.notice ON notice.id = notice_id
            WHERE recipient_id = $1 AND channel = 'inbox' ORDER BY notice_delivery.id""",
        person_id,
    )
    return [row["headline"] for row in rows]
