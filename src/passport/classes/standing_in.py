"""Which signed sheet says, too, what was recorded from elsewhere first, and has been withdrawn there?"""

from datetime import date

from asyncpg import Connection

from foundation.audit import Actor, Event, write
from passport.classes.actions import PURPOSE, SOURCE
from passport.learning.writing import NewEvidence, vouched_for

_SIGNED = """
SELECT class.id, class.provider_id, taught.hours, place.marked_by
  FROM passport.class_place AS place JOIN passport.training_class AS class ON class.id = place.class_id
  JOIN passport.class_requirement AS taught ON taught.class_id = class.id
  JOIN passport.requirement ON requirement.id = taught.requirement_id
 WHERE place.person_id = $1 AND code = $2 AND held_on = $3 AND outcome = 'passed' AND signed_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM passport.class_evidence AS given JOIN passport.evidence ON evidence.id = evidence_id
                    WHERE given.class_id = class.id AND given.person_id = $1
                      AND evidence.requirement_id = taught.requirement_id)
 ORDER BY class.id LIMIT 1
"""


async def given_by_a_sheet(
    connection: Connection, person_id: int, requirement: str, on: date, *, actor: Actor
) -> bool:
    """Record what a trainer signed for, where the sheet found it recorded already; say whether one did.

    What a sheet itself gave, and somebody has withdrawn since, stays withdrawn.
    """
    row = await connection.fetchrow(_SIGNED, person_id, requirement, on)
    if row is None:
        return False
    found = NewEvidence(
        person_id, requirement, on, SOURCE, row["hours"], f"class {row['id']}", row["provider_id"]
    )
    signer = Actor(row["marked_by"], "whoever signed the sheet")
    number, is_new = await vouched_for(connection, found, reason="signed on the class's sheet", actor=signer)
    if is_new:
        await connection.execute(
            "INSERT INTO passport.class_evidence (evidence_id, class_id, person_id) VALUES ($1, $2, $3)",
            number,
            row["id"],
            person_id,
        )
        detail = {"class": row["id"], "requirement": requirement}
        await write(connection, actor, Event("evidence.recorded", PURPOSE, person_id, detail))
    return is_new
