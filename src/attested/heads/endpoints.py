"""The heads of the audit for programs: whoever watches them keeps every one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Controller, get
from litestar.params import PathParameter

from access.permissions import Permission
from foundation.paging import Before
from foundation.problems import NotFoundError
from foundation.requests import EXACT
from foundation.sealing import facts
from foundation.sealing.facts import SignedHead

OPEN = {"permission": Permission.PUBLIC}
Number = Annotated[int, PathParameter(name="number", ge=1, le=EXACT, description="The head's number.")]


@dataclass(frozen=True, slots=True)
class HeadOut:
    """A head of the audit. `head` is the text that was signed; what stands beside it is read out of it.

    Hashes and signatures are in hexadecimal.
    """

    number: int
    events: int
    total: int
    first_id: int
    last_id: int
    root: str
    previous: str
    sealed_at: datetime
    key_id: str
    head: str
    signature: str


@dataclass(frozen=True, slots=True)
class HeadsOut:
    """Heads, newest first; `next_before` asks for the page after it."""

    heads: list[HeadOut]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class KeyOut:
    """A key that checks the heads from `from_seal` on, until the next key begins; the key before it endorses it."""

    id: str
    public_key: str
    pem: str
    from_seal: int
    endorsement: str | None


class HeadEndpoints(Controller):
    """What anybody may ask of the audit, signed in or not."""

    path = "/audit"
    tags = ("Audit",)

    @get("/heads", opt=OPEN, operation_id="auditHeads", summary="List the heads of the audit")
    async def listed(
        self,
        before: Before = None,
    ) -> HeadsOut:
        """List the signed heads, newest first, 25 a page; each stands for every line of audit up to it."""
        found = await facts.heads(before=before)
        return HeadsOut([_out(one) for one in found.heads], found.next_before)

    @get("/heads/{number:int}", opt=OPEN, operation_id="auditHead", summary="Show a head of the audit")
    async def one(self, number: Number) -> HeadOut:
        """Show one signed head."""
        found = await facts.head(number)
        if found is None:
            raise NotFoundError
        return _out(found)

    @get("/keys", opt=OPEN, operation_id="auditKeys", summary="List the keys that check the heads")
    async def keys(self) -> list[KeyOut]:
        """List every key there was, oldest first; the old ones go on checking the heads they signed."""
        return [
            KeyOut(
                key.id, key.public_key.hex(), key.pem, key.from_seal,
                key.endorsement.hex() if key.endorsement else None,
            )
            for key in await facts.keys()
        ]  # fmt: skip


def _out(one: SignedHead) -> HeadOut:
    head = one.head
    return HeadOut(
        head.number, head.events, head.total, head.first_id, head.last_id,
        root=head.root.hex(), previous=head.previous.hex(), sealed_at=head.sealed_at, key_id=head.key_id,
        head=one.written.decode(), signature=one.signature.hex(),
    )  # fmt: skip
