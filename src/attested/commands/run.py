"""The command that runs everything on one machine."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import uvloop

from attested.commands.greeting import greet
from attested.commands.opening import opened
from attested.commands.telling import AsJson, Started, console, document, refuse
from attested.local import Addresses, running
from attested.supervise import Command, supervise
from foundation.settings import settings

LOOPBACK = "127.0.0.1"
# Longer than a worker takes to finish its jobs or give them back.
WORKER_PATIENCE = 12.0
GLANCE = 0.5  # seconds for the page that says it is alive


def run(*, as_json: AsJson = False) -> None:
    """Run everything here: database, Valkey, web, worker and a mail sink. Safe to run again; Ctrl-C stops it.

    PORT (8000) and ATTESTED_DATA (.data) say where. What DATABASE_URL, REDIS_URL or SMTP_HOST name is used instead of
    our own. Mail that nobody else takes is kept in the data folder, in mail/; what each part says, in logs/.
    """
    chosen = settings()
    _refuse_a_taken_port(chosen.host, chosen.port, as_json=as_json)
    data = chosen.attested_data
    logs = data.resolve() / "logs"
    with running(data, join=False) as found:
        logs.mkdir(mode=0o700, exist_ok=True)
        children = [
            _attested("web", logs),
            _attested("worker", logs, restarts=True, patience=WORKER_PATIENCE),
        ]
        _tell_children("DATABASE_URL", found.addresses.database_url)
        _tell_children("REDIS_URL", found.addresses.redis_url)
        if chosen.smtp_host is None:
            children.append(_mail_sink(data.resolve() / "mail", logs))
        settings.cache_clear()
        uvloop.run(_prepare(found.addresses, as_json=as_json))
        status = supervise(children, chores=[found.tend, _ready_once(data, as_json=as_json)])
    raise SystemExit(status)


async def _prepare(addresses: Addresses, *, as_json: bool) -> None:
    """Bring the database up to date before anybody uses it; one where nobody is yet becomes the demonstration."""
    async with opened(addresses):
        await greet(as_json=as_json)


def _attested(command: str, logs: Path, *, restarts: bool = False, patience: float = 5.0) -> Command:
    words = (sys.executable, "-m", "attested.cli", command)
    return Command(command, words, log=logs / f"{command}.log", restarts=restarts, patience=patience)


def _mail_sink(folder: Path, logs: Path) -> Command:
    port = _free_port()
    _tell_children("SMTP_HOST", LOOPBACK)
    _tell_children("SMTP_PORT", str(port))
    words = (sys.executable, "-m", "attested.mail_sink", str(port), str(folder))
    return Command("mail sink", words, log=logs / "mail.log", restarts=True)


def _tell_children(name: str, value: str) -> None:
    os.environ[name] = value


def _ready_once(data: Path, *, as_json: bool) -> Callable[[], None]:
    """Say that all is ready when the web server answers for the first time, in one line."""
    chosen, said = settings(), False
    mail = f"; mail is kept in {data / 'mail'}" if os.environ.get("SMTP_HOST") == LOOPBACK else ""
    kept = f"{mail}; logs in {data / 'logs'}"

    def look() -> None:
        nonlocal said
        if not said and _answers(f"http://{_reachable(chosen.host)}:{chosen.port}/health"):
            said = True
            if as_json:
                document(Started("everything", chosen.address))
            else:
                console.print(
                    f"Ready: {chosen.address} (Ctrl-C stops{kept})", soft_wrap=True, highlight=False
                )

    return look


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=GLANCE) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own number
    except (URLError, OSError):
        return False


def _refuse_a_taken_port(host: str, port: int, *, as_json: bool) -> None:
    """Say so before anything is started; a server that stopped a moment ago is no hindrance."""
    family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(place)
        except OSError as taken:
            raise refuse(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1} attested run",
                as_json=as_json,
            ) from taken


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])


def _reachable(host: str) -> str:
    return LOOPBACK if host in {"0.0.0.0", "::", "localhost"} else host  # noqa: S104 - compared, not listened on
