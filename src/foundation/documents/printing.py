"""How is a document printed without holding up a page, reading what it should not, or taking the server with it?"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import structlog

from foundation.documents.press import NO_LIBRARIES, TOO_LONG
from foundation.problems import Problem

PRESS = Path(__file__).with_name("press.py")
# What the libraries need to find the machine's fonts; nothing else of our surroundings goes along, least of all secrets.
_SURROUNDINGS = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_AT_ONCE = asyncio.Semaphore(2)
log = structlog.get_logger("attested.documents")


class NoPrinterError(Problem):
    """This server cannot make PDFs yet: install the packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0. Everything else works, and the page itself can be printed."""

    status = 503
    title = "PDFs cannot be made here"


class DocumentTooBigError(Problem):
    """The document is too long to be made as a PDF. Print the page itself instead."""

    status = 413
    title = "The document is too long"


FELL_OVER = -signal.SIGSEGV
"""How the libraries that lay out a text end a process now and then, and not over the same text again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds by the clock, megabytes of memory, pages."""

    seconds: int = 20
    megabytes: int = 1024
    pages: int = 60


WITHIN = Limits()


async def print_pdf(
    html: str, *, limits: Limits = WITHIN, environment: dict[str, str] | None = None
) -> bytes:
    """Return HTML as a tagged PDF (PDF/UA-1), made by a process that lives for this document alone.

    :raises NoPrinterError: the machine lacks the libraries. :raises DocumentTooBigError: it goes beyond the limits.
    """
    asked = (html, limits, environment or _surroundings())
    status, pdf = await _pressed(*asked)
    if status == FELL_OVER:
        status, pdf = await _pressed(*asked)
    if status == 0:
        return pdf
    raise NoPrinterError if status == NO_LIBRARIES else DocumentTooBigError


async def _pressed(html: str, limits: Limits, environment: dict[str, str]) -> tuple[int, bytes]:
    async with _AT_ONCE:
        status, pdf, told = await _run(html, limits, environment)
    if status:
        log.error("a document was not printed", status=status, told=told[-500:])
    return status, pdf


async def _run(html: str, limits: Limits, environment: dict[str, str]) -> tuple[int, bytes, str]:
    asked = (str(limits.seconds), str(limits.megabytes), str(limits.pages))
    press = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(PRESS), *asked,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=environment,
    )  # fmt: skip
    try:
        pdf, told = await asyncio.wait_for(press.communicate(html.encode()), limits.seconds)
    except TimeoutError:
        return TOO_LONG, b"", "it took too long"
    finally:
        if press.returncode is None:
            press.kill()
            await press.wait()
    return press.returncode or 0, pdf, told.decode(errors="replace")


def _surroundings() -> dict[str, str]:
    return {name: os.environ[name] for name in _SURROUNDINGS if name in os.environ}
