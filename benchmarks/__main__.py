"""Measure every figure: python -m benchmarks --size small (two minutes) or --size nation (eight)."""

import argparse
import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable, Mapping

import structlog

from attested.local import Addresses
from benchmarks import (
    absence,
    importing,
    lists,
    nation,
    one_person,
    pages,
    planning,
    profile,
    sealing,
    walls,
    what_if,
)
from benchmarks.measuring import Figure
from benchmarks.table import console, keep, tell
from benchmarks.world import KEPT, SIZES, Size, World, addresses, has_drifted, world
from foundation.database import fetch_one
from foundation.settings import settings

PARTS: Mapping[str, Callable[[World], AsyncIterator[Figure]]] = {
    "one": one_person.figures,
    "lists": lists.figures,
    "page": pages.figures,
    "nation": nation.figures,
    "what-if": what_if.figures,
    "planning": planning.figures,
    "import": importing.figures,
    "sealing": sealing.figures,
    "walls": walls.figures,
    "absence": absence.figures,
}
"""Each is a file that measures something with its floor beside it, and is listed in the order of the table."""

PROFILE = "profile"


def main() -> None:
    """Measure, print the table, and say where the time goes."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asked = _asked()
    size, parts = SIZES[asked.size], asked.only or [*PARTS, PROFILE]
    if not _measured(size, parts):
        for folder in KEPT.glob(f"{size.name}-*"):
            shutil.rmtree(folder)
        _measured(size, parts)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--only", nargs="*", choices=sorted([*PARTS, PROFILE]), help="some parts alone")
    return parser.parse_args()


def _measured(size: Size, parts: list[str]) -> bool:
    """Measure the parts; False where the nation has drifted too far and has to be made anew."""
    with addresses(size) as (database_url, redis_url):
        found = Addresses(database_url, redis_url)
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = found.database_url, found.redis_url
        os.environ.setdefault("API_CALLS_A_MINUTE", "1000000")  # how fast, not how often
        settings.cache_clear()
        is_usable = asyncio.run(_run(size, found, parts))
        del os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    return is_usable


async def _run(size: Size, found: Addresses, parts: list[str]) -> bool:
    async with world(size, found.database_url, found.redis_url) as here:
        if has_drifted(await here.day(), here.seeded_on):
            return False
        figures: list[Figure] = []
        for part in parts:
            if part in PARTS:
                with console.status(f"Measuring: {part}"):
                    async for one in PARTS[part](here):
                        figures.append(one)
                        console.print(f"{one.name}: {one.ratio:.2f} times {one.beside}", highlight=False)
        if figures:
            tell(figures, f"{size.people:,} people, {await _evidence()} records of evidence")
            keep(figures, KEPT / f"{size.name}.json")
        if PROFILE in parts:
            await profile.tell(here)
    return True


async def _evidence() -> str:
    row = await fetch_one("SELECT count(*) FROM passport.evidence")
    return f"{row['count'] if row else 0:,}"


if __name__ == "__main__":
    main()
