"""How do the people of a what-if leave for a screen or as a file, written down before they do?"""

import asyncio
import hashlib
from collections.abc import Iterable

from litestar import Response

from access.exports.actions import take
from access.exports.errors import NeedsColleagueError
from access.exports.facts import allowance_of
from access.exports.rules import Kind, Leaving
from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from access.scope import Scope
from foundation.intake.download import csv_line
from licence.whatif.people import AffectedPage, AffectedPerson, Asked, filter_of, how_many, people_of

HEADINGS = (
    "Name", "Number", "Rank", "Unit", "What changes", "As policy stands", "Under the draft", "Owes then", "Owes no longer",
    "Powers lost", "Powers regained",
)  # fmt: skip


async def told_people(reader: Identity, look: Look, reach: Scope, asked: Asked) -> AffectedPage:
    """Return a page of the people, after writing down who they are."""
    found = await people_of(reach, asked)
    await note_listed(reader, Permission.WHAT_IF_NAMES, [one.person_id for one in found.people], look)
    return found


async def exported(
    reader: Identity, look: Look, reach: Scope, asked: Asked, *, with_agreement: bool = False
) -> Response[str]:
    """Give the list as a file, every page of it, after writing down whom it names, and its hash.

    :raises NeedsColleagueError: it has more rows than leave alone, and no colleague has agreed to them.
    """
    rows = await how_many(reach, asked)
    if not with_agreement and (await allowance_of(reader, Kind.WHAT_IF_PEOPLE)).is_too_small_for(rows):
        raise NeedsColleagueError
    found = await people_of(reach, asked, most=None)
    text = await asyncio.to_thread(written, found.people)
    leaving = Leaving(
        kind=Kind.WHAT_IF_PEOPLE,
        force_ids=sorted(reach.force_ids),
        filter=filter_of(asked),
        rows=len(found.people),
        person_ids=[one.person_id for one in found.people],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    await take(reader, Permission.WHAT_IF_EXPORT, look, leaving, with_agreement=with_agreement)
    return Response(
        text,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="what-if-{asked.what_if}.csv"',
            "Cache-Control": "no-store",
        },
    )


def written(people: Iterable[AffectedPerson]) -> str:
    """Return the list as CSV: what the screen shows, and nothing else."""
    return "".join((csv_line(HEADINGS), *(csv_line(_cells(one)) for one in people)))


def _cells(one: AffectedPerson) -> tuple[str, ...]:
    listed = (", ".join(some) for some in (one.owes, one.owed, one.stopped, one.regained))
    return (one.name, one.numbers, one.rank, one.unit or "", one.change, one.before, one.after, *listed)
