"""How does a file that somebody attaches come to be kept: not too large, of a known kind, and found clean?"""

from dataclasses import dataclass
from typing import Protocol

from foundation.settings import settings
from foundation.vault.errors import EmptyFileError, FileTooLargeError, UnknownKindError
from foundation.vault.kinds import FileKind, kind_of
from foundation.vault.names import shown_name
from foundation.vault.scanning import look_through
from foundation.vault.stores import vault

MEGABYTE = 1_000_000
MOST_SENT = 110 * MEGABYTE
"""The bytes of a request that are read at all; a file too large by less is refused in the form, which keeps its answers."""


class Sent(Protocol):
    """A file as it comes with a form."""

    @property
    def filename(self) -> str: ...

    async def read(self, size: int = -1, /) -> bytes: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose content is in the vault: what a row says of it. No row, and the content goes again in a day."""

    sha256: bytes
    size: int
    kind: FileKind
    name: str


async def receive(sent: Sent) -> KeptFile:
    """Look at a file, have it looked through, and keep its content; the file is closed in any case.

    :raises EmptyFileError: nothing is in it. :raises FileTooLargeError: more is in it than the setting allows.
    :raises UnknownKindError: it is none of the kinds that may be attached.
    :raises VirusFoundError: something harmful is in it. :raises NotScannedError: whether there is cannot be told now.
    :raises StoreUnreachableError: it cannot be kept now.
    """
    most = settings().attachment_megabytes
    try:
        content = await sent.read(most * MEGABYTE + 1)
    finally:
        await sent.close()
    if not content:
        raise EmptyFileError
    if len(content) > most * MEGABYTE:
        raise FileTooLargeError(f"The file must be {most}MB or smaller")
    kind = kind_of(content)
    if kind is None:
        raise UnknownKindError
    await look_through(content)
    return KeptFile(await vault().put(content), len(content), kind, shown_name(sent.filename))
