"""Where are PostgreSQL and Valkey: at the addresses the environment names, or else our own, started here?"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from attested.local.children import CannotStartError
from attested.local.tuning import LAPTOP, Tuning

if TYPE_CHECKING:
    from attested.local.keeping import Kept

__all__ = ["Addresses", "CannotStartError", "Running", "Tuning", "running", "servers"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """`database_url` is a DSN as asyncpg and libpq take it, `redis_url` a URL as arq and redis-py take it."""

    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Running:
    addresses: Addresses
    ours: tuple["Kept", ...]

    def tend(self) -> None:
        """Start again whichever of our own servers died. Call it now and then, from the main thread."""
        for server in self.ours:
            server.tend()


@contextmanager
def servers(data: Path, *, tuning: Tuning = LAPTOP, join: bool = True) -> Iterator[Addresses]:
    """The two servers, for as long as the block lasts.

    What `DATABASE_URL` or `REDIS_URL` names is taken as it is. Otherwise our own server is started on the data
    folder, or joined where another process keeps it there: then it lasts as long as that process does. With
    `join=False` a folder in use is refused (CannotStartError).
    """
    with running(data, tuning=tuning, join=join) as found:
        yield found.addresses


@contextmanager
def running(data: Path, *, tuning: Tuning = LAPTOP, join: bool = True) -> Iterator[Running]:
    """As `servers`, for a caller that stays and tends them."""
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database_url and redis_url:
        yield Running(Addresses(database_url, redis_url), ())
        return
    if sys.platform == "win32":
        raise CannotStartError(
            "the embedded servers need Linux or macOS: use WSL, or set DATABASE_URL and REDIS_URL"
        )
    from attested.local import folder, keeping, postgres, valkey  # noqa: PLC0415 - they cannot be imported on Windows

    home, ours = folder.prepare(data), list[keeping.Kept | None]()
    with ExitStack() as stack:
        if not database_url:
            cluster = postgres.embedded(home, tuning)
            ours.append(stack.enter_context(keeping.kept(cluster, join=join)))
            database_url = cluster.address
        if not redis_url:
            queue = valkey.embedded(home)
            ours.append(stack.enter_context(keeping.kept(queue, join=join)))
            redis_url = queue.address
        yield Running(Addresses(database_url, redis_url), tuple(server for server in ours if server))
