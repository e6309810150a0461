"""Where does the time of a sweep go, phase by phase, and which functions take it?"""

import cProfile
import io
import pstats
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter

import httpx2
import msgspec
from rich.table import Table

from access import sessions
from access.sign_in import cookie_name
from attested.app import create_litestar
from benchmarks.pages import PAGE
from benchmarks.table import console
from benchmarks.world import World
from foundation.database import fetch, transaction
from foundation.requests import Watched
from foundation.settings import settings
from licence.projection.chunks import Chunk, Whom, settle_chunk
from licence.projection.crew import fewer_looks_for_cycles
from licence.standing.facts import AS_KNOWN_NOW, facts_of
from licence.standing.policies import in_force
from licence.standing.rules import outline

SAMPLE, CHUNK = 20_000, 2_000
TOP = 18
PAGES = 60


@dataclass(slots=True)
class Phases:
    """Seconds of each phase, over the sample."""

    server: float = 0
    wire: float = 0
    shape: float = 0
    rule: float = 0
    settle: float = 0


async def tell(world: World) -> None:
    """Print the phases of deciding and keeping a sample on one process, and the functions that take the time."""
    on = await world.day()
    people = [row[0] for row in await fetch("SELECT id FROM people.person ORDER BY id LIMIT $1", SAMPLE)]
    phases = Phases()
    with fewer_looks_for_cycles():
        for start in range(0, len(people), CHUNK):
            await _decided(people[start : start + CHUNK], on, phases)
        began = perf_counter()
        for start in range(0, len(people), CHUNK):
            await settle_chunk(
                Chunk(Whom.EVERYONE, people[start : start + CHUNK], on + timedelta(days=1), waits=True)
            )
        phases.settle = perf_counter() - began
    profiler = cProfile.Profile()
    profiler.enable()
    for start in range(0, len(people), CHUNK):
        await settle_chunk(
            Chunk(Whom.EVERYONE, people[start : start + CHUNK], on + timedelta(days=2), waits=True)
        )
    profiler.disable()
    _print(phases, len(people))
    _print_functions(profiler, "A sweep of everybody, decided, compared and stored")
    await _page(world)


async def _page(world: World) -> None:
    """Print where the officer's page spends its time, within the server's own process."""
    officer = (await world.officers(1))[0]
    cookies = {cookie_name(): await sessions.begin(officer)}
    within = httpx2.ASGITransport(Watched(create_litestar()))  # type: ignore[arg-type]
    async with httpx2.AsyncClient(transport=within, base_url=settings().address, cookies=cookies) as client:
        (await client.get(PAGE)).raise_for_status()
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(PAGES):
            await client.get(PAGE)
        profiler.disable()
    _print_functions(profiler, f"The officer's page, {PAGES} times")


async def _decided(chunk: list[int], on: date, phases: Phases) -> None:
    """Take the time of each phase; what the server needs is its own word."""
    governing = await in_force()
    async with transaction() as connection:
        await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        explained = await connection.fetchval(
            f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {AS_KNOWN_NOW}", chunk
        )
        server = _milliseconds(explained) / 1000
        fetched = await _took(lambda: connection.fetch(AS_KNOWN_NOW, chunk))
        known = {}

        async def shaped() -> None:
            known.update(await facts_of(chunk, offers_meet=governing.force_duties))

        all_of_it = await _took(shaped)
    began = perf_counter()
    for facts in known.values():
        outline(facts, governing.of(facts, on), on)
    phases.rule += perf_counter() - began
    phases.server += server
    phases.wire += max(0.0, fetched - server)
    phases.shape += max(0.0, all_of_it - fetched)


async def _took(step: Callable[[], object]) -> float:
    began = perf_counter()
    await step()  # type: ignore[misc]
    return perf_counter() - began


def _milliseconds(explained: str) -> float:
    plan = msgspec.json.decode(explained)[0]
    return float(plan["Planning Time"]) + float(plan["Execution Time"])


def _print(phases: Phases, people: int) -> None:
    deciding = phases.server + phases.wire + phases.shape + phases.rule
    table = Table(
        title=f"Where the time goes, one process, {people:,} people", title_justify="left", box=None
    )
    for heading in ("phase", "microseconds a person", "share of deciding"):
        table.add_column(heading, justify="left" if heading == "phase" else "right")
    for name, seconds in (
        ("the facts statement on the server", phases.server),
        ("its answer over the wire, decoded", phases.wire),
        ("shaped into facts", phases.shape),
        ("the rule", phases.rule),
        ("deciding, together", deciding),
        ("settled: decided, compared and stored", phases.settle),
    ):
        table.add_row(name, f"{seconds / people * 1e6:.1f}", f"{seconds / deciding:.0%}")
    console.print(table)


def _print_functions(profiler: cProfile.Profile, title: str) -> None:
    """Print the functions that take most time themselves; the wait for the server is the one called poll or select."""
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats("tottime").print_stats(TOP)
    console.print(title, text.getvalue(), sep="\n", markup=False, highlight=False)
