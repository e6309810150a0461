"""Is the service alive, is it ready, and how is it doing?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from litestar import Request, Response, get
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.plugins.prometheus import PrometheusController

from access.permissions import Permission
from foundation.clock import now
from foundation.database import fetch_one
from foundation.jobs.measures import measure
from foundation.migrate import is_latest
from foundation.problems import NotFoundError

OPEN = {"permission": Permission.PUBLIC, "asks_nobody": True}
WORKER_SILENCE = timedelta(minutes=2)
SWEEP_AGE = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that readiness looks at, and what it found."""

    name: str
    is_well: bool
    found: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the service can be relied upon at this moment, and every check behind the answer."""

    ready: bool
    checks: list[Check]


@get("/health", opt=OPEN, include_in_schema=False, sync_to_thread=False)
def health() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@get("/ready", opt=OPEN, include_in_schema=False)
async def ready() -> Response[Readiness]:
    """Say whether database, history, worker and nightly sweep are as they should be."""
    checks = [await _look(name, look) for name, look in CHECKS]
    is_ready = all(check.is_well for check in checks)
    return Response(
        Readiness(is_ready, checks),
        status_code=200 if is_ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _near(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    _is_on_this_machine(connection.client.host if connection.client else "")


async def _measure(_request: Request[Any, Any, Any]) -> None:
    await measure()


class Metrics(PrometheusController):
    """Figures for Prometheus, given to this machine only; no label holds anybody's number (traps L10)."""

    path = "/metrics"
    include_in_schema = False
    opt = OPEN
    openmetrics_format = True
    before_request = staticmethod(_measure)
    guards = [_near]  # noqa: RUF012 - the parent class declares it per instance


def _is_on_this_machine(host: str) -> None:
    try:
        near = ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near:
        raise NotFoundError


async def _look(name: str, look: Callable[[], Awaitable[tuple[bool, str]]]) -> Check:
    try:
        is_well, found = await look()
    except Exception as failure:  # noqa: BLE001 - whatever is wrong, readiness says so and does not fall over
        return Check(name, is_well=False, found=type(failure).__name__)
    return Check(name, is_well, found)


async def _database() -> tuple[bool, str]:
    row = await fetch_one("SELECT current_setting('server_version') AS version")
    return row is not None, f"PostgreSQL {row['version']}" if row else "no answer"


async def _migrations() -> tuple[bool, str]:
    return (True, "latest") if await is_latest() else (False, "behind")


async def _worker() -> tuple[bool, str]:
    row = await fetch_one("SELECT max(at) AS at FROM foundation.heartbeat")
    if row is None or row["at"] is None:
        return False, "never seen"
    return now() - row["at"] < WORKER_SILENCE, f"last seen {row['at']:%Y-%m-%dT%H:%M:%SZ}"


async def _sweep() -> tuple[bool, str]:
    row = await fetch_one(
        """SELECT max(finished_at) AS at FROM foundation.job
            WHERE name IN ('licence.sweep', 'licence.everyone') AND state = 'done'"""
    )
    if row is None or row["at"] is None:
        return False, "never swept"
    return now() - row["at"] < SWEEP_AGE, f"last swept {row['at']:%Y-%m-%dT%H:%M:%SZ}"


CHECKS = (("database", _database), ("migrations", _migrations), ("worker", _worker), ("sweep", _sweep))
HANDLERS = (health, ready, Metrics)
