"""What is a file, by its content and never by its name?"""

from enum import StrEnum

import filetype

_START = 4096
"""So many bytes are looked at; every kind that is taken says what it is in the first of them."""


class FileKind(StrEnum):
    """The kinds of file that may be attached, by the media type under which each is given back."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"

    @property
    def suffix(self) -> str:
        """Return what a name of this kind ends with."""
        return f".{self.name.lower()}" if self is not FileKind.JPEG else ".jpg"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return every ending that people give this kind."""
        others = {FileKind.JPEG: (".jpeg", ".jpe"), FileKind.HEIC: (".heif",)}
        return (self.suffix, *others.get(self, ()))

    @property
    def words(self) -> str:
        """Return how the kind is called on a page."""
        return "WebP" if self is FileKind.WEBP else self.name


_TOLD = {kind.value: kind for kind in FileKind} | {"image/apng": FileKind.PNG}
ACCEPT = ",".join((*(kind.value for kind in FileKind), *(s for kind in FileKind for s in kind.suffixes)))
"""What a browser's file box offers first; it keeps nobody from choosing something else."""


def kind_of(content: bytes) -> FileKind | None:
    """Return what a file is, or None if it is nothing that may be attached."""
    found = filetype.guess(content[:_START])
    return None if found is None else _TOLD.get(found.mime)
