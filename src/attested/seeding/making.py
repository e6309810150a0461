"""How are forces made up in two processes, while the rows of those before them are being loaded?"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from attested.seeding.force import make
from attested.seeding.members import Order
from attested.seeding.sheets import Book

WORTH_PROCESSES = 20_000
PROCESSES = 2
AHEAD = 6
"""How many forces may be made or wait, in memory, while one is being loaded."""


async def made(wanted: Sequence[Order]) -> AsyncGenerator[Book]:
    """Yield each force, whole: the largest first, for nobody else can help with it."""
    orders = sorted(wanted, key=lambda order: (-order.people, order.first_person))
    if sum(order.people for order in orders) < WORTH_PROCESSES:
        for order in orders:
            yield make(order)
        return
    loop = asyncio.get_running_loop()
    # Begun anew, not forked: a fork would share the loop's and the database's connections.
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        under_way: deque[asyncio.Future[Book]] = deque()
        for order in orders:
            under_way.append(loop.run_in_executor(pool, make, order))
            if len(under_way) > AHEAD:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
