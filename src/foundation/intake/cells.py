"""What do the words of a file mean here: the same word however it is spaced or cased?"""

from collections.abc import Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


def tidy(cell: str) -> str:
    """Return a cell without stray blanks, inside or out."""
    return " ".join(cell.replace("\u00a0", " ").replace("\ufeff", "").split())


def folded(cell: str) -> str:
    """Return a cell as it is compared: without stray blanks and without case."""
    return tidy(cell).casefold()


def is_damaged(cells: list[str]) -> bool:
    """Say whether a cell holds bytes that are not in the file's encoding, or a character that cannot be kept."""
    return any("\udc80" <= sign <= "\udfff" for cell in cells if not cell.isascii() for sign in cell)


def mended(cells: list[str], most: int) -> list[str]:
    """Return cells as they can be kept and shown: damaged bytes marked, none longer than `most` letters."""
    return [cell[:most].encode("utf-8", "replace").decode() for cell in cells]


class Words(Generic[T]):
    """Words of a mapping and what they mean, each distinct cell looked up once."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = {folded(word): meaning for word, meaning in meanings.items()}
        self._found: dict[str, T | None] = {}
        self.words = tuple(meanings)

    def get(self, cell: str) -> T | None:
        """Return what a cell means, or None where the mapping does not say."""
        if cell in self._found:
            return self._found[cell]
        found = self._found[cell] = self._meanings.get(folded(cell), self._meanings.get("*"))
        return found
