"""How is what people met written down: on time or late, verified or not, and now and then corrected?"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from attested.seeding.asked import Asked, Catalogue
from attested.seeding.days import WRITTEN, Day
from attested.seeding.entries import DECLINED, LONGEST_WAIT, SHARE, declined, entry, renewable
from attested.seeding.fates import Fate, Plight, fate
from attested.seeding.histories import Courses, Obligation, obligations
from attested.seeding.members import Desk, Member, Order
from attested.seeding.sheets import NULL, Into, Pages

IDS_EACH = 100
"""How many record numbers are set aside for each person; few need half of them."""
CORRECTED = 0.01
"""The share of histories whose newest entry had to be corrected."""
OFFERS_REMEMBERED = 3 * 365
OFFERED_LATE = 0.06
REASONS = ("Entered with the wrong date", "Entered from the wrong course register")


@dataclass(slots=True)
class _Scribe:
    """What is at hand while the evidence of a force is written."""

    order: Order
    desk: Desk
    evidence: list[str]
    corrections: list[str]
    entries: list[str]
    offers: list[str]
    dispensations: list[str]
    chance: Random
    entering: Random
    next_id: int


def write_evidence(
    pages: Pages, members: Sequence[Member], catalogue: Catalogue, desk: Desk, order: Order
) -> None:
    """Write everything that the members of a force ever met, what they were excused, and what they were offered."""
    scribe = _Scribe(
        order, desk, pages.of(Into.EVIDENCE), pages.of(Into.CORRECTION), pages.of(Into.ENTRY), pages.of(Into.OFFER), pages.of(Into.DISPENSATION),
        order.random("evidence"), order.random("entries"), order.first_person * IDS_EACH,
    )  # fmt: skip
    courses = Courses(order)
    for one in members:
        owed = list(obligations(one, catalogue))
        # What a higher requirement satisfies is met by that one alone, where everyone meets the higher.
        higher = {asked.id for asked, _, last in owed if last is None and asked.share == 1}
        behind = _fate(one, [each for each in owed if each[0].satisfied_by.isdisjoint(higher)], scribe)
        for asked, first, last in owed:
            if asked.is_force_duty:
                _offer(one, asked, (first, last), scribe)
            elif last is not None or asked.satisfied_by.isdisjoint(higher):
                due_on = behind.due_on if behind and behind.asked is asked and last is None else None
                days = courses.days(asked, (first, last), due_on, one.away)
                _write(one.id, asked, days, scribe)
        if behind:
            _excuse(one, behind, scribe)
        else:
            _enter(one, renewable(one, owed, order.on), scribe)


def _fate(one: Member, owed: Sequence[Obligation], scribe: _Scribe) -> Fate | None:
    """Draw what an officer who is at work is behind with: something asked of them for long enough to be late."""
    if not one.is_licensed or one.left_on is not None or one.away_on(scribe.order.on):
        return None
    core = tuple(
        asked
        for asked, first, last in owed
        if last is None
        and asked.is_core
        and asked.lasts
        and not asked.is_fixed
        and max(first, asked.introduced_on) < scribe.order.on - asked.lasts - asked.grace - 200
    )
    return fate(core, scribe.order.on, scribe.chance)


def _write(person_id: int, asked: Asked, days: Sequence[Day], scribe: _Scribe) -> None:
    """Write the days that somebody met a requirement; each was entered within a fortnight, and by yesterday."""
    if not days:
        return
    chance, latest, number = scribe.chance.random, scribe.order.on - 1, scribe.next_id
    append, tail = scribe.evidence.append, f"{asked.hours}\t{asked.source}"
    head = f"\t{person_id}\t{asked.id}\t"
    for day in days[:-1]:
        append(f"{number}{head}{WRITTEN[day]}\tt\t{WRITTEN[day + int(chance() * 14)]} 19:00:00+00\t{tail}\n")
        number += 1
    newest = days[-1]
    entered = min(latest, newest + int(chance() * 14))
    row = f"{head}{WRITTEN[newest]}\tt\t{WRITTEN[entered]} 19:00:00+00\t{tail}"
    if chance() < CORRECTED and entered < latest - 7:
        number = _correct(number, head, (newest, entered), tail, scribe)
    else:
        append(f"{number}{row}\n")
        number += 1
    scribe.next_id = number


def _correct(number: int, head: str, days: tuple[Day, Day], tail: str, scribe: _Scribe) -> int:
    """Write an entry with the wrong day, and the one that superseded it some days later."""
    day, entered = days
    wrong = day - 1 - int(scribe.chance.random() * 3)
    at = f"{WRITTEN[entered + 5]} 11:30:00+00"
    reason = REASONS[number % len(REASONS)]
    scribe.corrections.append(
        f"{number}{head}{WRITTEN[wrong]}\tt\t{WRITTEN[entered]} 19:00:00+00\t{tail}\t{at}\t{scribe.desk.learning}\t{reason}\t{NULL}\n"
        f"{number + 1}{head}{WRITTEN[day]}\tt\t{at}\t{tail}\t{NULL}\t{NULL}\t{NULL}\t{number}\n"
    )
    return number + 2


def _offer(one: Member, asked: Asked, span: tuple[Day, Day | None], scribe: _Scribe) -> None:
    """Write the force's offers of a wellbeing check, most of them in time."""
    on, chance = scribe.order.on, scribe.chance.random
    lasts = asked.lasts or 365
    first = max(span[0] + 20, on - OFFERS_REMEMBERED)
    day = on - 1 - int(chance() * (lasts - 10))
    if chance() < OFFERED_LATE:
        day = on - lasts - int(chance() * 60)
    if span[1] is not None:
        day = min(day, span[1])
    while day >= first:
        scribe.offers.append(
            f"{one.id}\t{WRITTEN[day]}\t{WRITTEN[day]} 16:00:00+00\t{scribe.order.force_id}\n"
        )
        day -= lasts - int(chance() * 30)


def _enter(one: Member, renewed: Sequence[Asked], scribe: _Scribe) -> None:
    """Write, for a few, what they recorded of themselves lately; some of it was declined."""
    chance = scribe.entering.random
    if not renewed or chance() >= SHARE:
        return
    asked = renewed[int(chance() * len(renewed))]
    recorded = scribe.order.on - 2 - int(chance() * LONGEST_WAIT)
    days = (recorded - int(chance() * 3), recorded)
    row = (
        declined(scribe.next_id, one.id, asked, days, scribe.desk.learning)
        if chance() < DECLINED and one.id != scribe.desk.learning
        else entry(scribe.next_id, one.id, asked, days)
    )
    scribe.entries.append(row)
    scribe.next_id += 1


def _excuse(one: Member, behind: Fate, scribe: _Scribe) -> None:
    """Write what goes with being behind: evidence that waits for verification, or what the force says of it."""
    on, asked = scribe.order.on, behind.asked
    if behind.plight is Plight.AWAITING:
        day = on - 1 - int(scribe.chance.random() * 10)
        scribe.entries.append(entry(scribe.next_id, one.id, asked, (day, on - 1)))
        scribe.next_id += 1
    elif behind.plight is Plight.FORCE_FAILED:
        _dispense(
            one, behind, "force failure", "The course was cancelled and no other place was offered.", scribe
        )
    elif behind.plight is Plight.WAIVED:
        _dispense(
            one,
            behind,
            "waiver",
            "Recovering from an operation; the surgeon advises against it for now.",
            scribe,
        )


def _dispense(one: Member, behind: Fate, kind: str, reason: str, scribe: _Scribe) -> None:
    first = min(behind.due_on - 14, scribe.order.on - 1)
    ends_on = WRITTEN[scribe.order.on + 45] if kind == "waiver" else NULL
    scribe.dispensations.append(
        f"{one.id}\t{behind.asked.id}\t{kind}\t{reason}\t{scribe.desk.decides}\t{scribe.desk.agrees}\t"
        f"{WRITTEN[first]}\t{ends_on}\t{WRITTEN[first]} 12:00:00+00\n"
    )
