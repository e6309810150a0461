"""How many officers' pages does one process serve, beside the same server answering with a constant?"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import perf_counter

from access import sessions
from access.sign_in import cookie_name
from benchmarks import twin
from benchmarks.measuring import Figure, Goal
from benchmarks.world import ROOT, World

CONNECTIONS = 4
SECONDS = 4.0
STARTS_WITHIN = 30.0
PAGE = "/passport"


class NotServedError(RuntimeError):
    """The server did not start, or answered with something other than a page."""


async def figures(world: World) -> AsyncIterator[Figure]:
    """Measure the rate of the officer's page and of its constant twin, in turn."""
    secrets = [await sessions.begin(person_id) for person_id in await world.officers(CONNECTIONS)]
    cookies = [f"{cookie_name()}={secret}" for secret in secrets]
    async with _served(world) as port:
        rates: list[tuple[float, float]] = []
        for turn in range(world.size.rounds + 1):
            rate = await _rate(port, twin.PATH, cookies), await _rate(port, PAGE, cookies)
            if turn:
                rates.append(rate)
    yield Figure(
        "officer's page over HTTP, answers a second",
        "a constant after one bare query",
        Goal(0.5, at_most=False),
        tuple(ours / floor for floor, ours in rates),
        1 / sorted(floor for floor, _ in rates)[len(rates) // 2],
        1 / sorted(ours for _, ours in rates)[len(rates) // 2],
    )


@asynccontextmanager
async def _served(world: World) -> AsyncIterator[int]:
    """Serve the pages from one process, as in production."""
    port = _free_port()
    words = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--loop", "uvloop", "--workers", "1",
             "--port", str(port), "--no-ws", "benchmarks.twin:create_app"]  # fmt: skip
    environment = {**os.environ, "DATABASE_URL": world.database_url, "REDIS_URL": world.redis_url}
    server = subprocess.Popen(  # noqa: ASYNC220 - it is started once, and waited for below
        words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await _until_served(port)
        yield port
    finally:
        server.terminate()
        await asyncio.to_thread(server.wait)


async def _until_served(port: int) -> None:
    until = perf_counter() + STARTS_WITHIN
    while perf_counter() < until:
        try:
            if await _ask(await asyncio.open_connection("127.0.0.1", port), "/health", ""):
                return
        except OSError:
            await asyncio.sleep(0.1)
    raise NotServedError


async def _rate(port: int, path: str, cookies: Sequence[str]) -> float:
    """Return how many answers a second come to some connections that never rest."""
    until = perf_counter() + SECONDS
    counts = await asyncio.gather(*(_asking(port, path, cookie, until) for cookie in cookies))
    return sum(counts) / SECONDS


async def _asking(port: int, path: str, cookie: str, until: float) -> int:
    line = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while perf_counter() < until:
        if not await _ask(line, path, cookie):
            raise NotServedError
        count += 1
    line[1].close()
    return count


async def _ask(line: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str, cookie: str) -> bool:
    reader, writer = line
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return head.startswith(b"http/1.1 200")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
