"""What does the sheet of a class give to a passport, and what of that does it take back?"""

from asyncpg import Connection, Record

from foundation.audit import Actor, Event, write
from foundation.clock import today
from passport.learning.telling import tell_person
from passport.learning.writing import NewEvidence, vouched_for, withdrawn
from passport.statements.judging import Lost
from passport.statements.standing_in import given_by_a_statement

PURPOSE = "training"
SOURCE = "class sheet"
SIGNED = "signed on the class's sheet"

# By the class as it is now, whatever a page showed: its day and hours can have been put right meanwhile.
_TAUGHT = """
SELECT class.id, code, held_on, hours, provider_id
  FROM passport.training_class AS class JOIN passport.class_requirement ON class_id = class.id
  JOIN passport.requirement ON requirement.id = requirement_id WHERE class.id = $1 ORDER BY code
"""
_SIGNED = """
SELECT class.id, code, held_on, taught.hours, class.provider_id, place.marked_by
  FROM passport.class_place AS place JOIN passport.training_class AS class ON class.id = place.class_id
  JOIN passport.class_requirement AS taught ON taught.class_id = class.id
  JOIN passport.requirement ON requirement.id = taught.requirement_id
 WHERE place.person_id = $1 AND code = $2 AND held_on = $3 AND outcome = 'passed' AND signed_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM passport.class_evidence AS given JOIN passport.evidence ON evidence.id = evidence_id
                    WHERE given.class_id = class.id AND given.person_id = $1
                      AND evidence.requirement_id = taught.requirement_id)
 ORDER BY class.id LIMIT 1
"""
_TAKEN = """
DELETE FROM passport.class_evidence USING passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
 WHERE class_id = $1 AND class_evidence.person_id = $2 AND evidence.id = evidence_id
RETURNING evidence_id, code, completed_on
"""


async def give(connection: Connection, class_id: int, person_id: int, *, reason: str, actor: Actor) -> None:
    """Record what a class meets of somebody who passed it; what is recorded and verified already stays as it is."""
    for row in await connection.fetch(_TAUGHT, class_id):
        await _given(connection, row, person_id, reason=reason, actor=actor)


async def take_back(
    connection: Connection, class_id: int, person_id: int, *, reason: str, actor: Actor
) -> None:
    """Withdraw what a class gave to somebody, and tell them.

    Where another sheet, or a statement, says the same, that stands from now on, and there is nothing to tell.
    """
    for row in await connection.fetch(_TAKEN, class_id, person_id):
        number = row["evidence_id"]
        if await withdrawn(connection, number, reason=reason, actor=actor):
            lost = Lost(person_id, row["code"], row["completed_on"])
            stands = await given_by_a_sheet(connection, lost, actor=actor)
            if not stands and not await given_by_a_statement(connection, lost):
                await tell_person(connection, person_id, number, "withdrawn", on=today())


async def given_by_a_sheet(connection: Connection, lost: Lost, *, actor: Actor) -> bool:
    """Record what a trainer signed for, where the sheet found it recorded already; say whether one did.

    What a sheet itself gave, and somebody has withdrawn since, stays withdrawn.
    """
    row = await connection.fetchrow(_SIGNED, lost.person_id, lost.requirement, lost.on)
    if row is None:
        return False
    signer = Actor(row["marked_by"], "whoever signed the sheet")
    is_new = await _given(connection, row, lost.person_id, reason=SIGNED, actor=signer)
    if is_new:
        detail = {"class": row["id"], "requirement": lost.requirement}
        await write(connection, actor, Event("evidence.recorded", PURPOSE, lost.person_id, detail))
    return is_new


async def _given(connection: Connection, row: Record, person_id: int, *, reason: str, actor: Actor) -> bool:
    found = NewEvidence(
        person_id,
        row["code"],
        row["held_on"],
        SOURCE,
        row["hours"],
        f"class {row['id']}",
        row["provider_id"],
    )
    number, is_new = await vouched_for(connection, found, reason=reason, actor=actor)
    if is_new:
        await connection.execute(
            "INSERT INTO passport.class_evidence (evidence_id, class_id, person_id) VALUES ($1, $2, $3)",
            number,
            row["id"],
            person_id,
        )
    return is_new
