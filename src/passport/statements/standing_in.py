"""Which statement says, too, what was withdrawn elsewhere, and found it recorded already?"""

from dataclasses import replace
from uuid import UUID

import msgspec
from asyncpg import Connection, Record

from passport.statements.facts import mapping_for
from passport.statements.judging import Feed, Judged, Lost, gives_again, heard, judged
from passport.statements.model import read
from passport.statements.rules import Outcome, Said

_ALREADY = """
SELECT id, force_id, client, happened_at, content::text AS content FROM passport.statement
 WHERE person_id = $1 AND outcome = 'already recorded' ORDER BY stored_at, id FOR UPDATE
"""


async def given_by_a_statement(writing: Connection, lost: Lost) -> bool:
    """Record what was withdrawn from a statement that says it, too; say whether one does.

    The caller has locked the person, so that nothing is recorded or voided of them meanwhile.
    """
    for row in await writing.fetch(_ALREADY, lost.person_id):
        feed = Feed(row["force_id"], row["client"], await mapping_for(row["force_id"]))
        (one,) = await heard(writing, feed, [(row["id"], said_before(row))])
        if gives_again(lost, feed, one):
            became_of = await judged(writing, feed, one, actor=feed.actor)
            await became(writing, feed.force_id, one.id, became_of)
            if became_of.outcome is Outcome.RECORDED:
                return True
    return False


async def became(writing: Connection, force_id: int, statement_id: UUID, judgement: Judged) -> None:
    """Keep what became of a statement."""
    await writing.execute(
        """UPDATE passport.statement SET outcome = $3, person_id = $4, evidence_id = $5
            WHERE force_id = $1 AND id = $2""",
        force_id, statement_id, judgement.outcome, judgement.person_id, judgement.evidence_id,
    )  # fmt: skip


def said_before(row: Record) -> Said:
    """Return what a statement says that was kept before."""
    return replace(read(msgspec.json.decode(row["content"])), happened_at=row["happened_at"])
