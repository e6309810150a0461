"""Which conversations did people of a demonstration have with their supervisors, and what did they agree?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import msgspec

from attested.seeding.days import WRITTEN, Day, date_of
from attested.seeding.lines import Led
from attested.seeding.members import Member, Order
from attested.seeding.sheets import NULL, Into, Pages
from passport.conversations.framework import framework
from passport.conversations.rules import Entry, Part, Stance
from passport.conversations.shelf import Content, NewAction

NEVER, LATE, SIGNED, DRAFTED = 0.06, 0.15, 0.8, 0.1
"""The shares of people with whom none was held, whose last is too long ago, who signed, and about whom one is being written."""
IN_TIME, TOO_LONG = (6, 100), (107, 150)
SAID = (
    "Settled in well on the new pattern. Wants to be considered for the next advanced driving course.",
    "A steady quarter. Case files have been on time, and two were praised by the CPS lawyer.",
    "Talked through the fatal collision in September and what would help. Shifts are fine as they are.",
    "Ready for more responsibility; will shadow the duty sergeant for a set of nights.",
    "Workload is high since the team is two short. Agreed what can wait, and what cannot.",
    "New to the role and learning fast. Statement quality is the thing to work on.",
)
MORE = {
    "development": "Sergeants’ exam in the spring. Time for study is in the diary.",
    "wellbeing": "Sleeping better since the last rotation. Knows where to go.",
    "behaviours": "Spoke up at the briefing when it would have been easier not to. Noted, and thanked.",
    "performance": "Two complaints, neither upheld. Went through what could have been said differently.",
    "mentoring": "Will be tutored by a colleague of the neighbouring team for a month.",
}
ANSWERS = (
    "That is how I see it, too.",
    "Thank you for the time. The two weeks without an inspector were harder than this reads.",
)
AGREED = (
    (Part.OFFICER, "Book a place on the next response driving refresher"),
    (Part.SUPERVISOR, "Ask resourcing for two protected study days"),
    (Part.OFFICER, "Write up the stop and search learning for the team"),
    (Part.SUPERVISOR, "Arrange a week with the neighbourhood team"),
    (Part.OFFICER, "Read the new disclosure guidance before the next file"),
)
DRAFT = "Spoke about the last set of nights. To finish: what we agreed about the course."


@dataclass(frozen=True, slots=True)
class _Held:
    number: int
    person: int
    supervisor: int
    day: Day

    @property
    def both(self) -> str:
        return f"{self.person}\t{self.supervisor}"


def write_conversations(pages: Pages, members: Sequence[Member], drawn: Sequence[Led], order: Order) -> None:
    """Write what was held, said and agreed lately, and what some supervisors are writing at this moment."""
    chance = order.random("conversations")
    kinds = framework().asked.kinds
    there = {one.id for one in members if one.left_on is None and one.kind in kinds}
    ordinary = [one for one in drawn if one.person_id in there and not one.is_cover]
    for held in _held(ordinary, order, chance):
        _write(pages, held, order, chance)
    for one in ordinary:
        if one.ends_on is None and chance.random() < DRAFTED:
            _write_draft(pages, one, order)


def _held(drawn: Sequence[Led], order: Order, chance: Random) -> Iterator[_Held]:
    """Draw the last conversation of each, and mostly the one before it, with whoever supervised them then."""
    led: dict[int, list[Led]] = {}
    for one in drawn:
        led.setdefault(one.person_id, []).append(one)
    number = 0
    for person, lines in led.items():
        drawn_share = chance.random()
        if drawn_share < NEVER:
            continue
        ago = chance.randint(*(TOO_LONG if drawn_share < LATE else IN_TIME))
        for day in (order.on - ago - chance.randint(80, 120), order.on - ago):
            over = next((one for one in lines if one.starts_on <= day <= (one.ends_on or order.on)), None)
            if over is not None:
                number += 1
                yield _Held(number, person, over.supervisor_id, day)


def _write(pages: Pages, held: _Held, order: Order, chance: Random) -> None:
    at = f"{WRITTEN[held.day]} 15:40:00+00"
    pages.of(Into.CONVERSATION).append(f"{held.number}\t{held.both}\t{WRITTEN[held.day]}\t{at}\n")
    said = [("", SAID[held.number % len(SAID)]), *chance.sample(sorted(MORE.items()), 2)]
    entries = pages.of(Into.CONVERSATION_ENTRY)
    for topic, text in said:
        entries.append(
            f"{held.number}\t{held.both}\t{held.supervisor}\t{at}\t{Entry.WORDS}\t{topic}\t{NULL}\t{text}\n"
        )
    if chance.random() < SIGNED and held.day + 2 <= order.on:
        text, stance = ANSWERS[held.number % 2], tuple(Stance)[held.number % 2]
        entries.append(
            f"{held.number}\t{held.both}\t{held.person}\t{WRITTEN[held.day + 2]} 07:30:00+00\t{Entry.ANSWER}\t\t{stance}\t{text}\n"
        )
    for place in range(held.number % 3):
        _agree(pages, held, AGREED[(held.number + place) % len(AGREED)], order, chance)


def _agree(pages: Pages, held: _Held, agreed: tuple[Part, str], order: Order, chance: Random) -> None:
    falls_to, what = agreed
    due = held.day + 28 * chance.randint(1, 3)
    done = held.day + chance.randint(7, 60)
    is_done = done <= order.on and chance.random() < (0.9 if order.on - held.day > IN_TIME[1] else 0.5)
    ended = f"{WRITTEN[done]}\t{held.person}" if is_done else f"{NULL}\t{NULL}"
    pages.of(Into.CONVERSATION_ACTION).append(
        f"{held.number}\t{held.person}\t{held.supervisor}\t{WRITTEN[held.day]} 15:40:00+00\t{WRITTEN[due]}\t{ended}\t"
        f"{falls_to}\t{what}\n"
    )


def _write_draft(pages: Pages, one: Led, order: Order) -> None:
    content = Content(
        held_on=date_of(order.on),
        words={"": DRAFT},
        covered=("performance", "wellbeing"),
        actions=(NewAction(AGREED[1][1], AGREED[1][0], date_of(order.on + 28)),),
    )
    written = msgspec.json.encode(content).decode()
    at = f"{WRITTEN[order.on]} 06:55:00+00"
    pages.of(Into.CONVERSATION_DRAFT).append(f"{one.supervisor_id}\t{one.person_id}\t{at}\t{at}\t{written}\n")
