"""Is a document printed for everybody to read, and can it neither see, reach nor stop anything around it?"""

import asyncio
import os
import re
import sys
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foundation.documents import printing
from foundation.documents.printing import DocumentTooBigError, Limits, NoPrinterError, print_pdf

pytestmark = pytest.mark.anyio

CANARY = "THE-CANARY-SINGS"
TRAPS = """
<html lang="en"><head><title>Traps</title>
<base href="{base}/">
<link rel="stylesheet" href="{there}">
<link rel="attachment" href="{there}">
<style>@import url("{there}"); @font-face {{ font-family: x; src: url("{there}") }}
body {{ background: url("{there}"); font-family: x }} p::before {{ content: url("{there}") }}</style></head>
<body><h1>Traps</h1><p>x</p><img alt="" src="{there}"><object data="{there}"></object><embed src="{there}">
<svg><image href="{there}"/><use href="{there}#a"/></svg><iframe src="{there}"></iframe>
<a rel="attachment" href="{there}">attached</a></body></html>
"""


@pytest.fixture
async def listening() -> AsyncIterator[tuple[str, list[str]]]:
    """A canary server: whatever asks it for anything has been caught."""
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode())
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


def streams(pdf: bytes) -> bytes:
    """Unpack everything that is packed in a PDF."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"\n".join(_unpacked(one) for one in packed)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


async def test_a_document_is_tagged_titled_and_says_its_language() -> None:
    pdf = await print_pdf('<html lang="en-GB"><head><title>Ada’s passport</title></head><h1>Passport</h1>')
    whole = pdf + streams(pdf)
    assert pdf.startswith(b"%PDF-1.7")
    for promised in (b"/StructTreeRoot", b"/Marked true", b"/Lang (en-GB)", b"pdfuaid", b"/H1"):
        assert promised in whole, promised


async def test_a_document_made_twice_is_the_same() -> None:
    html = '<html lang="en"><head><title>Same</title></head><h1>Same</h1>'
    assert await print_pdf(html) == await print_pdf(html)


async def test_a_document_asks_no_server_for_anything(listening: tuple[str, list[str]]) -> None:
    address, asked = listening
    await print_pdf(TRAPS.format(base=address, there=f"{address}/canary"))
    assert asked == []


async def test_a_document_reads_no_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary.css"
    canary.write_text(f'p::after {{ content: "{CANARY}" }}')
    pdf = await print_pdf(TRAPS.format(base=tmp_path.as_uri(), there=canary.as_uri()))
    assert CANARY.encode() not in pdf + streams(pdf)
    assert b"/EmbeddedFile" not in pdf


async def test_the_trap_is_real_the_stock_fetcher_walks_into_it(tmp_path: Path) -> None:
    """The tests above can fail: the library as it comes embeds the file (traps 2.2)."""
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY)
    program = "import sys, weasyprint; weasyprint.HTML(string=sys.stdin.read()).write_pdf(sys.argv[1])"
    made = tmp_path / "made.pdf"
    stock = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(made),
        stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await stock.communicate(f'<a rel="attachment" href="{canary.as_uri()}">x</a>'.encode())
    pdf = made.read_bytes()
    assert CANARY.encode() in pdf + streams(pdf)


async def test_a_document_without_end_is_given_up_and_the_next_one_is_printed() -> None:
    endless = '<html lang="en"><title>x</title>' + "<div>" * 3000 + "<p style='height: 1e9px'>x"
    with pytest.raises(DocumentTooBigError):
        await print_pdf(endless, limits=Limits(seconds=3, megabytes=512))
    assert await print_pdf('<html lang="en"><title>x</title><h1>Next</h1>')


async def test_a_document_of_too_many_pages_is_given_up() -> None:
    pages = '<html lang="en"><title>x</title>' + "<p style='break-after: page'>x</p>" * 5
    with pytest.raises(DocumentTooBigError):
        await print_pdf(pages, limits=Limits(pages=4))
    assert await print_pdf(pages, limits=Limits(pages=6))


async def test_the_press_is_told_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a-secret")
    from foundation.documents.printing import _surroundings  # noqa: PLC0415 - the surroundings of the moment

    assert "DATABASE_URL" not in _surroundings()
    assert os.environ["PATH"] == _surroundings()["PATH"]


async def test_a_machine_without_the_libraries_says_which_packages_to_install(tmp_path: Path) -> None:
    """The loader is told to find nothing named pango, as on a machine that has none."""
    hidden = tmp_path / "libpango-1.0.so.0"
    hidden.write_text("not a library")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}
    with pytest.raises(NoPrinterError) as told:
        await print_pdf("<h1>x</h1>", environment=environment)
    assert "libpango-1.0-0" in told.value.detail
    assert told.value.status == 503


def test_the_application_starts_without_the_libraries() -> None:
    """Nothing but the press ever imports the library, and the press does so only when it prints."""
    import attested.app  # noqa: F401, PLC0415 - whatever the application imports is there now

    assert "weasyprint" not in sys.modules


FALLS_OVER_ONCE = """
import os, pathlib, runpy, signal
fallen = pathlib.Path({fallen!r})
if not fallen.exists():
    fallen.touch()
    os.kill(os.getpid(), signal.SIGSEGV)
runpy.run_path({press!r}, run_name="__main__")
"""


async def test_a_press_that_falls_over_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = tmp_path / "press.py"
    told = FALLS_OVER_ONCE.format(fallen=str(tmp_path / "fallen"), press=str(printing.PRESS))
    press.write_text(told, encoding="utf-8")
    monkeypatch.setattr(printing, "PRESS", press)
    assert (await print_pdf("<p>As it should be</p>")).startswith(b"%PDF")
