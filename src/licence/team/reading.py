"""How are a team's records read, written down before they are shown?"""

from collections.abc import Sequence
from datetime import date

from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from licence.team.facts import team_of
from licence.team.rules import Member


async def read_team(reader: Identity, look: Look, on: date, *, today: date) -> Sequence[Member]:
    """Return a supervisor's team as it stands on a day, after writing down once who looked at whom.

    :raises NoPolicyInForceError: there was no policy on that day.
    :raises NotRecordedError: that they look cannot be written down.
    """
    members = await team_of(reader.person_id, on, today=today)
    await note_listed(reader, Permission.TEAM_READ, [member.person_id for member in members], look)
    return members
