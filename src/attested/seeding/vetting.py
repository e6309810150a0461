"""Who is cleared to which level and until when, and which cases does a demonstration's vetting unit work on?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attested.seeding.days import MONTH, WRITTEN, Day
from attested.seeding.members import Member, Order
from attested.seeding.sheets import NULL, Into, Pages
from licence.vetting.rules import Level, Outcome
from people.posts.rules import Rank

RENEWED_BEFORE = 45
"""How many days before its last a clearance is usually renewed."""
NOT_CHASED = 0.012
"""The share of clearances that ran out lately and that nobody has renewed yet."""
DESIGNATED = {"Professional Standards", "Intelligence", "Serious and Organised Crime"}
"""The functions whose posts ask for management vetting; so does every post from superintendent on."""
CLEARED = 0.15
"""The share of the intelligence function that holds a security check."""
YEARS_WITHOUT_TERM = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A case of the demonstration: who is on it, how it stands, and what was found."""

    level: Level
    officers: tuple[int, ...]
    opened_ago: Day
    entries: tuple[tuple[str, str], ...] = ()
    outcome: Outcome | None = None
    proposed: bool = False


def write_clearances(pages: Pages, members: Sequence[Member], order: Order) -> None:
    """Write the clearances that hold, or that have just run out."""
    chance = order.random("clearances")
    months = {one.key: one.amounts[0] for one in order.policy.stated}
    lasting = {level: round(months.get(level.term, YEARS_WITHOUT_TERM * 12) * MONTH) for level in Level}
    lines = pages.of(Into.CLEARANCE)
    for one in members:
        if one.left_on is None:
            for level in _levels(one, chance.random()):
                lines.append(
                    _clearance(one, level, lasting[level], order, is_late=chance.random() < NOT_CHASED)
                )


def _levels(one: Member, drawn: float) -> Iterator[Level]:
    yield Level.RECRUITMENT
    is_senior = one.rank is not None and one.rank.order >= Rank.SUPERINTENDENT.order
    if is_senior or one.unit.function.name in DESIGNATED:
        yield Level.MANAGEMENT
    if one.unit.function.name == "Intelligence" and drawn < CLEARED:
        yield Level.SECURITY


def _clearance(one: Member, level: Level, lasts: int, order: Order, *, is_late: bool) -> str:
    since = one.joined_on if level is Level.RECRUITMENT else max(one.joined_on, one.rank_since)
    while since + lasts - RENEWED_BEFORE <= order.on:
        since += lasts - RENEWED_BEFORE
    if is_late and order.on - since > 3 * RENEWED_BEFORE:
        since = order.on - lasts - since % (2 * RENEWED_BEFORE)
    return (
        f"{one.id}\t{order.force_id}\t{level}\t{WRITTEN[since]}\t{WRITTEN[since + lasts - 1]}\theld\t"
        f"{WRITTEN[since]} 09:00:00+00\n"
    )


def write_cases(pages: Pages, members: Sequence[Member], second: int, order: Order) -> None:
    """Write a handful of cases, where the force has two vetting officers; `second` agreed who works on them."""
    by_title = {one.title: one.id for one in reversed(members)}
    if "Vetting Manager" not in by_title or "Vetting Adjudicator" not in by_title:
        return
    manager, adjudicator = by_title["Vetting Manager"], by_title["Vetting Adjudicator"]
    about = [one for one in members if one.rank is Rank.CONSTABLE and one.left_on is None and not one.leads]
    order.random("cases").shuffle(about)
    made = _made(manager, adjudicator)
    for number, (case, one) in enumerate(zip(made, about, strict=False), start=1):
        _write_case(pages, case, number, one, _People(manager, adjudicator, second, order))


@dataclass(frozen=True, slots=True)
class _People:
    manager: int
    adjudicator: int
    second: int
    order: Order


def _made(manager: int, adjudicator: int) -> Sequence[Made]:
    both = (manager, adjudicator)
    return (
        Made(Level.RECRUITMENT, (manager,), 21, (("reason", "Renewal after ten years. Checks sent for."),)),
        Made(
            Level.MANAGEMENT, both, 40,
            (
                ("adverse material", "A debt plan that was not reported when it was agreed."),
                ("reason", "Statement received: the plan was agreed on jointly held debts and has been kept to."),
                ("condition", "Finances to be looked at again in twelve months."),
            ),
        ),
        Made(
            Level.RECRUITMENT, both, 75,
            (("adverse material", "Repeated searches of records without a policing purpose; conduct outcome attached."),),
            Outcome.WITHDRAWN, proposed=True,
        ),
        Made(Level.RECRUITMENT, (manager,), 120, (("reason", "Transferred in; cleared by the former force."),), Outcome.GRANTED),
        Made(Level.SECURITY, both, 200, (), Outcome.DISCONTINUED),
        Made(Level.MANAGEMENT, (adjudicator,), 10, (("reason", "Moves to a designated post next month."),)),
        Made(Level.RECRUITMENT, (), 3),
    )  # fmt: skip


def _write_case(pages: Pages, case: Made, number: int, one: Member, people: _People) -> None:
    on, force = people.order.on, people.order.force_id
    opened = WRITTEN[on - case.opened_ago]
    over = case.outcome is not None and not case.proposed
    ended = WRITTEN[on - case.opened_ago // 2] if over else NULL
    pages.of(Into.CASE).append(
        f"{number}\t{one.id}\t{force}\t{case.level}\t{opened}\t{people.manager}\t{case.outcome if over else NULL}\t"
        f"{ended}\t{ended}\t{case.outcome if case.proposed else NULL}\t"
        f"{people.adjudicator if case.proposed else NULL}\t{people.manager if over else NULL}\n"
    )
    for place, (kind, text) in enumerate(case.entries):
        at = f"{WRITTEN[on - case.opened_ago + 2 + place]} 1{place}:20:00+00"
        pages.of(Into.MATERIAL).append(f"{number}\t{one.id}\t{kind}\t{text}\t{at}\t{case.officers[0]}\n")
    about = f"{number}\t{one.id}\t{force}"
    for officer in case.officers:
        pages.of(Into.ASSIGNMENT).append(
            f"{about}\t{officer}\t{opened}\t{people.manager}\t{opened} 09:10:00+00\t{people.second}\t{opened} 11:00:00+00\n"
        )
    if not case.officers:
        pages.of(Into.ASSIGNMENT).append(
            f"{about}\t{people.adjudicator}\t{opened}\t{people.adjudicator}\t{opened} 09:10:00+00\t{NULL}\t{NULL}\n"
        )
