"""An application that signs people in through a provider: a certified one, and one that lies as a test tells it to."""

import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from access.openid.provider import provider_of
from access.sign_in import cookie_name
from attested.app import create_app
from foundation.database import execute
from foundation.requests import Watched
from setup import node_folder
from tests.access.openid.hostile import Hostile, hostile_provider
from tests.clients import LOOPBACK, submit
from tests.operating import operated

ADDRESS = "http://localhost:8000"
API = "https://api.attested.test"
SCRIPT = Path(__file__).resolve().parents[2] / "openid_server" / "provider.mjs"
ENVIRONMENT = {
    "OIDC_CLIENT_ID": "attested",
    "OIDC_CLIENT_SECRET": "a-secret-that-only-the-tests-know-of",
    "OIDC_STEP_UP_ACR": "urn:test:security-key",
    "OIDC_API_AUDIENCE": API,
    "SESSION_SECRET": "x" * 32,
}


@contextmanager
def started_provider(**environment: str) -> Iterator[str]:
    """Start the certified provider; its issuer."""
    folder = node_folder()
    node = shutil.which("node", path=str(folder)) if folder else None
    assert node is not None, "There is no Node.js: python3 scripts/setup.py test"
    process = subprocess.Popen(
        [node, str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "API_AUDIENCE": API, **environment},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["issuer"])
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        process.stdout.close()


@pytest.fixture(scope="session")
def certified() -> Iterator[str]:
    """The certified provider, once for all tests of a process."""
    with started_provider() as issuer:
        yield issuer


@pytest.fixture(scope="session")
def certified_app(certified: str) -> Watched:
    """The application as it is made where people sign in through the certified provider."""
    with operated(OIDC_ISSUER=certified, **ENVIRONMENT):
        return create_app()


@pytest.fixture
def service(certified: str, certified_app: Watched) -> Iterator[Watched]:
    """The application, signing people in through the certified provider."""
    provider_of.cache_clear()
    with operated(OIDC_ISSUER=certified, **ENVIRONMENT):
        yield certified_app


@pytest.fixture(scope="session")
def lying() -> Iterator[Hostile]:
    """The hostile provider, once for all tests of a process."""
    with hostile_provider() as provider:
        yield provider


@pytest.fixture(scope="session")
def misled_app(lying: Hostile) -> Watched:
    """The application as it is made where people sign in through the hostile provider."""
    with operated(OIDC_ISSUER=lying.issuer, **ENVIRONMENT):
        return create_app()


@pytest.fixture
def hostile(lying: Hostile) -> Hostile:
    """The hostile provider, honest until a test has it lie."""
    lying.be_honest()
    return lying


@pytest.fixture
def misled(hostile: Hostile, misled_app: Watched) -> Iterator[Watched]:
    """The application, signing people in through the hostile provider."""
    provider_of.cache_clear()
    with operated(OIDC_ISSUER=hostile.issuer, **ENVIRONMENT):
        yield misled_app


@asynccontextmanager
async def browsing(app: Watched, address: str = ADDRESS) -> AsyncIterator[AsyncClient]:
    """A browser of its own, which goes nowhere unless it is told to."""
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url=address) as client:
        yield client


async def link(person_id: int, issuer: str, subject: str) -> None:
    """Link an account to a person, as the command does."""
    await execute(
        "INSERT INTO access.identity_link (person_id, issuer, subject) VALUES ($1, $2, $3)",
        person_id,
        issuer,
        subject,
    )


async def through_the_provider(
    provider: AsyncClient, address: str, login: str, *, acr: str | None = None
) -> str:
    """Sign in at the certified provider, if it asks, and return where it sends the browser back to."""
    answer = await provider.get(address)
    if "/interaction/" in answer.headers.get("location", ""):
        said = {"login": login, **({"acr": acr} if acr else {})}
        answer = await provider.post(str(provider.base_url.join(answer.headers["location"])), data=said)
        answer = await provider.get(answer.headers["location"])
    assert answer.status_code in {302, 303}, answer.text
    return answer.headers["location"]


@asynccontextmanager
async def at(issuer: str) -> AsyncIterator[AsyncClient]:
    """What the browser is at the provider: its cookies there."""
    async with AsyncClient(base_url=issuer) as provider:
        yield provider


async def sign_in(
    client: AsyncClient, provider: AsyncClient, login: str, *, to: str = "/", acr: str | None = None
) -> Response:
    """Sign in all the way, and return the answer to coming back."""
    left = await submit(client, f"/sign-in?to={to}", "/sign-in", {"to": to})
    assert left.status_code == 303, left.text
    return await client.get(await through_the_provider(provider, left.headers["location"], login, acr=acr))


def is_signed_in(client: AsyncClient) -> bool:
    """Say whether the browser holds a session's secret."""
    return bool(client.cookies.get(cookie_name()))
