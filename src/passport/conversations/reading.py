"""How are conversations read: written down before they are shown, and by nobody but the two, or whom the person lets?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.confidential import Asker
from access.facts import subjects
from access.guard import let_see
from access.identity import NOBODY
from access.permissions import Permission
from access.readings.looks import Look, Opened, Way
from access.readings.recording import note_listed
from access.roles import Role
from foundation.problems import NotFoundError
from passport.conversations import shelf
from passport.conversations.facts import Stands, below_reports, standing_of, within_reach
from passport.conversations.pair import as_one_of_two, part_of
from passport.conversations.preparing import Item, Preparing, Sort
from passport.conversations.rules import LARGEST, Entry, Part, State
from passport.conversations.shelf import Action, Draft, Held, Line, Opening, Written
from passport.cpd.published import shared_by
from people.persons.facts import NamedPerson, PersonNotFoundError, person, person_with_national_id, persons
from people.supervision.facts import reports_on

People = Mapping[int, NamedPerson]
MOST_LEARNT = 5
WORST_FIRST = (State.OVERDUE, State.DUE, State.PAUSED, State.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own conversations; `supervisor_ids` names who supervises today, by cover too."""

    stands: Stands | None
    lines: Sequence[Line]
    actions: Sequence[Action]
    openings: Sequence[Opening]
    supervisor_ids: Sequence[int]
    people: People


@dataclass(frozen=True, slots=True)
class Report:
    """A report's conversations, as far as they are open to their supervisor; version 0 of a draft is none."""

    person: NamedPerson
    stands: Stands | None
    lines: Sequence[Line]
    actions: Sequence[Action]
    draft: Draft
    people: People


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a supervisor has before them while they speak with a report: the sheet, and what they are writing."""

    person: NamedPerson
    stands: Stands | None
    items: Sequence[Item]
    actions: Sequence[Action]
    draft: Draft


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation, as one of the two sees it or whom the person lets read it."""

    held: Held
    part: Part
    reader_id: int
    entries: Sequence[Written]
    actions: Sequence[Action]
    draft: Draft
    people: People

    @property
    def is_between_us(self) -> bool:
        """Say whether the reader is one of the two, who alone may add to it."""
        return self.reader_id in {self.held.person_id, self.held.supervisor_id}

    @property
    def answer(self) -> Written | None:
        """Return the answer that signed it, if there is one."""
        return next((one for one in self.entries if one.kind is Entry.ANSWER), None)


@dataclass(frozen=True, slots=True)
class Member:
    """A report in a supervisor's list, and whether a draft about them waits."""

    stands: Stands
    has_draft: bool


async def read_mine(asker: Asker, *, on: date) -> Mine:
    """Return one's own conversations, and what was agreed."""
    me = asker.person_id
    async with as_one_of_two(asker, Part.OFFICER) as pair:
        lines = await shelf.lines_of(pair, me)
        actions = await shelf.open_actions(pair, me)
        openings = await shelf.openings_of(pair, me)
    above = sorted((await subjects([me], on))[me].supervisor_ids)
    others = {one.held.supervisor_id for one in lines} | {one.supervisor_id for one in openings}
    stands = (await standing_of([me], on)).get(me)
    return Mine(stands, lines, actions, openings, above, await persons(sorted(others | set(above))))


async def read_report(asker: Asker, national_id: str, *, way: Way, on: date) -> Report:
    """Return a report's conversations.

    :raises NotFoundError: there is nobody of that number whom the asker supervises today.
    """
    found = await report_of(asker, national_id, look=Look(Opened.CONVERSATIONS, asker.request_id, way), on=on)
    async with as_one_of_two(asker, Part.SUPERVISOR) as pair:
        lines = await shelf.lines_of(pair, found.id)
        actions = await shelf.open_actions(pair, found.id)
        draft = await shelf.draft_of(pair, asker.person_id, found.id, None)
    stands = (await standing_of([found.id], on)).get(found.id)
    people = await persons(sorted({one.held.supervisor_id for one in lines}))
    return Report(found, stands, lines, actions, draft, people)


async def read_prepared(
    asker: Asker, national_id: str, preparing: Preparing, *, way: Way, on: date
) -> Prepared:
    """Return the sheet for a conversation with a report, and what is written of it so far.

    :raises NotFoundError: there is nobody of that number whom the asker supervises today.
    """
    found = await report_of(asker, national_id, look=Look(Opened.CONVERSATIONS, asker.request_id, way), on=on)
    async with as_one_of_two(asker, Part.SUPERVISOR) as pair:
        actions = await shelf.open_actions(pair, found.id)
        draft = await shelf.draft_of(pair, asker.person_id, found.id, None)
    stands = (await standing_of([found.id], on)).get(found.id)
    items = [*await preparing(found.id, on), *await _learnt(found.id, asker.person_id)]
    return Prepared(found, stands, items, actions, draft)


async def _learnt(person_id: int, reader_id: int) -> Sequence[Item]:
    """Return what the person shared of their development with whoever prepares."""
    shared = await shared_by(person_id, with_reader=reader_id)
    return [
        Item(Sort.LEARNT, one.title, one.happened_on or one.shared_at.date(), one.href)
        for one in shared[:MOST_LEARNT]
    ]


async def report_of(asker: Asker, national_id: str, *, look: Look | None, on: date) -> NamedPerson:
    """Return the report with a national identifier; that they are looked at is written down, unless it is to write.

    :raises NotFoundError: nobody has it, or the asker does not supervise them today.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        hold = Permission.CONVERSATION_HOLD
        await let_see(asker.identity, hold, NOBODY, on=on, look=look)  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(asker.identity, Permission.CONVERSATION_HOLD, found.id, on=on, look=look)
    return found


async def read_talk(asker: Asker, number: int, *, way: Way | None, on: date) -> Talk:
    """Return a conversation whose words are open to the asker; None for the way is for whoever is about to write in it.

    :raises NotFoundError: there is no such conversation, or it is not open to them: the one looks like the other.
    """
    if number > LARGEST:
        raise NotFoundError
    held, part = await _held(asker, number)
    whose = NOBODY if held is None else held.person_id
    async with as_one_of_two(asker, part) as pair:  # asked alike of a conversation that nobody held
        entries = await shelf.entries_of(pair, number)
        actions = await shelf.actions_of(pair, number)
        draft = await shelf.draft_of(pair, asker.person_id, whose, number)
    if held is None or not entries:
        raise NotFoundError
    look = None if way is None else Look(Opened.CONVERSATION, asker.request_id, way)
    await let_see(asker.identity, Permission.CONVERSATION_TAKE_PART, held.person_id, on=on, look=look)
    people = await persons([held.person_id, held.supervisor_id])
    return Talk(held, part, asker.person_id, entries, actions, draft, people)


async def talk_of_two(asker: Asker, number: int, *, on: date) -> Talk:
    """Return a conversation in which the asker is one of the two, to write in it.

    :raises NotFoundError: they are not, or there is none.
    """
    talk = await read_talk(asker, number, way=None, on=on)
    if not talk.is_between_us:
        raise NotFoundError
    return talk


async def whose_action(asker: Asker, action_id: int, *, on: date) -> NamedPerson:
    """Return with whom something was agreed, if the asker may carry it on.

    :raises NotFoundError: there is no such action, or it is out of reach.
    """
    for part in Part:
        if action_id > LARGEST or (part is Part.SUPERVISOR and not asker.identity.holds(Role.SUPERVISOR)):
            break
        async with as_one_of_two(asker, part) as pair:
            whose = await pair.fetchval(
                "SELECT person_id FROM passport.conversation_action WHERE id = $1", action_id
            )
        if whose is not None:
            await let_see(asker.identity, Permission.CONVERSATION_TAKE_PART, whose, on=on, look=None)
            return await person(whose)
    take_part = Permission.CONVERSATION_TAKE_PART
    await let_see(asker.identity, take_part, NOBODY, on=on, look=None)  # asked alike, so that no clock tells
    raise NotFoundError


async def read_team(asker: Asker, *, way: Way, on: date) -> Sequence[Member]:
    """Return a supervisor's reports of today, overdue first."""
    people = [one.person_id for one in await reports_on(asker.person_id, on)]
    await _note(asker, people, way, Permission.CONVERSATION_HOLD)
    async with as_one_of_two(asker, Part.SUPERVISOR) as pair:
        rows = await pair.fetch(
            "SELECT person_id FROM passport.conversation_draft WHERE conversation_id IS NULL AND person_id = ANY($1)",
            people,
        )
    drafts = {row["person_id"] for row in rows}
    return [
        Member(one, one.person_id in drafts) for one in in_order((await standing_of(people, on)).values())
    ]


async def read_reach(asker: Asker, unit_id: int | None, *, on: date) -> Sequence[Stands]:
    """Return when whose conversations are due, beyond one's own reports: below them, and in the force of a granted role."""
    people = set(await within_reach(asker.identity, unit_id, on))
    if asker.identity.holds(Role.SUPERVISOR) and unit_id is None:
        people |= set(await below_reports(asker.person_id, on))
    found = in_order((await standing_of(people - {asker.person_id}, on)).values())
    return [one for one in found if one.next.state is not State.NOT_ASKED]


async def note_shown(asker: Asker, shown: Iterable[Stands], *, way: Way) -> None:
    """Write down whose days somebody is about to see."""
    await _note(asker, [one.person_id for one in shown], way, Permission.CONVERSATION_STATUS)


def in_order(people: Iterable[Stands]) -> Sequence[Stands]:
    """Put the longest overdue first, then who is due soonest, then who is away."""
    return sorted(
        people,
        key=lambda one: (
            WORST_FIRST.index(one.next.state),
            one.next.due_on or date.max,
            one.name,
            one.person_id,
        ),
    )


async def _held(asker: Asker, number: int) -> tuple[Held | None, Part]:
    async with as_one_of_two(asker, Part.OFFICER) as pair:
        held = await shelf.held(pair, number)
    return held, part_of(asker, NOBODY if held is None else held.person_id)


async def _note(asker: Asker, people: Collection[int], way: Way, permission: Permission) -> None:
    look = Look(Opened.CONVERSATIONS_DUE, asker.request_id, way)
    await note_listed(asker.identity, permission, people, look)
