"""How do the lines of a file leave for a screen or as a file, written down before they do?"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace
from tempfile import TemporaryFile
from typing import IO

from litestar.response import Stream

from access.exports.actions import take
from access.exports.errors import NeedsColleagueError
from access.exports.facts import allowance_of
from access.exports.rules import Kind, Leaving
from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_looked
from attested.files.facts import File, LinePage, force_of
from foundation.intake.facts import rejected_csv
from foundation.intake.verdicts import RETURNED, Verdict

CHUNK = 64 * 1024


async def told_lines(reader: Identity, look: Look, file: File, verdict: Verdict, found: LinePage) -> None:
    """Write down that lines of a file are about to be read, and about whom they are, as far as that is known."""
    look = replace(look, detail={"intake": file.id, "verdict": verdict})
    await note_looked(reader, Permission.INTAKE_READ, look, found.person_ids)


async def taken_away(reader: Identity, look: Look, file: File, *, with_agreement: bool = False) -> Stream:
    """Give what goes back to the force as a file, after writing down that it leaves, and its hash.

    :raises NeedsColleagueError: it has more lines than leave alone, and no colleague has agreed to them.
    """
    rows = going_back(file)
    if not with_agreement and (await allowance_of(reader, Kind.RETURNED_LINES)).is_too_small_for(rows):
        raise NeedsColleagueError
    with ExitStack() as unless_given:
        made = unless_given.enter_context(TemporaryFile())
        leaving = Leaving(
            kind=Kind.RETURNED_LINES,
            force_ids=[await force_of(file)],
            filter=filter_of(file),
            rows=rows,
            person_ids=(),  # whoever a line that goes back is about, it is not known for certain
            sha256=await _made(made, file),
        )
        look = replace(look, detail={"intake": file.id})
        await take(reader, Permission.INTAKE_READ, look, leaving, with_agreement=with_agreement)
        unless_given.pop_all()
    return Stream(
        _given(made),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="returned-lines-{file.id}.csv"',
            "Cache-Control": "no-store",
        },
    )


def going_back(file: File) -> int:
    """Return how many lines of a file go back to the force."""
    return sum(file.counts[verdict] for verdict in RETURNED)


def filter_of(file: File) -> str:
    """Return by what the lines are filtered that leave."""
    return f"?file={file.id}"


async def _made(made: IO[bytes], file: File) -> str:
    """Write the file, which may be long, beside the memory; return its hash: what is hashed is what leaves."""
    digest = hashlib.sha256()
    async for line in rejected_csv(file.id):
        digest.update(line.encode())
        made.write(line.encode())
    return digest.hexdigest()


async def _given(made: IO[bytes]) -> AsyncIterator[bytes]:
    with made:
        made.seek(0)
        while chunk := made.read(CHUNK):
            yield chunk
