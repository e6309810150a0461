"""Does a database administrator who gets past every trigger leave the first bad line behind, named?"""

import hashlib
from pathlib import Path

import pytest

from foundation.sealing.checking import Fault, Harm
from foundation.sealing.heads import read_head
from foundation.sealing.kept import NoHeadsError, read_kept
from foundation.sealing.keys import SigningKey
from foundation.sealing.tree import leaf_hash, root_of
from foundation.sealing.verify import verify
from tests.foundation.sealing.ledger import Ledger

pytestmark = pytest.mark.anyio
EVERY_COLUMN = {
    "at": "at + interval '1 second'",
    "actor_id": "8",
    "actor_name": "'Somebody else'",
    "role": "'supervisor'",
    "event": "'record left alone'",
    "purpose": "'curiosity'",
    "is_reading": "NOT is_reading",
    "subject_id": "NULL",
    "subject_ids": "'{1}'",
    "detail": "'{}'",
    "text_hash": "'x'",
    "request_id": "'another'",
    "era": "1 + 1",
}
REWRITE = (
    "canonical = convert_to(replace(convert_from(canonical, 'UTF8'), 'supervision', 'curiosity'), 'UTF8')"
)


@pytest.fixture
async def sealed(ledger: Ledger) -> Ledger:
    """Fifteen lines under three heads."""
    await ledger.write(15)
    await ledger.seal(most=5)
    return ledger


async def test_what_nobody_touched_is_sound(sealed: Ledger) -> None:
    await sealed.write(2)
    found = await sealed.verified()
    assert found.is_sound
    assert (found.lines, found.seals, found.unsealed, found.kept, found.last_seal) == (17, 3, 2, 3, 3)


@pytest.mark.parametrize("column", EVERY_COLUMN)
async def test_edit_whatever_a_line_shows(sealed: Ledger, column: str) -> None:
    where = "id = 7" if column != "era" else "id = 15"  # there it stays the last, so that nothing else moves
    await sealed.change(f"{column} = {EVERY_COLUMN[column]}", where)
    found = (await sealed.verified()).fault
    if column == "era":
        assert found == Fault(Harm.LINE_MISSING, 15, 3)
    else:
        assert found == Fault(Harm.LINE_SHOWN_OTHERWISE, 7, 2)


async def test_edit_after_the_seal_what_is_shown_and_what_was_sealed(sealed: Ledger) -> None:
    await sealed.change(f"purpose = 'curiosity', {REWRITE}", "id IN (7, 9)")
    assert (await sealed.verified()).fault == Fault(Harm.LINE_CHANGED, 7, 2)


async def test_edit_a_line_that_no_head_stands_for_yet(sealed: Ledger) -> None:
    [number] = await sealed.write()
    await sealed.change("purpose = 'curiosity'", f"id = {number}")
    assert (await sealed.verified()).fault == Fault(Harm.LINE_SHOWN_OTHERWISE, number)


@pytest.mark.parametrize("number", [1, 5, 6, 8, 15])
async def test_delete(sealed: Ledger, number: int) -> None:
    await sealed.delete(f"id = {number}")
    assert (await sealed.verified()).fault == Fault(Harm.LINE_MISSING, number, (number - 1) // 5 + 1)


async def test_slip_in_a_line(sealed: Ledger) -> None:
    await sealed.harm(
        """INSERT INTO foundation.audit_event OVERRIDING SYSTEM VALUE
           SELECT (line).* FROM (SELECT jsonb_populate_record(old, '{"id": 99}') AS line
                                   FROM foundation.audit_event AS old WHERE id = 7) AS copied"""
    )
    assert (await sealed.verified()).fault == Fault(Harm.LINE_ADDED, 99, 2)


async def test_swap_what_two_lines_say(sealed: Ledger) -> None:
    await sealed.harm(
        """UPDATE foundation.audit_event AS line
              SET (xid, at, subject_id, detail, canonical) =
                  (other.xid, other.at, other.subject_id, other.detail, other.canonical)
             FROM foundation.audit_event AS other WHERE (line.id, other.id) IN ((7, 8), (8, 7))"""
    )
    assert (await sealed.verified()).fault == Fault(Harm.LINE_SHOWN_OTHERWISE, 8, 2)


async def test_swap_two_lines_whole(sealed: Ledger) -> None:
    await sealed.harm(
        """UPDATE foundation.audit_event AS line SET xid = other.xid FROM foundation.audit_event AS other
            WHERE (line.id, other.id) IN ((7, 8), (8, 7))"""
    )
    assert (await sealed.verified()).fault == Fault(Harm.LINES_SWAPPED, 8, 2)


async def test_truncate_the_tail_with_its_heads(sealed: Ledger) -> None:
    await sealed.harm("DELETE FROM foundation.seal WHERE number = 3",
                      "DELETE FROM foundation.audit_event WHERE id > 10")  # fmt: skip
    assert (await sealed.verified()).fault == Fault(Harm.SEAL_MISSING, 11, 3)


async def test_truncate_everything(sealed: Ledger) -> None:
    await sealed.harm("DELETE FROM foundation.seal", "DELETE FROM foundation.audit_event")
    assert (await sealed.verified()).fault == Fault(Harm.SEAL_MISSING, 1, 1)


async def test_take_out_a_head_from_the_middle(sealed: Ledger) -> None:
    await sealed.harm("DELETE FROM foundation.seal WHERE number = 2")
    assert (await sealed.verified()).fault == Fault(Harm.SEAL_MISSING, 6, 2)


async def rechain(ledger: Ledger, key: SigningKey, first: int) -> None:
    """Seal everything again from a head on, as well as whoever holds a key can."""
    async with ledger.administrator() as connection:
        for seal in await connection.fetch(
            "SELECT * FROM foundation.seal WHERE number >= $1 ORDER BY number", first
        ):
            lines = await connection.fetch(
                "SELECT canonical FROM foundation.audit_event WHERE id = ANY($1) ORDER BY xid, id",
                seal["event_ids"],
            )
            leaves = [leaf_hash(line["canonical"]) for line in lines]
            before = await connection.fetchval(
                "SELECT head FROM foundation.seal WHERE number = $1", seal["number"] - 1
            )
            previous = hashlib.sha256(before).digest() if before else bytes(32)
            old = read_head(seal["head"])
            head = type(old)(
                old.number, old.events, old.total, old.first_id, old.last_id,
                root=root_of(leaves), previous=previous, sealed_at=old.sealed_at, key_id=key.id,
            )  # fmt: skip
            await connection.execute(
                """UPDATE foundation.seal SET root = $2, previous = $3, head = $4, signature = $5, leaves = $6,
                          key_id = $7 WHERE number = $1""",
                old.number, head.root, previous, head.written, key.sign(head.written), b"".join(leaves), key.id,
            )  # fmt: skip


async def test_chain_everything_again_with_the_stolen_key(sealed: Ledger) -> None:
    await sealed.change(f"purpose = 'curiosity', {REWRITE}", "id = 6")
    await rechain(sealed, sealed.signs, 2)
    assert (await verify([])).is_sound, "by itself the database cannot know"
    assert (await sealed.verified()).fault == Fault(Harm.SEAL_NOT_THE_KEPT_ONE, 6, 2)


async def test_one_kept_head_is_enough_to_find_out(sealed: Ledger, tmp_path: Path) -> None:
    kept = tmp_path / "from-the-page.txt"
    kept.write_bytes(sealed.heads.read_bytes().splitlines(keepends=True)[2])
    await sealed.change(f"purpose = 'curiosity', {REWRITE}", "id = 2")
    await rechain(sealed, sealed.signs, 1)
    assert (await sealed.verified(kept)).fault == Fault(Harm.SEAL_NOT_THE_KEPT_ONE, 11, 3)


async def test_change_what_is_kept_of_a_seal(sealed: Ledger) -> None:
    await sealed.harm(
        "UPDATE foundation.seal SET leaves = overlay(leaves PLACING 'x' FROM 40) WHERE number = 2"
    )
    assert (await sealed.verified()).fault == Fault(Harm.SEAL_CHANGED, 6, 2)


async def test_change_the_text_beside_a_line(ledger: Ledger) -> None:
    await ledger.write(2, text="her sister rang")
    await ledger.seal()
    await ledger.harm("UPDATE foundation.audit_text SET text = 'nobody rang' WHERE event_id = 2")
    assert (await ledger.verified()).fault == Fault(Harm.TEXT_CHANGED, 2)
    await ledger.harm("DELETE FROM foundation.audit_text WHERE event_id = 1")
    assert (await ledger.verified()).fault == Fault(Harm.TEXT_CHANGED, 1)


async def test_an_erased_text_is_no_fault(ledger: Ledger) -> None:
    await ledger.write(1, text="her sister rang")
    await ledger.seal()
    async with ledger.administrator() as connection:
        await connection.execute(
            "UPDATE foundation.audit_text SET salt = NULL, text = NULL, erased_at = now() WHERE event_id = 1"
        )
    assert (await ledger.verified()).is_sound


@pytest.mark.parametrize("content", [b"", b"\n", b"a head\n", b'{"head": "no head", "signature": "00"}\n'])
async def test_a_file_that_holds_no_heads_is_no_anchor(ledger: Ledger, content: bytes) -> None:
    ledger.heads.write_bytes(content)
    with pytest.raises(NoHeadsError):
        read_kept(ledger.heads)
