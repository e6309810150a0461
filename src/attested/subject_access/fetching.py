"""How does somebody fetch what is held on them, once there is something to fetch?"""

from access.identity import Identity
from attested.subject_access.catalogue import catalogue
from attested.subject_access.contents import VERSION, Copy, NotGiven
from attested.subject_access.errors import NotReadyError
from attested.subject_access.facts import latest_of, parts_of
from foundation.audit import Actor, Event, recorded
from foundation.clock import now, today
from foundation.problems import NotFoundError
from people.persons.facts import person

PURPOSE = "subject access"


async def fetched(identity: Identity, actor: Actor, form: str) -> Copy:
    """Return somebody's own copy, as far as it is there; that it was fetched, and in which form, is written down.

    :raises NotFoundError: they have not asked, or it has gone. :raises NotReadyError: it is being gathered.
    """
    asked = await latest_of(identity.person_id)
    if asked is not None and asked.gathered_at is None:
        raise NotReadyError
    if asked is None or not asked.is_open_to_download(today()):
        raise NotFoundError
    event = Event("own copy fetched", PURPOSE, identity.person_id, {"request": asked.id, "form": form})
    async with recorded(actor, event):
        pass  # that it leaves the service is itself what is recorded
    whose = await person(identity.person_id)
    return Copy(
        version=VERSION,
        name=whose.name,
        national_id=whose.national_id,
        asked_at=asked.asked_at,
        made_at=now(),
        parts=await parts_of(identity.person_id, asked.id),
        waiting=asked.waiting,
        not_given=tuple(NotGiven(one.table, one.why) for one in catalogue().left_out),
    )
