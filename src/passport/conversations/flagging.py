"""Whose conversation is overdue, and who is told of it, once for each of its days, as far up as policy says?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from foundation.database import transaction
from passport.conversations import telling
from passport.conversations.facts import Stands, in_post, leads_on, standing_of
from passport.conversations.rules import Cadence, Flag, cadence_of, flags
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policies_on
from people.notices.actions import give
from people.notices.rules import NewNotice

CHUNK = 2000
Leads = Mapping[tuple[int, int | None], frozenset[int]]


async def flag_everyone(on: date) -> Counter[Flag]:
    """Tell whoever has to see to it, throughout the nation, and return how many notices of each kind were due.

    Told again it tells nothing new: a notice exists once for each person, matter and due day.
    """
    try:
        policies = await policies_on(on)
    except NoPolicyInForceError:
        return Counter()
    cadences = {force: cadence_of(policy) for force, policy in policies.items()}
    leads, told, after = await leads_on(on), Counter[Flag](), 0
    while people := await in_post(after, CHUNK, on):
        after = people[-1]
        notices = list(_notices((await standing_of(people, on)).values(), cadences, leads, on))
        told.update(Flag(one.matter) for one in notices)
        async with transaction() as connection:
            await give(connection, notices, created_for=on)
    return told


def _notices(
    people: Iterable[Stands], cadences: Mapping[int, Cadence], leads: Leads, on: date
) -> Iterator[NewNotice]:
    for one in people:
        for flag, line in flags(one.next, one.above, cadences[one.force_id]).items():
            to = (set(line) | _leads_of(one, leads) if flag is Flag.UNLED else set(line)) - {one.person_id}
            if flag is Flag.OVERDUE:
                to.add(one.person_id)
            if to:
                yield telling.flagged(flag, one, to, on=on)


def _leads_of(one: Stands, leads: Leads) -> frozenset[int]:
    """Return who leads somebody's unit or, where nobody does, their force."""
    own = leads.get((one.force_id, one.unit_id)) if one.unit_id is not None else None
    return own or leads.get((one.force_id, None), frozenset())
