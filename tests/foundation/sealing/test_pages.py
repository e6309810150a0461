"""Does anybody find the heads, keep one and check it with what the page says, without seeing a line of audit?"""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from foundation.audit import Actor
from foundation.requests import Watched
from foundation.sealing.actions import rotate
from foundation.sealing.keys import signing_key
from tests.clients import calling
from tests.foundation.sealing.ledger import Ledger

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sealed(ledger: Ledger) -> Ledger:
    await ledger.write(7, text="her sister rang")
    await ledger.seal(most=3)
    return ledger


async def test_the_heads_are_there_for_anybody_newest_first(app: Watched, sealed: Ledger) -> None:
    async with calling(app) as client:
        page = (await client.get("/audit/heads")).text
        assert page.index("Head 3") < page.index("Head 1")
        assert "BEGIN PUBLIC KEY" in page
        older = (await client.get("/audit/heads?before=2")).text
        assert "Head 1" in older
        assert "Head 2" not in older


async def test_before_anything_is_sealed_the_page_says_so(app: Watched, database: str) -> None:
    async with calling(app) as client:
        assert "No head yet" in (await client.get("/audit/heads")).text
        assert (await client.get("/api/v1/audit/heads")).json() == {"heads": [], "next_before": None}


async def test_nothing_of_a_line_is_shown(app: Watched, sealed: Ledger) -> None:
    async with calling(app) as client:
        for path in ("/audit/heads", "/audit/heads/1", "/api/v1/audit/heads", "/audit/heads/1/kept"):
            shown = (await client.get(path)).text
            assert not [
                word for word in ("Ada Okafor", "supervision", "record read", "sister") if word in shown
            ]


async def test_a_head_that_is_not_there_is_not_found(app: Watched, sealed: Ledger) -> None:
    async with calling(app) as client:
        for path in (
            "/audit/heads/4",
            "/audit/heads/0",
            f"/audit/heads/{2**70}",
            "/audit/heads/9/kept",
            "/api/v1/audit/heads/4",
        ):
            assert (await client.get(path)).status_code == 404, path


async def test_a_head_kept_from_the_page_is_what_the_command_compares(app: Watched, sealed: Ledger) -> None:
    async with calling(app) as client:
        kept = await client.get("/audit/heads/2/kept")
    file = sealed.folder / "kept.jsonl"
    file.write_bytes(kept.content)
    assert kept.content == sealed.heads.read_bytes().splitlines(keepends=True)[1]
    assert (await sealed.verified(file)).is_sound


async def test_the_program_sees_what_the_page_shows(app: Watched, sealed: Ledger) -> None:
    await rotate(
        actor=Actor(3, "Ada"), approved_by=4, old=sealed.signs, new=signing_key(sealed.folder / "next.pem")
    )
    async with calling(app) as client:
        found = (await client.get("/api/v1/audit/heads")).json()
        assert [one["number"] for one in found["heads"]] == [3, 2, 1]
        assert (await client.get("/api/v1/audit/heads/3")).json() == found["heads"][0]
        first, second = (await client.get("/api/v1/audit/keys")).json()
    assert (first["from_seal"], first["endorsement"]) == (1, None)
    assert (second["from_seal"], len(second["endorsement"])) == (4, 128)


async def test_what_the_page_shows_is_all_that_a_check_needs(app: Watched, sealed: Ledger) -> None:
    async with calling(app) as client:
        head = (await client.get("/api/v1/audit/heads/1")).json()
        [key] = (await client.get("/api/v1/audit/keys")).json()
    checks = load_pem_public_key(key["pem"].encode())
    assert isinstance(checks, Ed25519PublicKey)
    checks.verify(bytes.fromhex(head["signature"]), head["head"].encode())
    with pytest.raises(InvalidSignature):
        checks.verify(bytes.fromhex(head["signature"]), head["head"].replace("total 3", "total 4").encode())
