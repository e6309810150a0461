"""Is every committed line sealed exactly once, whoever writes, whoever seals, and whatever dies half way?"""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from foundation.audit import Actor, Event, recorded
from foundation.database import fetch, fetch_one
from foundation.sealing import facts, keeping
from foundation.sealing.actions import (
    KeyNotInForceError,
    NothingSealedError,
    RenumberedError,
    SamePersonError,
    begin_era,
    rotate,
    seal,
)
from foundation.sealing.checking import Harm
from foundation.sealing.keeping import keep_sealing, seal_all
from foundation.sealing.kept import HeadsDivergeError, read_kept
from foundation.sealing.keys import NotAKeyError, SigningKey, is_signed, signing_key
from tests.foundation.sealing.ledger import Ledger, sealed_ids

pytestmark = pytest.mark.anyio
DESK = Actor(3, "Ada Okafor")


async def test_heads_follow_one_another_and_stand_for_every_line(ledger: Ledger) -> None:
    await ledger.write(7)
    await ledger.seal(most=3)
    page = await facts.heads(limit=2)
    assert [one.head.number for one in page.heads] == [3, 2]
    assert page.next_before == 2
    [first] = (await facts.heads(before=page.next_before)).heads
    assert page.heads[1].head.previous == first.head.hash
    assert [one.head.total for one in (page.heads[0], page.heads[1], first)] == [7, 6, 3]
    assert await sealed_ids() == [1, 2, 3, 4, 5, 6, 7]
    assert await facts.unsealed() == facts.Unsealed(0, None)


async def test_where_nothing_is_written_nothing_is_sealed(ledger: Ledger) -> None:
    await ledger.seal()
    assert (await facts.heads()).heads == ()
    assert ledger.heads.read_bytes() == b""


async def test_a_line_of_a_transaction_still_open_is_waited_for_and_never_missed(ledger: Ledger) -> None:
    await ledger.write(1)
    long = await asyncpg.connect(ledger.url)
    try:
        async with long.transaction():
            await long.execute(
                "INSERT INTO foundation.audit_event (actor_name, event, purpose) VALUES ('slow', 'import', 'test')"
            )
            await ledger.write(2)
            await ledger.seal()
            assert await sealed_ids() == [1]
            assert (await facts.unsealed()).lines == 2
    finally:
        await long.close()
    await ledger.seal()
    assert await sealed_ids() == [1, 2, 3, 4]
    assert (await ledger.verified()).is_sound


async def test_lines_are_ordered_by_the_number_of_their_transaction_and_not_by_its_text(
    ledger: Ledger,
) -> None:
    await ledger.write(3)
    # 9 is before 10, though "10" is before "9".
    await ledger.change("xid = (8 + id)::text::xid8", "true")
    await ledger.change("canonical = foundation.canonical(audit_event)", "true")
    await ledger.seal()
    assert await sealed_ids() == [1, 2, 3]
    assert (await ledger.verified()).is_sound


async def test_two_sealers_at_once_seal_everything_once(ledger: Ledger) -> None:
    await ledger.write(12)
    signs = ledger.signs

    async def one() -> int:
        done = 0
        while await facts.unsealed() != facts.Unsealed(0, None):
            done += await seal(signs, most=2) is not None
        return done

    assert sum(await asyncio.gather(one(), one(), one())) == 6
    assert await sealed_ids() == list(range(1, 13))
    await ledger.seal()
    assert (await ledger.verified()).is_sound


async def test_a_sealer_killed_before_its_head_is_stored_leaves_no_gap(ledger: Ledger) -> None:
    await ledger.write(3)
    async with ledger.administrator() as connection:
        await connection.execute(
            """CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
               CREATE TRIGGER fail BEFORE INSERT ON foundation.seal FOR EACH ROW EXECUTE FUNCTION fail()"""
        )
        try:
            with pytest.raises(asyncpg.RaiseError):
                await seal_all(ledger.key, ledger.heads)
        finally:
            await connection.execute("DROP FUNCTION fail CASCADE")
    assert ledger.heads.read_bytes() == b""
    await ledger.seal()
    assert [one.read.number for one in read_kept(ledger.heads)] == [1]
    assert (await ledger.verified()).is_sound


async def test_a_sealer_killed_before_it_publishes_publishes_the_same_bytes_later(ledger: Ledger) -> None:
    await ledger.write(3)
    stored = await seal(ledger.signs)
    assert stored
    await ledger.write(2)
    await ledger.seal()
    first, second = read_kept(ledger.heads)
    assert first.head.encode() == stored.written
    assert bytes.fromhex(first.signature) == stored.signature
    assert second.read.previous == first.read.hash


@pytest.mark.parametrize("cut", [1, 2, 40, 300])
async def test_a_line_half_written_when_the_machine_died_is_completed(ledger: Ledger, cut: int) -> None:
    await ledger.write(4)
    await ledger.seal(most=2)
    whole = ledger.heads.read_bytes()
    ledger.heads.write_bytes(whole[:-cut])
    await ledger.seal()
    assert ledger.heads.read_bytes() == whole


async def test_another_machine_keeps_the_same_bytes_and_catches_up(ledger: Ledger, tmp_path: Path) -> None:
    await ledger.write(6)
    await ledger.seal(most=2)
    elsewhere = tmp_path / "elsewhere" / "heads.jsonl"
    assert await seal_all(ledger.key, elsewhere) == 3
    assert elsewhere.read_bytes() == ledger.heads.read_bytes()


@pytest.mark.parametrize("number", [2, 1])
async def test_no_head_is_added_to_heads_that_are_no_longer_the_databases(
    ledger: Ledger, number: int
) -> None:
    await ledger.write(4)
    await ledger.seal(most=2)
    await ledger.harm(f"DELETE FROM foundation.seal WHERE number >= {number}")  # noqa: S608 - our own number
    kept = ledger.heads.read_bytes()
    await ledger.write(1)
    with pytest.raises(HeadsDivergeError):
        await ledger.seal()
    assert ledger.heads.read_bytes() == kept


async def test_the_key_is_made_once_for_its_owner_alone(ledger: Ledger) -> None:
    made = signing_key(ledger.folder / "deep" / "key.pem")
    path = ledger.folder / "deep" / "key.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["key.pem"]
    assert signing_key(path).public == made.public


async def test_what_is_no_key_is_refused(ledger: Ledger) -> None:
    ledger.key.write_text("no key")
    with pytest.raises(NotAKeyError):
        signing_key(ledger.key)


async def test_a_key_that_is_not_in_force_seals_nothing(ledger: Ledger) -> None:
    await ledger.write(1)
    await ledger.seal()
    await ledger.write(1)
    with pytest.raises(KeyNotInForceError):
        await seal(SigningKey(Ed25519PrivateKey.generate()))
    assert await sealed_ids() == [1]


async def test_after_a_rotation_the_old_heads_hold_and_the_old_key_signs_no_more(ledger: Ledger) -> None:
    await ledger.write(2)
    await ledger.seal()
    new = signing_key(ledger.folder / "next.pem")
    old = ledger.signs
    await rotate(actor=DESK, approved_by=4, old=old, new=new)
    with pytest.raises(KeyNotInForceError):
        await seal(old)
    (ledger.folder / "next.pem").replace(ledger.key)
    await ledger.seal()
    first, second = reversed((await facts.heads()).heads)
    assert is_signed(first.written, first.signature, old.public)
    assert is_signed(second.written, second.signature, new.public)
    assert [one.key is not None for one in read_kept(ledger.heads)] == [True, True]
    assert (await ledger.verified()).is_sound
    [event] = await fetch("SELECT actor_id, detail->>'approved_by' AS by FROM foundation.audit_event"
                          " WHERE event = 'seal key rotated'")  # fmt: skip
    assert tuple(event) == (3, "4")


async def test_a_chain_made_again_with_the_key_before_is_found_without_any_kept_head(ledger: Ledger) -> None:
    await ledger.write(2)
    await ledger.seal()
    old = ledger.signs
    await rotate(actor=DESK, approved_by=4, old=old, new=signing_key(ledger.folder / "next.pem"))
    await ledger.harm(
        "ALTER TABLE foundation.seal_key DISABLE TRIGGER ALL",
        "DELETE FROM foundation.seal_key WHERE from_seal = 2",
    )
    await seal(old)
    await ledger.harm("ALTER TABLE foundation.seal_key ENABLE TRIGGER ALL")
    new = signing_key(ledger.folder / "next.pem")
    async with ledger.administrator() as connection:
        await connection.execute(
            "INSERT INTO foundation.seal_key (id, public_key, from_seal, endorsement) VALUES ($1, $2, 2, $3)",
            new.id, new.public, bytes(64),
        )  # fmt: skip
    found = (await ledger.verified()).fault
    assert found
    assert (found.harm, found.seal) == (Harm.KEY_NOT_VOUCHED_FOR, 2)


async def test_one_person_alone_rotates_nothing_and_neither_before_anything_is_sealed(ledger: Ledger) -> None:
    new = signing_key(ledger.folder / "next.pem")
    with pytest.raises(NothingSealedError):
        await rotate(actor=DESK, approved_by=4, old=ledger.signs, new=new)
    await ledger.write(1)
    await ledger.seal()
    with pytest.raises(SamePersonError):
        await rotate(actor=DESK, approved_by=3, old=ledger.signs, new=new)
    with pytest.raises(KeyNotInForceError):
        await rotate(actor=DESK, approved_by=4, old=new, new=ledger.signs)
    assert len(await facts.keys()) == 1


async def test_a_database_restored_from_a_dump_says_so_and_goes_on_in_a_new_era(ledger: Ledger) -> None:
    await ledger.write(3)
    # As they came with the dump, sealed where transactions had far higher numbers; line 3 has only them sealed here.
    await ledger.change("era = 0, xid = '9000000000'", "id < 3")
    await ledger.change("canonical = foundation.canonical(audit_event)", "true")
    await seal(ledger.signs, most=2)
    await ledger.delete("id = 3")
    await ledger.write(1)
    await ledger.change("era = 0", "id = 4")
    with pytest.raises(RenumberedError):
        await ledger.seal()
    try:
        assert await begin_era(actor=Actor.system("test")) == 1
        await ledger.seal()
        assert await sealed_ids() == [1, 2, 4, 5]
        assert (await ledger.verified()).is_sound
    finally:
        await ledger.harm("ALTER TABLE foundation.audit_event ALTER COLUMN era SET DEFAULT 1")


async def test_a_line_is_proved_to_be_under_its_head_and_no_other_is(ledger: Ledger) -> None:
    await ledger.write(9)
    await ledger.seal(most=7)
    for number in range(1, 10):
        proof = await facts.inclusion(number)
        assert facts.is_under(proof)
        assert not facts.is_under(
            facts.Inclusion(proof.line + b" ", proof.place, proof.path, proof.head, b"")
        )
    await ledger.write(1)
    for number in (10, 11):
        with pytest.raises(facts.NotSealedError):
            await facts.inclusion(number)


async def test_the_worker_goes_on_sealing_whatever_fails_and_stops_when_asked(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    stopping = asyncio.Event()

    async def thrice(key: Path, heads: Path) -> int:
        tried.append(heads)
        if len(tried) == 1:
            raise KeyNotInForceError
        if len(tried) == 2:
            raise ConnectionResetError
        stopping.set()
        return await seal_all(key, heads)

    monkeypatch.setattr(keeping, "seal_all", thrice)
    monkeypatch.setattr(keeping, "key_file", lambda: ledger.key)
    monkeypatch.setattr(keeping, "heads_file", lambda: ledger.heads)
    await ledger.write(3)
    await keep_sealing(stopping, every=0.01)
    assert tried == [ledger.heads] * 3
    assert await sealed_ids() == [1, 2, 3]


async def test_a_write_that_fails_leaves_no_line_to_seal(ledger: Ledger) -> None:
    with pytest.raises(LookupError):
        async with recorded(DESK, Event("something", "test")):
            raise LookupError
    await ledger.write(1)
    await ledger.seal()
    row = await fetch_one("SELECT events FROM foundation.seal")
    assert row
    assert row["events"] == 1
