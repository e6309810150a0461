"""How does what takes its time give way at once to being asked to stop?"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def unless_asked_to_stop(stopping: asyncio.Event, doing: Coroutine[Any, Any, T]) -> T | None:
    """Return what comes of doing something, or None if a stop was asked for meanwhile: then it is given up."""
    asked, task = asyncio.create_task(stopping.wait()), asyncio.create_task(doing)
    try:
        await asyncio.wait([asked, task], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
    finally:
        asked.cancel()
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return None
