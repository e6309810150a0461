"""Do the commands seal, rotate and verify as an operator would have them, and end with the status that tells?"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from attested.commands import seal
from attested.contracts import DOCUMENTS
from attested.local import Addresses
from foundation.audit import Actor
from foundation.database import fetch_one
from foundation.sealing.actions import KeyNotInForceError
from foundation.sealing.keeping import seal_all
from tests.builders import person
from tests.foundation.sealing.ledger import Ledger

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Command:
    """The command line, against the test's servers and a data folder of its own."""

    servers: Addresses
    data: Path

    def __call__(self, *words: str | Path, status: int = 0, key: Path | None = None) -> str:
        environment = {
            **os.environ, "ATTESTED_DATA": str(self.data), "COLUMNS": "200",
            "DATABASE_URL": self.servers.database_url, "REDIS_URL": self.servers.redis_url,
            **({"SEAL_KEY_FILE": str(key)} if key else {}),
        }  # fmt: skip
        ended = subprocess.run(
            [sys.executable, "-m", "attested.cli", *map(str, words)],
            capture_output=True, text=True, check=False, env=environment, timeout=60,
        )  # fmt: skip
        assert ended.returncode == status, f"{words}: {ended.stdout}\n{ended.stderr}"
        return ended.stdout + (ended.stderr if status else "")

    def document(self, *words: str | Path, status: int = 0) -> dict[str, object]:
        """Return what it prints for a program, held to the written contract."""
        found = json.loads(self(*words, "--json", status=status))
        name = " ".join(map(str, words[:2] if words[0] == "seal" else words[:1]))
        assert json.loads(msgspec.json.encode(msgspec.convert(found, DOCUMENTS[name]))) == found
        assert isinstance(found, dict)
        return found


@pytest.fixture
def attested(ledger: Ledger, local_servers: Addresses) -> Command:
    """A command whose sealer keeps its key and its heads where the ledger does not look."""
    return Command(local_servers, ledger.folder / "data")


async def national_id(family: str) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", await person("Ada", family))
    assert row
    return str(row["national_id"])


async def test_the_audit_is_sealed_verified_and_a_changed_line_named(
    ledger: Ledger, attested: Command
) -> None:
    await ledger.write(3)
    assert "No head kept outside the database was compared" in attested("verify", "audit")
    heads = attested.data / "heads" / "heads.jsonl"
    assert attested.document("seal", "now") == {"heads": 1, "file": str(heads)}
    told = attested("verify", "audit")
    assert "3 lines of audit compared under 1 head; 0 lines not sealed yet." in told
    assert "1 head kept outside the database say" in told
    await ledger.change("actor_name = 'Somebody else'", "id = 2")
    told = attested("verify", "audit", status=1)
    assert "line shown otherwise than it was sealed, first line 2, under head 1" in told
    found = attested.document("verify", "audit", status=1)
    fault = {"event_id": 2, "harm": "line shown otherwise than it was sealed", "seal": 1}
    assert (found["standings"], found["audit"]["fault"]) == (None, fault)  # type: ignore[index]


async def test_heads_kept_elsewhere_are_named(ledger: Ledger, attested: Command) -> None:
    await ledger.write(3)
    await ledger.seal()
    elsewhere = ledger.folder / "elsewhere.jsonl"
    elsewhere.write_text(ledger.heads.read_text().replace("total 3", "total 4"))
    told = attested("verify", "audit", "--heads", elsewhere, status=1)
    assert "seal not the one that was kept, first line 1" in told
    elsewhere.write_text("no heads")
    assert "holds no heads" in attested("verify", "audit", "--heads", elsewhere, status=1)


async def test_two_people_rotate_the_key(ledger: Ledger, attested: Command) -> None:
    two = ("--by", await national_id("Okafor"), "--approved-by", await national_id("Hart"))
    key = attested.data / "seal" / "key.pem"
    await ledger.write(1)
    await seal_all(key, ledger.heads)
    first = key.read_bytes()
    assert attested.document("seal", "rotate", *two)["from_seal"] == 2
    assert [path.name for path in key.parent.iterdir()] == ["key.pem"]
    assert key.read_bytes() != first
    await seal_all(key, ledger.heads)
    assert (await ledger.verified()).seals == 2
    assert "--to" in attested("seal", "rotate", *two, key=key, status=2)


async def test_a_rotation_that_died_half_way_is_finished(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "key_file", lambda: ledger.key)
    await ledger.write(1)
    await ledger.seal()
    old = ledger.key.read_bytes()
    rotated = await seal._rotate(Actor(3, "Ada"), 4, None)
    ledger.key.rename(
        ledger.key.with_name("key.pem.next")
    )  # as it stood before it had taken the old one's place
    ledger.key.write_bytes(old)
    with pytest.raises(KeyNotInForceError):
        await ledger.seal()
    assert await seal._rotate(Actor(3, "Ada"), 4, None) == rotated
    await ledger.seal()


async def test_a_key_of_ones_own_is_rotated_into_a_file_of_ones_own(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "key_file", lambda: ledger.key)
    await ledger.write(1)
    await ledger.seal()
    new = ledger.folder / "new.pem"
    assert (await seal._rotate(Actor(3, "Ada"), 4, new)).file == str(new)
    with pytest.raises(KeyNotInForceError):
        await ledger.seal()
    new.replace(ledger.key)
    await ledger.seal()


async def test_a_new_era_is_begun(ledger: Ledger, attested: Command) -> None:
    await ledger.write(1)
    try:
        assert attested.document("seal", "new-era") == {"era": 2}
    finally:
        await ledger.harm("ALTER TABLE foundation.audit_event ALTER COLUMN era SET DEFAULT 1")
