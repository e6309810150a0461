"""What becomes of one statement, within the transaction of whoever receives it or answers for it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from asyncpg import Connection

from foundation.audit import Actor, Event, write
from foundation.clock import london_day, now, today
from passport.learning.writing import NewEvidence, locked, vouched_for, withdrawn
from passport.statements.facts import person_of
from passport.statements.mapping import StatementMapping
from passport.statements.rules import Mapped, Outcome, Said

PURPOSE = "training"
SOURCE = "learning system"
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('statements', $1::bigint))"


_LOSE = """
SELECT DISTINCT person_id FROM passport.statement
 WHERE force_id = $1 AND client = $2 AND id = ANY($3::uuid[]) AND person_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """The system that sends: its force, its name, and what the force maps."""

    force_id: int
    client: str
    mapping: StatementMapping

    @property
    def actor(self) -> Actor:
        """Return how the audit names the system."""
        return Actor(None, self.client)


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement that is judged: what it says, and of whom, if that is known."""

    id: UUID
    said: Said
    person_id: int | None

    @property
    def on(self) -> date:
        """Return the day in London on which it happened."""
        return london_day(self.said.happened_at or now())


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a statement: of whom it speaks, and which evidence it made."""

    outcome: Outcome
    person_id: int | None = None
    evidence_id: int | None = None


async def alone(writing: Connection, force_id: int) -> None:
    """Let a force's statements be kept and judged one batch after the other, until the transaction ends.

    So that the order in which they are stored is the order in which they can be fetched, and no two batches wait for one
    another's people.
    """
    await writing.execute(ALONE, force_id)


async def heard(writing: Connection, feed: Feed, statements: Sequence[tuple[UUID, Said]]) -> list[Heard]:
    """Find of whom statements speak, and let nobody else enter evidence of these people until the transaction ends.

    Nor of those whose statements they void: what stands in for what is lost is asked of sheets that may be signed meanwhile.
    """
    found: dict[tuple[str, date], int | None] = {}
    told = []
    for number, said in statements:
        on = london_day(said.happened_at or now())
        if (said.actor, on) not in found:
            found[said.actor, on] = await person_of(
                writing, feed.force_id, said, feed.mapping.accounts, on=on
            )
        told.append(Heard(number, said, found[said.actor, on]))
    voids = [said.voids for _, said in statements if said.voids is not None]
    lose = {row["person_id"] for row in await writing.fetch(_LOSE, feed.force_id, feed.client, voids)}
    await locked(writing, lose | {one for one in found.values() if one is not None})
    return told


async def judged(writing: Connection, feed: Feed, one: Heard, *, actor: Actor) -> Judged:
    """Record the evidence that a statement gives, if a mapping says that it gives any."""
    mapped = _mapped(feed.mapping, one.said)
    without = _without_evidence(mapped, one.said)
    if without is not None or mapped is None or mapped.requirement is None:
        return Judged(without or Outcome.NOTHING, one.person_id)
    if one.person_id is None or one.on > today():
        return Judged(Outcome.NOBODY if one.person_id is None else Outcome.IMPOSSIBLE, one.person_id)
    hours = mapped.hours_of(one.said.seconds)
    found = NewEvidence(one.person_id, mapped.requirement, one.on, SOURCE, hours, f"statement {one.id}")
    number, is_new = await vouched_for(writing, found, reason=f"said by {feed.client}", actor=actor)
    if not is_new:
        return Judged(Outcome.ALREADY, one.person_id)
    detail = {"requirement": mapped.requirement, "statement": str(one.id)}
    await write(writing, actor, Event("evidence.recorded", PURPOSE, one.person_id, detail))
    return Judged(Outcome.RECORDED, one.person_id, number)


@dataclass(frozen=True, slots=True)
class Lost:
    """Evidence that was withdrawn because the statement that gave it was voided: whose, of what, and of which day."""

    person_id: int
    requirement: str
    on: date


async def voided(
    writing: Connection, feed: Feed, statement_id: UUID, *, by: UUID, actor: Actor
) -> Lost | None:
    """Withdraw the evidence that a statement gave, if it gave any: its own learning system has voided it.

    To every other system it is as if the statement were not here. Return what was withdrawn.
    """
    row = await writing.fetchrow(
        """SELECT evidence.id, evidence.person_id, code, completed_on FROM passport.statement
             JOIN passport.evidence ON evidence.id = evidence_id JOIN passport.requirement ON requirement.id = requirement_id
            WHERE force_id = $1 AND statement.id = $2 AND client = $3""",
        feed.force_id,
        statement_id,
        feed.client,
    )
    if row is None:
        return None
    reason = f"voided by {feed.client}, statement {by}"
    if not await withdrawn(writing, row["id"], reason=reason, actor=actor):
        return None
    detail = {"statement": str(statement_id)}
    await write(writing, actor, Event("evidence.withdrawn", PURPOSE, row["person_id"], detail))
    return Lost(row["person_id"], row["code"], row["completed_on"])


def gives_again(lost: Lost, feed: Feed, one: Heard) -> bool:
    """Say whether a statement gives, too, what was withdrawn with another, or with a sheet."""
    mapped = _mapped(feed.mapping, one.said)
    if mapped is None or mapped.requirement is None:
        return False
    return Lost(one.person_id or 0, mapped.requirement, one.on) == lost


def _without_evidence(mapped: Mapped | None, said: Said) -> Outcome | None:
    """Say why a statement gives no evidence of anybody; None where it does, if its person and day are known."""
    if mapped is None:
        return Outcome.NOTHING
    if mapped.requirement is None:
        return Outcome.IGNORED
    return None if mapped.is_met_by(said.success, said.score) else Outcome.NOT_MET


def _mapped(mapping: StatementMapping, said: Said) -> Mapped | None:
    return next(
        (one for one in mapping.activities if (one.verb, one.activity) == (said.verb, said.activity)), None
    )
