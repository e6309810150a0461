"""How often was this tried lately, by whichever process? Counted in Valkey; in the database while Valkey is away."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from foundation.database import execute, fetch_one
from foundation.settings import settings

PATIENCE = 0.25  # seconds that Valkey has to answer
LEAVE_ALONE_FOR = 5.0  # seconds after it did not
KEPT = timedelta(days=1)
log = structlog.get_logger("attested.counting")

# Counting and the clock that forgets are one step: a count without a clock would lock somebody out for good.
_COUNT = """
local number = redis.call('INCR', KEYS[1])
if number == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {number, redis.call('PTTL', KEYS[1])}
"""
_COUNT_HERE = """
INSERT INTO foundation.tries AS known (counted, began_at)
VALUES ($1, date_bin($2, clock_timestamp(), timestamptz '2000-01-01'))
ON CONFLICT (counted, began_at) DO UPDATE SET number = known.number + 1
RETURNING number, extract(epoch FROM began_at + $2 - clock_timestamp())::float AS seconds
"""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried within its window, this time included, and in how many seconds the window ends."""

    number: int
    seconds: int


class _Valkey:
    """The connection to Valkey, made with the first count, and left alone for a while when it does not answer."""

    def __init__(self) -> None:
        self.client: Redis | None = None
        self.url: str | None = None
        self.away_at = float("-inf")

    async def count(self, key: str, window: timedelta) -> Tries | None:
        url = settings().redis_url
        if url is None or monotonic() - self.away_at < LEAVE_ALONE_FOR:
            return None
        try:
            answer = await cast(
                "Awaitable[list[int]]",
                self._open(url).eval(_COUNT, 1, key, str(int(window.total_seconds() * 1000))),
            )
        except (RedisError, OSError, TimeoutError) as failure:
            self.away_at = monotonic()
            log.warning("Valkey does not answer; tries are counted in the database", failure=repr(failure))
            return None
        number, milliseconds = answer
        return Tries(number, max(1, ceil(milliseconds / 1000)))

    def _open(self, url: str) -> Redis:
        if self.client is None or self.url != url:
            self.client, self.url = (
                Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE),
                url,
            )
        return self.client

    async def close(self) -> None:
        client, self.client = self.client, None
        if client is not None:
            await client.aclose(close_connection_pool=True)


VALKEY = _Valkey()


async def counted(key: str, window: timedelta) -> Tries:
    """Count one more try, and return how many there were within the window."""
    return await VALKEY.count(f"attested:tries:{key}", window) or await _counted_here(key, window)


async def _counted_here(key: str, window: timedelta) -> Tries:
    row = await fetch_one(_COUNT_HERE, key, window)
    number, seconds = (row["number"], row["seconds"]) if row else (1, 1.0)
    if number == 1:
        await execute("DELETE FROM foundation.tries WHERE began_at < clock_timestamp() - $1::interval", KEPT)
    return Tries(number, max(1, ceil(seconds)))
