"""How are a team's records read, written down before they are shown?"""

from collections.abc import Sequence
from datetime import date

from foundation.audit import Actor, Event, recorded
from licence.team.facts import team_of
from licence.team.rules import Member


async def read_team(reader: Actor, supervisor_id: int, on: date, *, today: date) -> Sequence[Member]:
    """Return a supervisor's team as it stands on a day, after writing down once who looked at whom.

    :raises NoPolicyInForceError: there was no policy on that day.
    """
    members = await team_of(supervisor_id, on, today=today)
    whom: list[int] = sorted(member.person_id for member in members)
    async with recorded(reader, Event("licence.team.read", "supervision", detail={"people": whom})):
        pass  # that somebody looked is itself what is recorded
    return members
