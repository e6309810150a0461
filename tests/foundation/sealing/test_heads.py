"""Are the bytes that are signed always the same for the same head, and never read as anything else?"""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from foundation.sealing.heads import NOTHING, Head, NotAHeadError, endorsement, read_head
from foundation.sealing.keys import PublicKey, SigningKey, first_unendorsed, in_force, is_signed

GOLDEN = (
    b"attested audit head 1\nnumber 1\nevents 3\ntotal 3\nfirst_id 1\nlast_id 4\n"
    b"root aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77\n"
    b"previous 0000000000000000000000000000000000000000000000000000000000000000\n"
    b"sealed_at 2026-11-22T05:00:00.000250Z\nkey_id 21fe31dfa154a261\n"
)
# The first test key of RFC 8032, section 7.1.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
    "4730070d4d42370d910b1ba37a6f59527a8f25584af01e46f4442d696da39f59"
    "5db2153156585628cd54ad7f6332c3f2653a895bd653eb351c91ddeafdbe210a"
)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(SECRET))
HEAD = Head(
    1, 3, 3, 1, 4,
    root=bytes.fromhex("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    previous=NOTHING, sealed_at=datetime(2026, 11, 22, 5, 0, 0, 250, UTC), key_id=KEY.id,
)  # fmt: skip


def test_a_head_is_written_as_these_bytes_and_signed_with_these() -> None:
    assert HEAD.written == GOLDEN
    assert KEY.public.hex() == PUBLIC
    assert KEY.sign(HEAD.written).hex() == SIGNATURE
    assert HEAD.hash.hex() == "6563aedea27c0bde08c0ece6ab4672cb8818da49d217d84380683376adcf29b1"


def test_what_is_written_is_read_again() -> None:
    assert read_head(GOLDEN) == HEAD


@given(st.integers(0, len(GOLDEN) - 1), st.integers(1, 255))
def test_no_other_byte_passes_for_it(place: int, change: int) -> None:
    other = bytearray(GOLDEN)
    other[place] ^= change
    assert not is_signed(bytes(other), KEY.sign(GOLDEN), KEY.public)
    try:
        assert read_head(bytes(other)).written == bytes(other)
    except NotAHeadError:
        return


@pytest.mark.parametrize(
    "wrong",
    [b"", GOLDEN[:-1], GOLDEN + b"\n", GOLDEN.replace(b"3", b"03"), GOLDEN.replace(b" 1\n", b" 2\n", 1),
     GOLDEN + b"more 1\n", GOLDEN.replace(b".000250Z", b"+00:00"), GOLDEN.upper(), b"\xff" + GOLDEN],
)  # fmt: skip
def test_what_is_not_exactly_a_head_is_not_read(wrong: bytes) -> None:
    with pytest.raises(NotAHeadError):
        read_head(wrong)


def successor(before: SigningKey, *, from_seal: int) -> tuple[SigningKey, PublicKey]:
    key = SigningKey(Ed25519PrivateKey.generate())
    said = endorsement(key.public, from_seal=from_seal, previous=before.id)
    return key, PublicKey(key.id, key.public, from_seal, endorsement=before.sign(said))


def test_each_key_vouches_for_the_next_and_signs_until_it_begins() -> None:
    first = PublicKey(KEY.id, KEY.public, 1)
    private, second = successor(KEY, from_seal=5)
    _, third = successor(private, from_seal=9)
    keys = [first, second, third]
    assert first_unendorsed(keys) is None
    assert [in_force(keys, seal) for seal in (1, 4, 5, 8, 9, 99)] == [
        first,
        first,
        second,
        second,
        third,
        third,
    ]
    assert in_force(keys, 0) is None


def test_a_key_that_nobody_vouches_for_is_found() -> None:
    first = PublicKey(KEY.id, KEY.public, 1)
    stranger = SigningKey(Ed25519PrivateKey.generate())
    by_itself, own_word = successor(stranger, from_seal=5)
    moved = PublicKey(own_word.id, own_word.public_key, 4, endorsement=own_word.endorsement)
    misnamed = PublicKey("0" * 16, KEY.public, 1)
    unsaid = PublicKey(by_itself.id, by_itself.public, 5)
    for keys in (
        [first, own_word],
        [first, moved],
        [first, unsaid],
        [misnamed],
        [PublicKey(KEY.id, KEY.public, 2)],
    ):
        assert first_unendorsed(keys) == keys[-1]
