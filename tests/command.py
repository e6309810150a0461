"""How does a shell run the command `attested`, and what does it answer people and programs?"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from attested.contracts import DOCUMENTS
from attested.local import Addresses
from tests.house.tree import ROOT

PATIENCE = 120.0  # seconds
GROUPS = {"policy", "seal", "client"}


@dataclass(frozen=True, slots=True)
class Attested:
    """The command line, run for real with an environment of its own."""

    environment: Mapping[str, str]

    @property
    def data(self) -> Path:
        """The data folder of its environment."""
        return Path(self.environment["ATTESTED_DATA"])

    def __call__(self, *words: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command, and fail unless it ends with the status."""
        ended = self._ran(words)
        assert ended.returncode == status, f"{words}: {ended.stdout}\n{ended.stderr}"
        return ended

    def document(self, *words: str | Path, status: int = 0) -> dict[str, object]:
        """Run a command for a program, and hold what it prints to the written contract."""
        found = json.loads(self(*words, "--json", status=status).stdout)
        name = " ".join(map(str, words[: 2 if words[0] in GROUPS else 1]))
        # There and back: nothing of the contract is missing, and nothing is there besides.
        assert json.loads(msgspec.json.encode(msgspec.convert(found, DOCUMENTS[name]))) == found
        assert isinstance(found, dict)
        return found

    def at_a_terminal(self, *words: str, typed: str) -> tuple[str, int]:
        """Run a command at a terminal on which somebody types; return what stands there, and the exit status."""
        ours, theirs = os.openpty()
        os.write(ours, typed.encode())
        ended = self._ran(words, stdin=theirs)
        os.close(ours)
        os.close(theirs)
        return ended.stdout + ended.stderr, ended.returncode

    def _ran(
        self, words: tuple[str | Path, ...], stdin: int | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "attested.cli", *map(str, words)], env=self.environment, cwd=ROOT, stdin=stdin,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip


def attested_in(data: Path) -> Attested:
    """The command with a data folder of its own, whose servers it starts, or joins where somebody keeps them."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    return Attested({**inherited, "ATTESTED_DATA": str(data), "COLUMNS": "200"})


@pytest.fixture
def managed(local_servers: Addresses, tmp_path: Path) -> Attested:
    """The command with the tests' own servers, and a data folder of its own."""
    return Attested(
        {
            **os.environ, "DATABASE_URL": local_servers.database_url, "REDIS_URL": local_servers.redis_url,
            "ATTESTED_DATA": str(tmp_path / "data"), "COLUMNS": "200",
        }
    )  # fmt: skip
