"""Do the commands seal, rotate and verify as an operator would have them, and end with the status that tells?"""

import pytest

from attested.commands import seal
from foundation.audit import Actor
from foundation.database import fetch_one
from foundation.sealing.actions import KeyNotInForceError
from foundation.sealing.keeping import seal_all
from tests.builders import person
from tests.command import Attested
from tests.foundation.sealing.ledger import Ledger

pytestmark = pytest.mark.anyio


async def national_id(family: str) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", await person("Ada", family))
    assert row
    return str(row["national_id"])


async def test_the_audit_is_sealed_verified_and_a_changed_line_named(
    ledger: Ledger, managed: Attested
) -> None:
    await ledger.write(3)
    assert "No head kept outside the database was compared" in managed("verify", "audit").stdout
    heads = managed.data / "heads" / "heads.jsonl"
    assert managed.document("seal", "now") == {"heads": 1, "file": str(heads)}
    told = managed("verify", "audit").stdout
    assert "3 lines of audit compared under 1 head; 0 lines not sealed yet." in told
    assert "1 head kept outside the database say" in told
    await ledger.change("actor_name = 'Somebody else'", "id = 2")
    told = managed("verify", "audit", status=1).stdout
    assert "line shown otherwise than it was sealed, first line 2, under head 1" in told
    found = managed.document("verify", "audit", status=1)
    fault = {"event_id": 2, "harm": "line shown otherwise than it was sealed", "seal": 1}
    assert (found["standings"], found["audit"]["fault"]) == (None, fault)  # type: ignore[index]


async def test_heads_kept_elsewhere_are_named(ledger: Ledger, managed: Attested) -> None:
    await ledger.write(3)
    await ledger.seal()
    elsewhere = ledger.folder / "elsewhere.jsonl"
    elsewhere.write_text(ledger.heads.read_text().replace("total 3", "total 4"))
    told = managed("verify", "audit", "--heads", elsewhere, status=1).stdout
    assert "seal not the one that was kept, first line 1" in told
    elsewhere.write_text("no heads")
    assert "holds no heads" in managed("verify", "audit", "--heads", elsewhere, status=1).stderr


async def test_two_people_rotate_the_key(ledger: Ledger, managed: Attested) -> None:
    two = ("--by", await national_id("Okafor"), "--approved-by", await national_id("Hart"))
    key = managed.data / "seal" / "key.pem"
    await ledger.write(1)
    await seal_all(key, ledger.heads)
    first = key.read_bytes()
    assert managed.document("seal", "rotate", *two)["from_seal"] == 2
    assert [path.name for path in key.parent.iterdir()] == ["key.pem"]
    assert key.read_bytes() != first
    await seal_all(key, ledger.heads)
    assert (await ledger.verified()).seals == 2
    assert (
        "--to"
        in Attested({**managed.environment, "SEAL_KEY_FILE": str(key)})(
            "seal", "rotate", *two, status=2
        ).stderr
    )


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


async def test_a_new_era_is_begun(ledger: Ledger, managed: Attested) -> None:
    await ledger.write(1)
    try:
        assert managed.document("seal", "new-era") == {"era": 2}
    finally:
        await ledger.harm("ALTER TABLE foundation.audit_event ALTER COLUMN era SET DEFAULT 1")
