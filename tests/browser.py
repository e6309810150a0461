"""How does a real browser see a page, and what would it, or a person who uses it differently, complain of?"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, async_playwright

from access import sessions
from access.sign_in import cookie_name
from build_assets import build
from tests.browser_choice import browser_path

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS = ROOT / "build" / "screenshots"
EVERY_PICTURE = os.environ.get("ATTESTED_PICTURES") == "1"
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SERVER_PATIENCE = 120.0  # seconds: a machine may be busy with other things


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking at a page."""

    name: str
    width: int
    height: int = 844
    dark: bool = False
    forced_colours: bool = False
    scripts: bool = True
    text_scale: int = 100
    beside: "Look | None" = None  # another width to check the same page at


SMALLEST = 320  # px: what WCAG's reflow (1.4.10) asks a page to fit
PHONE = Look("phone", 390)
DESK = Look("desk", 1280, 900)
PHONE_AND_DESK = replace(PHONE, beside=DESK)  # walked on a phone, and checked at a desk too
DARK_PHONE = Look("dark-phone", 390, dark=True)
FORCED_COLOURS = Look("forced-colours", 390, forced_colours=True)
LARGE_TEXT = Look("large-text", 390, text_scale=200)
WITHOUT_SCRIPTS = Look("without-scripts", 390, scripts=False)
EVERY_LOOK = (PHONE_AND_DESK, DARK_PHONE, FORCED_COLOURS, LARGE_TEXT, WITHOUT_SCRIPTS)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page open in a browser, and everything the browser complained of since it was opened."""

    page: Page
    look: Look
    complaints: list[str] = field(default_factory=list)

    async def go(self, url: str) -> None:
        """Open an address, and let the fonts arrive."""
        await self.page.goto(url)
        if self.look.text_scale != 100:
            scale = f"document.documentElement.style.fontSize = '{self.look.text_scale}%'"
            await self.page.evaluate(scale)
        if self.look.scripts:
            await self.page.evaluate("document.fonts.ready.then(() => 0)")

    async def check(self, name: str) -> None:
        """Fail on anything axe, the console, the security policy or the width says, with a picture of it."""
        await self._check(name)
        if beside := self.look.beside:
            await self._widen(beside)
            await replace(self, look=beside)._check(name)
            await self._widen(self.look)

    async def _check(self, name: str) -> None:
        problems = [*self.complaints, *await self.too_wide(), *await self._axe()]
        if problems or EVERY_PICTURE:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.look.name}.png", full_page=True)
        assert not problems, f"{name} ({self.look.name}):\n" + "\n".join(problems)

    async def _widen(self, look: Look) -> None:
        await self.page.set_viewport_size(ViewportSize(width=look.width, height=look.height))

    async def too_wide(self) -> list[str]:
        """Say where the page does not fit its window; what fits a phone is held up to the smallest one too."""
        if self.look.width != PHONE.width or self.look.text_scale != 100:
            return await self._over_the_edge()
        found = await self._over_the_edge()
        await self._widen(replace(self.look, width=SMALLEST))
        found += await self._over_the_edge()
        await self._widen(self.look)
        return found

    async def _over_the_edge(self) -> list[str]:
        scroll, client = await self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        return [f"the page is {scroll} px wide in a window of {client} px"] if scroll > client else []

    async def _axe(self) -> list[str]:
        if not self.look.scripts:
            return []  # axe is a script, and promises do not resolve where there are none
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(_AXE.read_text("utf-8") + "\n;0")
        found = await self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", _AXE_RULES
        )
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def listen(self) -> None:
        """Note every error from now on. (Playwright writes to a method's object, and this one is frozen.)"""
        self.page.on("console", lambda message: self._hear(message))  # noqa: PLW0108
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        """Note an error on the console; the page's own status is the test's business, not a complaint."""
        own_status = message.text.startswith("Failed to load resource") and (
            message.location["url"] == self.page.url
        )
        if message.type in {"error", "warning"} and not own_status:
            self.complaints.append(f"console: {message.text}")


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """One browser for all tests of a process; each visit has its own cookies."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=_FLAGS)
        with _presses_that_settle():
            yield browser
        await browser.close()


@contextmanager
def _presses_that_settle() -> Iterator[None]:
    """Have every press wait until the page that it leads to is whole: by itself it waits for the first of it only."""
    with pytest.MonkeyPatch.context() as changed:
        for kind, name in product((Page, Locator), ("click", "press")):
            changed.setattr(kind, name, _settled(getattr(kind, name)))
        yield


def _settled(press: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def pressed(what: Page | Locator, *words: object, **how: object) -> None:
        await press(what, *words, **how)
        page = what if isinstance(what, Page) else what.page
        await page.wait_for_load_state("domcontentloaded")

    return pressed


@pytest.fixture(scope="session")
def service(built_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the whole of Attested on the tests' database, once for each process of tests; its address."""
    build()
    kept = {"DATABASE_URL": built_database, "ATTESTED_DATA": str(tmp_path_factory.mktemp("served"))}
    with served("tests.pages.service:app", kept) as address:
        yield address


async def signed_in(person_id: int) -> dict[str, str]:
    """Begin a session for a person; the cookies of a browser that holds it."""
    return {cookie_name(): await sessions.begin(person_id)}


@asynccontextmanager
async def visiting(
    chromium: Browser, look: Look = PHONE_AND_DESK, *, cookies: Mapping[str, str] | None = None, at: str = ""
) -> AsyncIterator[Visit]:
    """Open an empty page as one look has it; `cookies` belong to the address `at`."""
    scheme: Literal["dark", "light"] = "dark" if look.dark else "light"
    context = await chromium.new_context(
        viewport=ViewportSize(width=look.width, height=look.height),
        color_scheme=scheme,
        forced_colors="active" if look.forced_colours else "none",
        java_script_enabled=look.scripts,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    await context.add_cookies(
        [{"name": name, "value": value, "url": at} for name, value in (cookies or {}).items()]
    )
    page = await context.new_page()
    visit = Visit(page, look)
    visit.listen()
    try:
        yield visit
    finally:
        await context.close()


@contextmanager
def served(target: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve an ASGI application, `module:name`, from a process of its own on a free loopback port; its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "--no-ws", "--log-level", "warning", target],
        env={**os.environ, "PYTHONPATH": paths, **(environment or {})},
        cwd=ROOT,
    )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=_SERVER_PATIENCE)


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SERVER_PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=_SERVER_PATIENCE):  # noqa: S310 - our own loopback
                return
        except urllib.error.HTTPError:
            return  # any status is an answer
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server at {address} did not come up (exit status {process.returncode})")
