"""How is a person's calendar put under an address, under another one, and under none?"""

from datetime import datetime

from foundation.audit import Actor, Event, recorded
from licence.calendar.secret import hashed, new_secret

PURPOSE = "own calendar"


async def make_address(*, actor: Actor, person_id: int) -> str:
    """Make the address of a person's calendar anew, and return its secret, which is kept nowhere: the old one ends."""
    secret = new_secret()
    async with recorded(actor, Event("calendar address made", PURPOSE, person_id)) as connection:
        # Of two that are made at once the later ends the earlier.
        await connection.execute("SELECT id FROM people.person WHERE id = $1 FOR NO KEY UPDATE", person_id)
        await connection.execute(
            """UPDATE licence.calendar_address SET ended_at = clock_timestamp()
                WHERE person_id = $1 AND ended_at IS NULL""",
            person_id,
        )
        await connection.execute(
            """INSERT INTO licence.calendar_address (person_id, series, secret_hash)
               VALUES ($1, coalesce((SELECT series FROM licence.calendar_address WHERE person_id = $1
                                      ORDER BY id DESC LIMIT 1), gen_random_uuid()), $2)""",
            person_id,
            hashed(secret),
        )
    return secret


async def end_address(*, actor: Actor, person_id: int) -> datetime | None:
    """End the address of a person's calendar at once, and return when that was; nothing where there was none."""
    async with recorded(actor, Event("calendar address ended", PURPOSE, person_id)) as connection:
        ended_at: datetime | None = await connection.fetchval(
            """UPDATE licence.calendar_address SET ended_at = clock_timestamp()
                WHERE person_id = $1 AND ended_at IS NULL RETURNING ended_at""",
            person_id,
        )
    return ended_at
