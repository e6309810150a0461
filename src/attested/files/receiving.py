"""How does an uploaded file come to lie on disk for as long as it is judged, under a name that is safe to show?"""

import asyncio
import shutil
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from litestar.datastructures import UploadFile

from foundation.intake.errors import UnreadableFileError
from foundation.intake.survey import FOR_PAGES

LONGEST_NAME = 120
# How the files of spreadsheet programs begin: the newer kind is an archive, the older a compound document.
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_SENT = 2 * (FOR_PAGES.size or 0)
"""The bytes of a request that are read at all. A file too big by less is refused in the form, which keeps its answers."""


@asynccontextmanager
async def received(upload: UploadFile) -> AsyncIterator[Path]:
    """Lay an uploaded file on disk for the block, in a folder that nobody else may open, and leave nothing behind.

    :raises UnreadableFileError: it is a spreadsheet program's own file.
    """
    with TemporaryDirectory(prefix="attested-") as folder:
        path = Path(folder) / "handed-in"
        await asyncio.to_thread(_copy, upload, path)
        yield path


def shown_name(name: str) -> str:
    """Return a file's own name without the folders it came from, and without signs that do not show."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return plain[:LONGEST_NAME] or "file without a name"


def _copy(upload: UploadFile, path: Path) -> None:
    upload.file.seek(0)
    start = upload.file.read(len(SPREADSHEETS[0]))
    if start in SPREADSHEETS:
        raise UnreadableFileError(
            "The file is a spreadsheet. In your spreadsheet program, save it as CSV, then select that file."
        )
    upload.file.seek(0)
    with path.open("wb") as kept:
        shutil.copyfileobj(upload.file, kept)
