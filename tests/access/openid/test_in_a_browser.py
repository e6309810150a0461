"""Does a real browser, held to our security policy, go through a certified provider and back, and out everywhere?"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from httpx2 import AsyncClient, Client, HTTPError
from playwright.async_api import Browser

from access import sessions
from foundation.database import fetch
from tests.access.openid.conftest import ENVIRONMENT, link, sign_in, started_provider
from tests.access.openid.conftest import at as browser_at
from tests.browser import EVERY_LOOK, PHONE, ROOT, Look, visiting
from tests.builders import officer

pytestmark = pytest.mark.anyio
PATIENCE = 120.0  # seconds: a machine may be busy with other things


@dataclass(frozen=True, slots=True)
class Running:
    """The service as people reach it, and the provider they sign in at."""

    address: str
    issuer: str


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def running(built_database: str) -> Iterator[Running]:
    """The service in a process of its own, which the provider can call back."""
    port = _free_port()
    address = f"http://localhost:{port}"
    with started_provider(LOGOUT_AT=f"{address}/sign-out/by-provider") as issuer:
        chosen = {**ENVIRONMENT, "OIDC_ISSUER": issuer, "PUBLIC_URL": address, "DATABASE_URL": built_database}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
             "--no-ws", "--log-level", "warning", "--factory", "attested.app:create_app"],
            env={**os.environ, **chosen, "PYTHONPATH": paths},
            cwd=ROOT,
        )  # fmt: skip
        try:
            _wait_for(f"{address}/health", process)
            yield Running(address, issuer)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    with Client() as client:
        while process.poll() is None and time.monotonic() < deadline:
            try:
                client.get(url)
            except HTTPError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError(f"{url} does not answer")


async def test_one_signs_in_proves_it_again_and_signs_out_everywhere(
    chromium: Browser, running: Running, database: str
) -> None:
    await link(await officer("Ada"), running.issuer, "ada")
    async with visiting(chromium, PHONE) as visit:
        page = visit.page
        await visit.go(f"{running.address}/inbox")
        await page.get_by_role("button", name="Continue to your force’s sign-in").click()
        await page.get_by_label("Who are you?").fill("ada")
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(f"{running.address}/inbox")
        await visit.check("signed-in-through-a-provider")

        await visit.go(f"{running.address}/sign-in/again?to=/sessions")
        await page.get_by_role("button", name="Confirm that it is me").click()
        await page.get_by_label("Who are you?").fill("ada")
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(f"{running.address}/sessions")
        assert await page.get_by_text("This one").count() == 1
        (kept,) = await fetch("SELECT strength, sid FROM access.session WHERE ended_at IS NULL")
        assert kept["strength"] == "urn:test:security-key"
        assert kept["sid"]

        await page.get_by_role("button", name="Sign out").first.click()
        await page.get_by_role("button", name="Sign out everywhere").click()
        await page.wait_for_url(f"{running.address}/signed-out*")
        await visit.check("signed-out-at-the-provider")
        await visit.go(f"{running.address}/inbox")
        assert page.url.startswith(f"{running.address}/sign-in?")
        assert visit.complaints == []


async def test_signing_out_in_one_browser_ends_the_session_in_the_others(
    running: Running, database: str
) -> None:
    """The provider itself tells us, over the back channel, that the session of its own has ended."""
    ada = await officer("Ada")
    await link(ada, running.issuer, "ada")
    async with browser_at(running.issuer) as provider:
        async with (
            AsyncClient(base_url=running.address) as phone,
            AsyncClient(base_url=running.address) as desk,
        ):
            assert (await sign_in(phone, provider, "ada")).status_code == 303
            assert (await sign_in(desk, provider, "ada")).status_code == 303
            assert len(await sessions.sessions_of(ada)) == 2
        asks = await provider.get("/session/end")
        secret = asks.text.partition('name="xsrf" value="')[2].partition('"')[0]
        assert secret
        await provider.post("/session/end/confirm", data={"xsrf": secret, "logout": "yes"})
    assert await sessions.sessions_of(ada) == ()
    told = await fetch(
        "SELECT FROM foundation.audit_event WHERE event = 'signed out by the identity provider'"
    )
    assert len(told) == 1


@pytest.mark.parametrize("look", EVERY_LOOK, ids=lambda look: look.name)
async def test_the_way_in_is_well_in_every_browser(
    chromium: Browser, running: Running, database: str, look: Look
) -> None:
    async with visiting(chromium, look) as visit:
        await visit.go(f"{running.address}/sign-in")
        await visit.check("sign-in-with-provider")
        await visit.page.get_by_role("button", name="Continue to your force’s sign-in").click()
        await visit.page.get_by_label("Who are you?").fill("nobody-here")
        await visit.page.get_by_role("button", name="Sign in").click()
        await visit.page.wait_for_url(f"{running.address}/sign-in/back*")
        await visit.check("not-linked")
