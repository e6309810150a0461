"""Which classes, waivers, claims and statements wait in a demonstration for those who train?"""

from datetime import date, timedelta

from asyncpg import Connection

BOOKED = 14
"""So many constables are on each class."""

# Of each force that has somebody to train: everything is made by the first who may.
_TRAINERS = """
SELECT DISTINCT ON (force_id) force_id, person_id FROM access.role_grant
 WHERE role = 'learning and development' AND force_id IS NOT NULL ORDER BY force_id, id
"""
_PROVIDER = """
WITH entered AS (
    INSERT INTO passport.provider (force_id, name, recorded_by) VALUES ($1, 'Severnside First Aid Training', $2) RETURNING id
) INSERT INTO passport.provider_licence (provider_id, requirement_id, valid_from, recorded_by)
  SELECT entered.id, requirement.id, $3, $2 FROM entered, passport.requirement WHERE code = 'FIRST-AID'
"""
_CLASS = """
WITH made AS (
    INSERT INTO passport.training_class (force_id, held_on, place, made_by) VALUES ($1, $3, $4, $2) RETURNING id
), taught AS (
    INSERT INTO passport.class_requirement (class_id, requirement_id, hours)
    SELECT made.id, requirement.id, $6 FROM made, passport.requirement WHERE code = $5
) INSERT INTO passport.class_place (class_id, person_id, added_by)
  SELECT made.id, person_id, $2 FROM made, (
      SELECT person_id FROM people.post JOIN people.person ON person.id = person_id
       WHERE post.force_id = $1 AND rank = 'constable' AND valid_until IS NULL AND person_id <> $2 AND NOT is_protected
       ORDER BY person_id OFFSET $7 LIMIT $8) AS booked
"""
_WAIVER = """
INSERT INTO passport.dispensation_proposal
       (person_id, requirement_id, force_id, kind, reason, valid_from, valid_until, proposed_by)
SELECT person_id, requirement.id, $1, 'deferral', 'The course in the spring is full; booked on the next one.', $3, $4, $2
  FROM passport.requirement, (
      SELECT person_id FROM people.post WHERE force_id = $1 AND rank = 'sergeant' AND valid_until IS NULL
         AND person_id <> $2 ORDER BY person_id LIMIT 1) AS one
 WHERE code = 'FIRST-AID'
"""
_CLAIM = """
INSERT INTO passport.prior_claim (person_id, force_id, requirement_id, learned_at, learned_on, learned)
SELECT person_id, $1, requirement.id, 'South Western Ambulance Service', $3,
       'Two weeks of first response with an examination; the certificate can be shown.'
  FROM passport.requirement, (
      SELECT person_id FROM people.post WHERE force_id = $1 AND rank = 'constable' AND valid_until IS NULL
         AND person_id <> $2 ORDER BY person_id DESC LIMIT 1) AS one
 WHERE code = 'FIRST-AID'
"""


async def write_training(writing: Connection, on: date) -> None:
    """Write what waits: a class to sign, one to come, a provider, a deferral to agree to and a claim to judge."""
    for force_id, trainer in await writing.fetch(_TRAINERS):
        whose = (force_id, trainer)
        await writing.execute(_PROVIDER, *whose, on - timedelta(days=700))
        today = (on, "Training centre, hall 1", "PPST", 12, 0, BOOKED)
        later = (on + timedelta(days=19), "Training centre, room 4", "FIRST-AID", 6, BOOKED, BOOKED)
        for one in (today, later):
            await writing.execute(_CLASS, *whose, *one)
        await writing.execute(_WAIVER, *whose, on, on + timedelta(days=90))
        await writing.execute(_CLAIM, *whose, on - timedelta(days=150))
