"""How do the lines of a file leave for a screen or as a file, written down before they do?"""

from dataclasses import replace

from litestar.response import Stream

from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_looked
from attested.files.facts import File, LinePage
from foundation.intake.facts import rejected_csv
from foundation.intake.verdicts import RETURNED, Verdict


async def told_lines(reader: Identity, look: Look, file: File, verdict: Verdict, found: LinePage) -> None:
    """Write down that lines of a file are about to be read, and about whom they are, as far as that is known."""
    look = replace(look, detail={"intake": file.id, "verdict": verdict})
    await note_looked(reader, Permission.INTAKE_READ, look, found.person_ids)


async def taken_away(reader: Identity, look: Look, file: File) -> Stream:
    """Write down that what goes back to the force is taken away, then give it, line by line."""
    count = sum(file.counts[verdict] for verdict in RETURNED)
    look = replace(look, detail={"intake": file.id, "lines": count})
    await note_looked(reader, Permission.INTAKE_READ, look)
    return Stream(
        rejected_csv(file.id),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="returned-lines-{file.id}.csv"',
            "Cache-Control": "no-store",
        },
    )
