"""Which people and colleagues are within the reach of a vetting officer?"""

from collections.abc import Iterable, Mapping
from datetime import date

from access.confidential import Asker, reached
from access.facts import IN_EFFECT, identity_of, subjects
from access.permission_map import forces_of, may_see
from access.permissions import Permission
from access.roles import Role
from foundation.database import fetch
from people.persons.facts import NamedPerson, persons

PERMISSION = Permission.VETTING_CASE_READ
LARGEST = 2**31 - 1


async def within_reach(asker: Asker, person_ids: Iterable[int], *, on: date) -> Mapping[int, NamedPerson]:
    """Return those of the people with whose cases the asker may deal: never themselves or their own manager."""
    return await persons(list(await reached(asker, PERMISSION, person_ids, on=on)))


async def colleagues(asker: Asker, *, about: int | None = None, on: date) -> Mapping[int, str]:
    """Return the vetting officers of the asker's force by name, themselves among them.

    `about` leaves out those who may not deal with a person: the person, their reports, and whoever may not see them.
    """
    rows = await fetch(
        f"""SELECT person_id, min(id) AS grant_id FROM access.role_grant
             WHERE force_id = ANY($1::smallint[]) AND role = '{Role.VETTING_OFFICER}' AND {IN_EFFECT}
             GROUP BY person_id""",  # noqa: S608 - our own constants
        sorted(forces_of(asker.identity, PERMISSION)),
        on,
    )
    able = [
        row["person_id"]
        for row in rows
        if about is None or await _may_deal(row["person_id"], row["grant_id"], about, on)
    ]
    named = await persons(able)
    return {
        one.id: one.name
        for one in sorted(named.values(), key=lambda one: (one.family_name, one.given_names, one.id))
    }


async def _may_deal(officer_id: int, grant_id: int, about: int, on: date) -> bool:
    officer = await identity_of(officer_id, on, acting=grant_id)
    subject = (await subjects([about], on)).get(about)
    return officer is not None and subject is not None and may_see(officer, PERMISSION, subject)
