"""The command that carries out jobs."""

import os

import uvloop

from attested.commands.telling import AsJson, Started, document
from attested.local import servers
from foundation.logs import set_up
from foundation.settings import settings


def worker(*, as_json: AsJson = False) -> None:
    """Carry out jobs until stopped: sweeps, notices, e-mail. Any number of workers may share the work.

    The database must be up to date: see `attested migrate`. On SIGTERM or Ctrl-C it finishes what it has begun, or
    gives it back within ten seconds.
    """
    from attested.worker import work  # noqa: PLC0415 - it joins every wing, which other commands need not wait for

    chosen = settings()
    set_up(chosen.log_format)
    with servers(chosen.attested_data) as addresses:
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = addresses.database_url, addresses.redis_url
        settings.cache_clear()
        if as_json:
            document(Started("worker"))
        uvloop.run(work())
