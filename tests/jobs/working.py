"""The jobs that the tests ask for, and what became of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from asyncpg import Record

from foundation.database import execute, fetch, fetch_one, transaction
from foundation.jobs.asking import ask
from foundation.jobs.handlers import Handler, Handlers, Work, joined
from foundation.jobs.runner import Runner

PATIENCE = 60.0  # seconds: a machine may be busy with other things
CANARY = "somebody's name"


class PoisonError(Exception):
    """This job never works."""


async def mark(work: Work) -> None:
    """Have an effect that can be counted."""
    await execute("INSERT INTO public.effect VALUES ($1, $2)", work.id, work.name)


async def poison(work: Work) -> None:
    raise PoisonError(f"bad\nDETAIL: Key (name)=({CANARY}) in job {work.id}")


async def hang(work: Work) -> None:
    await mark(work)
    await asyncio.Event().wait()


HANDLERS: Handlers = joined(
    [
        Handler("mark", mark),
        Handler("poison", poison),
        Handler("hang", hang, longest=timedelta(milliseconds=50)),
    ]
)


async def asked(name: str, number: int = 1) -> None:
    async with transaction() as connection:
        for _ in range(number):
            await ask(connection, name)


async def drained(handlers: Handlers = HANDLERS) -> None:
    await Runner(handlers).drain()


async def only_job() -> Record:
    row = await fetch_one("SELECT * FROM foundation.job")
    assert row is not None
    return row


async def effects_there() -> list[str]:
    return [row["words"] for row in await fetch("SELECT words FROM public.effect")]


async def until(happened: Callable[[], Awaitable[object]], what: str, *, patience: float = PATIENCE) -> None:
    """Wait for something that another task or process brings about."""
    try:
        async with asyncio.timeout(patience):
            while not await happened():  # noqa: ASYNC110 - what another process does sets no event of ours
                await asyncio.sleep(0.02)
    except TimeoutError as vain:
        raise AssertionError(f"waited {patience:g} s in vain for: {what}") from vain


async def put_back(set_to: str) -> None:
    """Let time have passed for every job, without waiting."""
    await execute(f"UPDATE foundation.job SET {set_to}")  # noqa: S608 - the test's own words
