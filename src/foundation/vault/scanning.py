"""Does whatever looks for viruses find a file clean? While it does not say so, the file is not."""

import asyncio
import os
import shlex
import signal
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from urllib.parse import urlsplit

from foundation.settings import settings
from foundation.vault.errors import NotScannedError, VirusFoundError

PATIENCE = 30.0  # seconds for one file
PIECE = 64 * 1024
SOCKET = "clamd:"
CLEAN, HARMFUL = 0, 1  # how a command ends


async def look_through(content: bytes, *, scanner: str | None = None) -> None:
    """Have a file looked through by the scanner that is set, if one is.

    :raises VirusFoundError: it found something. :raises NotScannedError: it did not say clearly that it found nothing.
    """
    chosen = settings().attachment_scanner if scanner is None else scanner
    if not chosen:
        return
    try:
        async with asyncio.timeout(PATIENCE):
            is_clean = await (_asked(chosen, content) if chosen.startswith(SOCKET) else _run(chosen, content))
    except (OSError, TimeoutError, ValueError, EOFError) as failure:
        raise NotScannedError from failure
    if not is_clean:
        raise VirusFoundError


async def _run(command: str, content: bytes) -> bool:
    """Give a command the file, and return whether it ended saying that it is clean; what it began ends with it."""
    process = await asyncio.create_subprocess_exec(
        *shlex.split(command), stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
    )
    try:
        await process.communicate(content)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode not in {CLEAN, HARMFUL}:
        raise NotScannedError
    return process.returncode == CLEAN


async def _asked(address: str, content: bytes) -> bool:
    """Send the file to clamd (INSTREAM: pieces, each after its length, then an empty one) and read its word."""
    parts = urlsplit(address)
    if parts.hostname:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 3310)
    else:
        reader, writer = await asyncio.open_unix_connection(parts.path)
    try:
        writer.write(b"zINSTREAM\0")
        for begin in range(0, len(content), PIECE):
            piece = content[begin : begin + PIECE]
            writer.write(len(piece).to_bytes(4, "big") + piece)
            await writer.drain()
        writer.write(bytes(4))
        await writer.drain()
        said = (await reader.readuntil(b"\0")).rstrip(b"\0").decode(errors="replace")
    finally:
        # Not close(): that waits for what is left to send, and without end where nobody reads it.
        writer.transport.abort()
    if said.endswith(" FOUND"):
        return False
    if said != "stream: OK":
        raise NotScannedError
    return True
