"""Who calls the service in a test: nobody, or a person with a session of their own, over the real application."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from access import sessions
from access.roles import Role
from access.sessions import Proof
from access.sign_in import cookie_name
from attested.app import create_app
from build_assets import build
from foundation.clock import now
from foundation.database import fetch_one
from foundation.requests import Watched

LOOPBACK = ("127.0.0.1", 50_000)
TOKEN = re.compile(r'name="_csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="_csrf_token"')


@pytest.fixture(scope="session")
def app() -> Watched:
    """The application as a server runs it, in the tests' own loop (traps L4), with the assets that its pages name."""
    build()
    return create_app()


def proof(person_id: int, *, minutes_ago: float = 0, strength: str | None = None) -> Proof:
    """Return what an identity provider would say of a person who proved a while ago who they are."""
    at = now() - timedelta(minutes=minutes_ago)
    return Proof("https://idp.test", f"subject-{person_id}", f"sid-{person_id}", "id.token", at, strength)


@asynccontextmanager
async def calling(
    app: Watched, person_id: int | None = None, *, proved: bool = True
) -> AsyncIterator[AsyncClient]:
    """Call the application, signed in as a person who has just proved who they are, or as nobody."""
    cookies = {}
    if person_id is not None:
        lately = proof(person_id) if proved else None
        cookies[cookie_name()] = await sessions.begin(person_id, proof=lately)
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies) as client:
        yield client


async def submit(client: AsyncClient, page: str, action: str, fields: dict[str, str]) -> Response:
    """Fill in the form on a page, its token against forgery included, and send it."""
    found = TOKEN.search((await client.get(page)).text)
    assert found is not None, f"{page} has no form"
    return await client.post(action, data={**fields, "_csrf_token": found[1] or found[2]})


async def grant_role(
    person_id: int, role: str, *, force: str = "E23000036", by: int, approved_by: int | None = None
) -> int:
    """Give a person a role from long ago, for a force where it is one of a force, and return the grant's number."""
    row = await fetch_one(
        """INSERT INTO access.role_grant (person_id, role, force_id, valid_from, granted_by, approved_by, approved_at)
           SELECT $1, $2, CASE WHEN $7 THEN NULL ELSE id END, $4, $5, $6::int, CASE WHEN $6::int IS NULL THEN NULL ELSE now() END
             FROM people.force WHERE code = $3 RETURNING id""",
        person_id,
        role,
        force,
        date(2020, 1, 1),
        by,
        approved_by,
        Role(role).is_national,
    )
    assert row is not None, f"no force has the code {force}"
    return int(row["id"])
