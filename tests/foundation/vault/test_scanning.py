"""Is nothing kept that a scanner has not clearly found clean? Real programs, and a real socket that speaks clamd's words."""

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from foundation.vault import scanning
from foundation.vault.errors import NotScannedError, VirusFoundError
from foundation.vault.scanning import look_through
from tests.attested.local.processes import lives, until
from tests.vaults import EICAR, PDF

pytestmark = pytest.mark.anyio
LONG = 10.0  # seconds that nobody waits who is not waiting for good
LOOKS = "import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())"


def program(text: str) -> str:
    return f'{shlex.quote(sys.executable)} -c "{text}"'


@asynccontextmanager
async def clamd(folder: Path, answer: Callable[[bytes], bytes]) -> AsyncIterator[str]:
    """Listen as clamd does, and answer to what was sent."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(size)
        writer.write(answer(content))
        writer.close()

    path = folder / "clamd.ctl"
    async with await asyncio.start_unix_server(serve, path):
        yield f"clamd:{path}"


async def test_without_a_scanner_nothing_is_looked_through() -> None:
    await look_through(EICAR, scanner="")


async def test_a_command_says_by_its_end_what_it_found() -> None:
    await look_through(PDF, scanner=program(LOOKS))
    with pytest.raises(VirusFoundError):
        await look_through(PDF + EICAR, scanner=program(LOOKS))


@pytest.mark.parametrize(
    "scanner",
    [
        program("import sys; sys.exit(2)"),
        program("import os; os.kill(os.getpid(), 9)"),
        "/no/such/scanner",
        "'unfinished",
        "clamd:/no/such/socket",
        "clamd://127.0.0.1:1",
        "clamd://127.0.0.1:none",
    ],
)
async def test_a_scanner_that_does_not_say_clean_keeps_everything_out(scanner: str) -> None:
    with pytest.raises(NotScannedError):
        await look_through(PDF, scanner=scanner)


async def test_a_scanner_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PATIENCE", 0.3)
    with pytest.raises(NotScannedError):
        await look_through(PDF, scanner=program("import time; time.sleep(60)"))


async def test_clamd_that_stops_reading_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The accident: what was left to send kept the connection open, and whoever handed the file in waited without end."""
    monkeypatch.setattr(scanning, "PATIENCE", 0.3)
    gone = asyncio.Event()

    async def read_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    path, large = tmp_path / "clamd.ctl", PDF + bytes(8_000_000)
    async with await asyncio.start_unix_server(read_nothing, path):
        with pytest.raises(NotScannedError):
            async with asyncio.timeout(LONG):
                await look_through(large, scanner=f"clamd:{path}")
        gone.set()


async def test_what_a_scanner_began_ends_with_it(tmp_path: Path) -> None:
    """The accident: a scanner that is a script was ended, and the program that it had begun went on for good."""
    said, script = tmp_path / "number", tmp_path / "scanner"
    script.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {shlex.quote(str(said))}\nwait\n")
    script.chmod(0o700)
    looking = asyncio.create_task(look_through(PDF, scanner=shlex.quote(str(script))))
    await asyncio.to_thread(until, lambda: said.exists() and said.read_text().endswith("\n"), "its number")
    looking.cancel()
    await asyncio.wait([looking])
    await asyncio.to_thread(until, lambda: not lives(int(said.read_text())), "its end")
    assert looking.cancelled()


async def test_clamd_is_sent_the_whole_file_and_taken_at_its_word(tmp_path: Path) -> None:
    sent: list[bytes] = []

    def answer(content: bytes) -> bytes:
        sent.append(content)
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"

    large = PDF + bytes(range(256)) * 1000
    async with clamd(tmp_path, answer) as address:
        await look_through(large, scanner=address)
        with pytest.raises(VirusFoundError):
            await look_through(large + EICAR, scanner=address)
    assert sent == [large, large + EICAR]


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK", b"", b"\0"])
async def test_any_other_word_of_clamd_keeps_the_file_out(tmp_path: Path, said: bytes) -> None:
    async with clamd(tmp_path, lambda _: said) as address:
        with pytest.raises(NotScannedError):
            await look_through(PDF, scanner=address)
