"""Is a file refused in clear words, and closed, whatever is wrong with it?"""

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundation.problems import Problem
from foundation.vault.errors import EmptyFileError, FileTooLargeError, UnknownKindError, VirusFoundError
from foundation.vault.kinds import FileKind
from foundation.vault.receiving import KeptFile, receive
from tests.vaults import EICAR, PDF, setting

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class Paper:
    """A file as a form sends it."""

    content: bytes
    filename: str = "C:\\certificate.pdf"
    is_closed: bool = False

    async def read(self, size: int = -1, /) -> bytes:
        return self.content[:size]

    async def close(self) -> None:
        self.is_closed = True


def kept_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


async def test_a_file_is_kept_under_its_hash_by_its_own_name(files_kept: Path) -> None:
    paper = Paper(PDF)
    kept = await receive(paper)
    assert kept == KeptFile(kept.sha256, len(PDF), FileKind.PDF, "certificate.pdf")
    assert paper.is_closed
    (path,) = kept_in(files_kept)
    assert path.parent.name + path.name == kept.sha256.hex()
    assert path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", EmptyFileError), (b"<html>", UnknownKindError), (PDF + bytes(1_000_000), FileTooLargeError)],
)
async def test_what_may_not_be_attached_is_refused_and_not_kept(
    files_kept: Path, content: bytes, refusal: type[Problem]
) -> None:
    paper = Paper(content)
    with setting(ATTACHMENT_MEGABYTES="1"), pytest.raises(refusal):
        await receive(paper)
    assert paper.is_closed
    assert kept_in(files_kept) == []


async def test_what_a_scanner_finds_is_not_kept(files_kept: Path) -> None:
    looks = f"{shlex.quote(sys.executable)} -c \"import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())\""
    with setting(ATTACHMENT_SCANNER=looks):
        await receive(Paper(PDF))
        with pytest.raises(VirusFoundError):
            await receive(Paper(PDF + EICAR))
    assert len(kept_in(files_kept)) == 1
