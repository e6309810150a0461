"""What did people of a demonstration attend, what do they say to the support they were offered, and who cares for them?"""

from collections.abc import Sequence
from random import Random

from attested.seeding.days import WRITTEN, Day
from attested.seeding.members import Member, Order
from attested.seeding.sheets import Into, Pages
from wellbeing.support.rules import EventKind, Reply

TELLING = ("Response", "Roads Policing", "Public Protection", "CID")
"""The functions whose officers attend most of what weighs."""
EVENTS_EACH = 0.12
EVENTS_OVER = 120
ANSWERED_AFTER = 60
ANSWERED, TAKEN_UP = 0.5, 0.4
NOTES = (
    (
        "First conversation. Sleeping badly since the night in question; has good support at home. Meet again in a month.",
        "Second conversation. Sleep is better. No further appointment wanted for now.",
    ),
    ("Referred by the coordinator. Asked for a longer talk; offered next week.",),
    ("Back after leave. Doing well; closes the matter.",),
)
"""What is noted of each person in care."""


def write_care(pages: Pages, members: Sequence[Member], order: Order) -> None:
    """Write events, answers to lately made offers, and a few people in care, where there is occupational health."""
    chance = order.random("care")
    _write_events(pages, members, order, chance)
    _write_answers(pages, order, chance)
    clinician = next((one.id for one in members if one.title == "Occupational Health Adviser"), None)
    if clinician is not None:
        _write_notes(pages, clinician, order)


def _write_events(pages: Pages, members: Sequence[Member], order: Order, chance: Random) -> None:
    kinds = list(EventKind)
    lines = pages.of(Into.EXPOSURE)
    for one in members:
        attends = one.left_on is None and one.is_licensed and one.unit.function.name in TELLING
        if attends and chance.random() < EVENTS_EACH:
            day = order.on - 1 - int(chance.random() ** 2 * EVENTS_OVER)
            lines.append(_event(one, kinds[int(chance.random() * len(kinds))], day, order))


def _event(one: Member, kind: EventKind, day: Day, order: Order) -> str:
    incident = f"I-{WRITTEN[day][:4]}-{one.id:06}"
    return f"{one.id}\t{order.force_id}\t{kind}\t{WRITTEN[day]}\t{incident}\t{WRITTEN[day]} 23:10:00+00\n"


def _write_answers(pages: Pages, order: Order, chance: Random) -> None:
    """Let some of those who were offered a check lately answer: the offers are written already."""
    since = WRITTEN[order.on - ANSWERED_AFTER]
    for line in pages.of(Into.OFFER):
        person, offered_on, *_ = line.rstrip("\n").split("\t")
        if offered_on >= since and chance.random() < ANSWERED:
            answer = Reply.TAKEN_UP if chance.random() < TAKEN_UP else Reply.REFUSED
            pages.of(Into.RESPONSE).append(
                f"{person}\t{order.force_id}\t{offered_on}\t{answer}\t{offered_on} 20:15:00+00\n"
            )


def _write_notes(pages: Pages, clinician: int, order: Order) -> None:
    """Let occupational health care for the first few who attended something."""
    affected = list(dict.fromkeys(line.partition("\t")[0] for line in pages.of(Into.EXPOSURE)))
    for place, (person, notes) in enumerate(zip(affected, NOTES, strict=False)):
        since = order.on - 60 + 7 * place
        about = f"{person}\t{order.force_id}\t{clinician}"
        pages.of(Into.TREATMENT).append(f"{about}\t{WRITTEN[since]}\n")
        for number, text in enumerate(notes):
            at = f"{WRITTEN[since + 2 + 21 * number]} 14:00:00+00"
            pages.of(Into.NOTE).append(f"{about}\t{at}\t{text}\n")
