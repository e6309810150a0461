"""Where do the files that tests attach lie? In a folder of their own, thrown away with the run; and what do they hold?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foundation.settings import settings
from foundation.vault.stores import vault

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(40)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)
# What every scanner takes for a virus, and nothing else does: in two parts, or it would take this very file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def setting(**words: str) -> Iterator[None]:
    """Run with some settings as an operator would make them, and with the vault that they name."""
    before = {name: os.environ.get(name) for name in words}
    os.environ.update(words)
    settings.cache_clear()
    vault.cache_clear()
    try:
        yield
    finally:
        for name, word in before.items():
            if word is None:
                del os.environ[name]
            else:
                os.environ[name] = word
        settings.cache_clear()
        vault.cache_clear()


@pytest.fixture
def files_kept(tmp_path: Path) -> Iterator[Path]:
    """A folder for what is attached, empty at first."""
    with setting(ATTESTED_DATA=str(tmp_path)):
        yield tmp_path / "attachments"
