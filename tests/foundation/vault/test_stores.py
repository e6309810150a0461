"""Does content lie once under its hash, in a folder as in a bucket of a real S3 server, and come back as it was?"""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from foundation.settings import Settings
from foundation.vault.errors import ContentGoneError, DamagedError, StoreUnreachableError
from foundation.vault.stores import Vault, vault_for
from tests.vaults import PDF, PNG

pytestmark = pytest.mark.anyio
PATIENCE = 120  # seconds: a machine may be busy with other things


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def bucket_at(port: int) -> Settings:
    return Settings(
        attachment_store="s3://attested/files",
        attachment_store_endpoint=f"http://127.0.0.1:{port}",
        attachment_store_region="eu-west-2",
        attachment_store_key_id="tester",
        attachment_store_key=SecretStr("secret"),
    )


@pytest.fixture(scope="module")
def s3() -> Iterator[int]:
    """A server that speaks S3, with an empty bucket."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        made = urllib.request.Request(f"http://127.0.0.1:{port}/attested", method="PUT")
        while True:
            try:
                urllib.request.urlopen(made, timeout=PATIENCE).close()  # noqa: S310 - our own loopback
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    if request.param == "folder":
        return vault_for(Settings(attested_data=tmp_path))
    return vault_for(bucket_at(request.getfixturevalue("s3")))


async def test_content_comes_back_by_its_hash_and_lies_there_once(kept: Vault) -> None:
    first, again, other = await kept.put(PDF), await kept.put(PDF), await kept.put(PNG)
    assert first == again != other
    assert await kept.fetch(first) == PDF
    assert sorted([one.sha256 async for lot in kept.everything() for one in lot]) == sorted([first, other])
    await kept.drop(first)
    await kept.drop(first)
    with pytest.raises(ContentGoneError):
        await kept.fetch(first)
    assert await kept.fetch(other) == PNG
    await kept.drop(other)


async def test_what_was_changed_behind_our_back_is_not_given_out(tmp_path: Path) -> None:
    kept = vault_for(Settings(attested_data=tmp_path))
    sha256 = await kept.put(PDF)
    (path,) = [one for one in (tmp_path / "attachments").rglob("*") if one.is_file()]
    path.write_bytes(PNG)
    with pytest.raises(DamagedError):
        await kept.fetch(sha256)


async def test_what_is_not_ours_in_the_store_is_left_alone(tmp_path: Path) -> None:
    kept = vault_for(Settings(attested_data=tmp_path))
    (tmp_path / "attachments" / "README").write_text("Not a hash")
    assert [one async for lot in kept.everything() for one in lot] == []


def test_nobody_else_on_the_machine_may_look_into_the_folder(tmp_path: Path) -> None:
    vault_for(Settings(attested_data=tmp_path / "new"))
    assert (tmp_path / "new" / "attachments").stat().st_mode & 0o777 == 0o700


async def test_a_bucket_that_does_not_answer_is_told_as_busy() -> None:
    kept = vault_for(bucket_at(free_port()))
    with pytest.raises(StoreUnreachableError):
        await kept.put(PDF)
    with pytest.raises(StoreUnreachableError):
        await kept.fetch(bytes(32))


@pytest.mark.parametrize(
    "words",
    [
        {"attachment_store": "/var/files"},
        {"attachment_store": "s3:///folder"},
        {"attachment_store": "s3://bucket", "attachment_store_endpoint": "http://elsewhere.test"},
        {"attachment_store": "s3://bucket", "attachment_store_key_id": "alone"},
    ],
)
def test_a_store_that_cannot_be_meant_is_refused_at_the_start(words: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**words)  # type: ignore[arg-type]
