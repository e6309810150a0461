"""How far is somebody at each stage, for themselves and for whoever may judge it, written down before it is shown?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from access.facts import subjects
from access.guard import let_see
from access.identity import NOBODY, Identity
from access.permission_map import through
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from access.roles import Role
from foundation.problems import NotFoundError
from passport.attachments.asking import meant
from passport.attachments.facts import Attachment
from passport.leadership.facts import (
    Waiting,
    example_with,
    files_beside,
    judgements_of,
    offered_by,
    own_examples,
    programmes_of,
    waiting_for,
)
from passport.leadership.rules import Capacity, Example, Readiness, readiness
from passport.standards.book import judging, stages
from people.persons.facts import NamedPerson, PersonNotFoundError, person, person_with_national_id, persons
from people.posts.facts import post_on

CAPACITIES = {Role.SUPERVISOR: Capacity.SUPERVISOR, Role.LEARNING: Capacity.ASSESSOR}


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody's leadership: how far they are at each stage, which one is theirs, and who the people in it are."""

    person: NamedPerson
    stages: Sequence[Readiness]
    current: int | None
    examples: Sequence[Example]
    people: Mapping[int, NamedPerson]
    files: Mapping[int, tuple[Attachment, ...]]
    capacity: Capacity | None = None


async def own_leadership(identity: Identity, *, on: date) -> Shown:
    """Return one's own leadership; drafts stand among the examples, and count for nothing."""
    examples = await own_examples(identity.person_id)
    return await _shown(identity, await person(identity.person_id), examples, identity.force_id, on=on)


async def leadership_of(identity: Identity, national_id: str, look: Look, *, on: date) -> Shown:
    """Return somebody's leadership as whoever may judge it sees it; that they look is written down first.

    :raises NotFoundError: nobody has the number, or they are out of reach. :raises NotRecordedError: nothing is shown.
    """
    found, capacity = await reached(identity, national_id, Permission.LEADERSHIP_READ, on=on, look=look)
    force_id = (await subjects([found.id], on))[found.id].force_id
    shown = await _shown(identity, found, await offered_by(found.id), force_id, on=on)
    return replace(shown, capacity=capacity)


async def offered_file(identity: Identity, file_id: int, look: Look, *, on: date) -> Attachment:
    """Return a file that somebody offered with an example; that it is taken is written down first.

    :raises NotFoundError: nobody offered it, or they are out of reach. :raises NotRecordedError: nothing is given.
    """
    person_id, example_id = await example_with(file_id) or (NOBODY, 0)  # asked alike, so that no clock tells
    await let_see(identity, Permission.LEADERSHIP_READ, person_id, on=on, look=look)
    files = await files_beside(identity.person_id, [example_id])
    return meant(files.get(example_id, ()), file_id)


async def reached(
    identity: Identity, national_id: str, permission: Permission, *, on: date, look: Look | None
) -> tuple[NamedPerson, Capacity | None]:
    """Return the person with a number, and as what whoever asks may judge them; None for whoever broke the glass.

    :raises NotFoundError: nobody has it, or they are out of reach.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await let_see(identity, permission, NOBODY, on=on, look=look)  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(identity, permission, found.id, on=on, look=look)
    subject = (await subjects([found.id], on))[found.id]
    role = through(identity, permission, subject)
    return found, CAPACITIES.get(role) if role else None


async def waiting(identity: Identity, look: Look, *, on: date) -> Sequence[Waiting]:
    """Return who waits for a judgement of whoever asks, after writing down that they look."""
    found = await waiting_for(identity, on=on)
    await note_listed(identity, Permission.LEADERSHIP_READ, [one.person_id for one in found], look)
    return found


async def _shown(
    reader: Identity, whose: NamedPerson, examples: Sequence[Example], force_id: int | None, *, on: date
) -> Shown:
    groups = stages()
    codes = [group.stage.programme for group in groups if group.stage]
    done = await programmes_of([whose.id], codes, force_id=force_id, on=on)
    judgements = (await judgements_of([whose.id])).get(whose.id, ())
    found = readiness(
        groups,
        done.get(whose.id, {}),
        judgements=judgements,
        examples=[one for one in examples if one.offered_at is not None],
        needs=[Capacity(one) for one in judging().needs],
    )
    post = await post_on(whose.id, on)
    rank = post.place.rank if post else None
    current = next((one.stage.number for one in found if rank and one.stage.is_of(rank)), None)
    judges = sorted({one.judged_by for one in judgements})
    files = await files_beside(reader.person_id, [one.id for one in examples])
    return Shown(whose, found, current, examples, await persons(judges), files)
