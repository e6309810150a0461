"""With whom may somebody share their development, and what was shared with them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.confiding import reading_as
from access.facts import subjects
from access.identity import Identity
from access.permissions import Permission
from access.predicates import is_open_to
from access.readings.looks import Look
from access.readings.recording import note_listed, note_opened
from access.roles import Role
from foundation.problems import NotFoundError
from passport.attachments.facts import Attachment, beside
from passport.cpd.errors import NoSupervisorError, NotAColleagueError
from passport.cpd.facts import FILES, SharedEntry, entry_of, share_of, shared_with
from passport.cpd.rules import Entry, Share
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id, persons
from people.supervision.facts import supervisor_on


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with whom an entry may be shared."""

    person: NamedPerson
    as_supervisor: bool


@dataclass(frozen=True, slots=True)
class Received:
    """An entry that was shared with whoever asks, by which share, and who the people in it are."""

    entry: Entry
    share: Share
    people: Mapping[int, NamedPerson]
    files: Sequence[Attachment]


async def my_supervisor(identity: Identity, *, on: date) -> Reader | None:
    """Return who supervises somebody on a day, cover before the ordinary line."""
    found = (await supervisor_on([identity.person_id], on)).get(identity.person_id)
    if found is None:
        return None
    return Reader((await persons([found.supervisor_id]))[found.supervisor_id], as_supervisor=True)


async def reader_meant(identity: Identity, national_id: str | None, *, on: date) -> Reader:
    """Return the supervisor, or the colleague with a national identifier.

    :raises NoSupervisorError: nobody supervises them. :raises NotAColleagueError: nobody of their force whom they may
        find has the number.
    """
    supervisor = await my_supervisor(identity, on=on)
    if national_id is None:
        if supervisor is None:
            raise NoSupervisorError
        return supervisor
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        raise NotAColleagueError from None
    if supervisor is not None and found.id == supervisor.person.id:
        return supervisor
    about = (await subjects([found.id], on))[found.id]
    is_here = about.force_id is not None and about.force_id == identity.force_id
    if not is_here or not is_open_to(identity, about):
        raise NotAColleagueError
    return Reader(found, as_supervisor=False)


async def received(identity: Identity, look: Look) -> tuple[Sequence[SharedEntry], Mapping[int, NamedPerson]]:
    """Return what others shared with whoever asks, after writing down that they look.

    :raises NotRecordedError: that they look cannot be written down.
    """
    async with reading_as(identity.person_id) as connection:
        found = await shared_with(connection, identity.person_id)
    open_now = [one for one in found if _is_open(identity, as_supervisor=one.as_supervisor)]
    about = sorted({one.person_id for one in open_now})
    await note_listed(identity, Permission.CPD_READ, about, look)
    return open_now, await persons(about)


async def opened(identity: Identity, entry_id: int, look: Look) -> Received:
    """Open an entry that was shared with whoever asks; that it was read fixes its words.

    :raises NotFoundError: it is not shared with them, or there is none. :raises NotRecordedError: nothing is shown.
    """
    async with reading_as(identity.person_id) as connection:
        share = await share_of(connection, entry_id, identity.person_id)
    if share is None or not _is_open(identity, as_supervisor=share.as_supervisor):
        raise NotFoundError
    role = Role.SUPERVISOR if share.as_supervisor else Role.OFFICER
    await note_opened(identity, role, share.person_id, look)
    async with reading_as(identity.person_id) as connection:
        entry = await entry_of(connection, entry_id)
        files = await beside(connection, FILES, [entry_id])
    if entry is None:
        raise NotFoundError
    return Received(entry, share, await persons(sorted(entry.people)), files.get(entry_id, ()))


def _is_open(identity: Identity, *, as_supervisor: bool) -> bool:
    """Say whether a share opens: in a role of health or vetting nobody supervises."""
    return not as_supervisor or identity.holds(Role.SUPERVISOR)
