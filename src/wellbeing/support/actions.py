"""How is an offer of support recorded?"""

from datetime import date

from access.identity import Identity
from access.walls import Wall, behind
from foundation.audit import Event
from foundation.clock import today
from foundation.jobs.asking import ask
from wellbeing.support.errors import OfferAheadError


async def record_offer(*, identity: Identity, person_id: int, force_id: int, offered_on: date) -> bool:
    """Record that the force offered its routine check; return whether that was not known yet.

    Only that it was offered ever leaves this wing, and only to the force's account (domain section 11, caution 2).

    :raises OfferAheadError: the day is yet to come.
    """
    if offered_on > today():
        raise OfferAheadError
    event = Event("check offered", "offering support", person_id, {"offered_on": offered_on.isoformat()})
    async with behind(Wall.WELLBEING, identity, event) as connection:
        offer = await connection.fetchval(
            """INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on, recorded_by) VALUES ($1, $2, $3, $4)
               ON CONFLICT (person_id, offered_on) DO NOTHING RETURNING id""",
            person_id,
            force_id,
            offered_on,
            identity.person_id,
        )
        if offer is not None:
            await ask(connection, "licence.refresh")
    return offer is not None
