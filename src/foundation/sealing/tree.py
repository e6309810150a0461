"""What one hash stands for many lines, and what proves that a line is among them? The tree of RFC 6962, section 2.1."""

from collections.abc import Sequence
from hashlib import sha256

HASH = 32
LEAF, NODE = b"\x00", b"\x01"  # so that nobody can pass off a branch as a line


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of one line in its place."""
    return sha256(LEAF + line).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the one hash that stands for all leaves, in their order."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path_of(leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return the neighbours, lowest first, from which whoever holds one leaf can work out the root.

    :raises IndexError: there is no such place.
    """
    if not 0 <= place < len(leaves):
        raise IndexError(place)
    level, path = list(leaves), []
    while len(level) > 1:
        if place ^ 1 < len(level):
            path.append(level[place ^ 1])
        level, place = _above(level), place // 2
    return tuple(path)


def root_by(leaf: bytes, path: Sequence[bytes], *, place: int, size: int) -> bytes | None:
    """Return the root that a path leads to from a leaf, or None if no tree of the size has such a path."""
    if not 0 <= place < size:
        return None
    found, rest = leaf, list(path)
    last = size - 1
    while last > 0:
        if place & 1 or place < last:
            if not rest:
                return None
            beside = rest.pop(0)
            found = _node(beside, found) if place & 1 else _node(found, beside)
        place, last = place // 2, last // 2
    return found if not rest else None


def split(leaves: bytes) -> list[bytes]:
    """Take hashes apart that are kept as one string."""
    return [leaves[start : start + HASH] for start in range(0, len(leaves), HASH)]


def _above(level: list[bytes]) -> list[bytes]:
    """Return the level above: pairs joined, and an odd last one as it is, which is RFC 6962's split at a power of two."""
    joined = [
        sha256(NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)
    ]
    return [*joined, level[-1]] if len(level) % 2 else joined


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()
