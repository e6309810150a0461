"""A data folder to start servers on, without waiting for initdb in every test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from attested.local import servers
from tests.attested.local.processes import QUICK

GIVEN = ("DATABASE_URL", "REDIS_URL", "ATTESTED_POSTGRES_BIN")


@pytest.fixture(autouse=True)
def _nothing_is_given_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test sees this machine's own servers, and none leaves its forty megabytes to pytest's archive."""
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    with tempfile.TemporaryDirectory(prefix="sockets-", dir="/tmp") as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        yield
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that was used before and is at rest: whatever a test does to the servers, it must serve the next."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with pytest.MonkeyPatch.context() as environment:
        for name in GIVEN:
            environment.delenv(name, raising=False)
        with servers(folder, tuning=QUICK):
            pass
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def copied(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data, tmp_path / "data"))
