"""How do the lines of a file leave for a screen or as a file, written down before they do?"""

from litestar.response import Stream

from attested.files.facts import File
from foundation.audit import Actor, Event, recorded
from foundation.intake.facts import rejected_csv
from foundation.intake.verdicts import RETURNED, Verdict

PURPOSE = "importing a force's extract"


async def told_lines(actor: Actor, file: File, verdict: Verdict) -> None:
    """Write down that lines of a file are about to be read."""
    await _write(actor, Event("intake.lines.read", PURPOSE, detail={"intake": file.id, "verdict": verdict}))


async def taken_away(actor: Actor, file: File) -> Stream:
    """Write down that what goes back to the force is taken away, then give it, line by line."""
    count = sum(file.counts[verdict] for verdict in RETURNED)
    await _write(actor, Event("intake.returned.taken", PURPOSE, detail={"intake": file.id, "lines": count}))
    return Stream(
        rejected_csv(file.id),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="returned-lines-{file.id}.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _write(actor: Actor, event: Event) -> None:
    async with recorded(actor, event):
        pass  # that somebody looked is itself what is recorded
