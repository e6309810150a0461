"""What becomes of one statement, within the transaction of whoever receives it or answers for it?"""

from dataclasses import dataclass
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
class Judged:
    """What became of a statement: of whom it speaks, and which evidence it made."""

    outcome: Outcome
    person_id: int | None = None
    evidence_id: int | None = None


async def judged(writing: Connection, feed: Feed, statement_id: UUID, said: Said, *, actor: Actor) -> Judged:
    """Record the evidence that a statement gives, if a mapping says that it gives any."""
    happened_at = said.happened_at or now()
    on = london_day(happened_at)
    person_id = await person_of(writing, feed.force_id, said, feed.mapping.accounts, on=on)
    mapped = _mapped(feed.mapping, said)
    without = _without_evidence(mapped, said)
    if without is not None or mapped is None or mapped.requirement is None:
        return Judged(without or Outcome.NOTHING, person_id)
    if person_id is None or on > today():
        return Judged(Outcome.NOBODY if person_id is None else Outcome.IMPOSSIBLE, person_id)
    found = NewEvidence(
        person_id, mapped.requirement, on, SOURCE, mapped.hours_of(said.seconds), f"statement {statement_id}"
    )
    await locked(writing, [person_id])
    number, is_new = await vouched_for(writing, found, reason=f"said by {feed.client}", actor=actor)
    if not is_new:
        return Judged(Outcome.ALREADY, person_id)
    detail = {"requirement": mapped.requirement, "statement": str(statement_id)}
    await write(writing, actor, Event("evidence.recorded", PURPOSE, person_id, detail))
    return Judged(Outcome.RECORDED, person_id, number)


async def voided(writing: Connection, feed: Feed, statement_id: UUID, *, by: UUID, actor: Actor) -> None:
    """Withdraw the evidence that a statement gave, if it gave any: its own learning system has voided it."""
    row = await writing.fetchrow(
        "SELECT person_id, evidence_id FROM passport.statement WHERE force_id = $1 AND id = $2",
        feed.force_id,
        statement_id,
    )
    if row is None or row["evidence_id"] is None:
        return
    reason = f"voided by {feed.client}, statement {by}"
    if await withdrawn(writing, row["evidence_id"], reason=reason, actor=actor):
        detail = {"statement": str(statement_id)}
        await write(writing, actor, Event("evidence.withdrawn", PURPOSE, row["person_id"], detail))


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
