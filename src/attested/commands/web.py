"""The command that serves the pages and the API."""

import os
from typing import Annotated

import typer
from granian.constants import Interfaces, Loops
from granian.server.mp import MPServer

from attested.commands.telling import AsJson, Started, document, refuse
from attested.local import servers
from foundation.settings import settings

BACKLOG = 1024


def web(
    port: Annotated[
        int | None, typer.Option(help="The port to listen on; PORT, or 8000, where this is not given.")
    ] = None,
    workers: Annotated[int, typer.Option(help="How many processes share the port.", min=1)] = 1,
    *,
    as_json: AsJson = False,
) -> None:
    """Serve the pages and the API until stopped. The database must be up to date: see `attested migrate`."""
    chosen = settings()
    with servers(chosen.attested_data) as addresses:
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = addresses.database_url, addresses.redis_url
        settings.cache_clear()
        server = _server(port or chosen.port, workers)
        if as_json:
            server.on_startup(lambda: document(Started("web", chosen.address)))
        try:
            server.serve()
        except OSError as failure:
            problem = f"Port {port or chosen.port} cannot be used: {failure.strerror}"
            raise refuse(problem, as_json=as_json) from failure


def _server(port: int, workers: int) -> MPServer:
    return MPServer(
        "attested.app:create_app",
        factory=True,
        address=settings().host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers,
        backlog=BACKLOG,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    )
