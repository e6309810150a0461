"""What exactly is signed? A head: a few lines of text that stand for every line of audit up to here."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256

TITLE = "attested audit head 1"
ENDORSED = "attested audit key 1"
NOTHING = bytes(32)
"""What the first head follows."""


class NotAHeadError(ValueError):
    """These bytes are not a head of this form."""


@dataclass(frozen=True, slots=True)
class Head:
    """One seal: how many lines it holds and how many came before, its tree's root, and the head that it follows."""

    number: int
    events: int
    total: int
    first_id: int
    last_id: int
    root: bytes
    previous: bytes
    sealed_at: datetime
    key_id: str

    @property
    def written(self) -> bytes:
        """Return the very bytes that are signed."""
        lines = (f"{field.name} {_said(getattr(self, field.name))}" for field in fields(self))
        return "".join(f"{line}\n" for line in (TITLE, *lines)).encode()

    @property
    def hash(self) -> bytes:
        """Return what the next head says of this one."""
        return sha256(self.written).digest()


def read_head(written: bytes) -> Head:
    """Read a head from its bytes.

    :raises NotAHeadError: they are not exactly what that head is written as.
    """
    try:
        title, *lines, end = written.decode("ascii").split("\n")
        said = dict(line.split(" ", 1) for line in lines)
        head = Head(
            number=int(said["number"]),
            events=int(said["events"]),
            total=int(said["total"]),
            first_id=int(said["first_id"]),
            last_id=int(said["last_id"]),
            root=bytes.fromhex(said["root"]),
            previous=bytes.fromhex(said["previous"]),
            sealed_at=datetime.fromisoformat(said["sealed_at"]),
            key_id=said["key_id"],
        )
    except (ValueError, KeyError) as wrong:
        raise NotAHeadError from wrong
    if (title, end) != (TITLE, "") or head.written != written:
        raise NotAHeadError
    return head


def endorsement(public_key: bytes, *, from_seal: int, previous: str) -> bytes:
    """Return the bytes by which the key in force says which key follows it, and from which seal."""
    return f"{ENDORSED}\nkey {public_key.hex()}\nfrom_seal {from_seal}\nprevious {previous}\n".encode()


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.hex() if isinstance(value, bytes) else str(value)
