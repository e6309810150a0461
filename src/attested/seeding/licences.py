"""Which licences were granted, renewed, restricted, suspended and ended, and by whom?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attested.seeding.days import MONTH, WRITTEN, Day
from attested.seeding.members import Desk, Member, Order
from attested.seeding.sheets import NULL, Into, Pages
from licence.standing.decisions import DeterminationKind

BEGAN_YEARS_AGO = 7
"""How long ago, in this made-up world, the first licences were granted; it took two years until all had one."""
GRANTING_DAYS = 730
RENEWED_LATE = 0.15
"""The share of the last weeks' renewals that nobody has decided yet."""
STILL_LATE = 75
SETTLED = 60
CONDITIONS = (
    "Works under the supervision of a sergeant",
    "Drives no police vehicle",
    "Has no unsupervised contact with vulnerable people",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that befalls a licence now and then: how often, what is decided, and why."""

    share: float
    kind: DeterminationKind
    reasons: str


TURNS = (
    Turn(0.0040, DeterminationKind.SUSPEND, "Suspended while an investigation is under way; neutral as to its outcome."),
    Turn(0.0080, DeterminationKind.RESTRICT, "Restricted after a review of practice, with the officer's agreement."),
    Turn(0.0010, DeterminationKind.REVOKE, "Revoked after a hearing; the officer was heard and did not appeal."),
    Turn(0.0020, DeterminationKind.SURRENDER, "Surrendered at the officer's own request."),
)  # fmt: skip


def write_licences(pages: Pages, members: Sequence[Member], desk: Desk, order: Order) -> None:
    """Write every decision on the licences of a force; the two who decide hold none themselves."""
    chance = order.random("licences")
    cycle = round(order.policy.terms.cycle_months * MONTH)
    lines = pages.of(Into.DETERMINATION)
    by = f"{desk.decides}\t{desk.agrees}"
    for one in members:
        if not one.is_licensed:
            continue
        began_on = order.on - round(BEGAN_YEARS_AGO * 365.25) + int(chance.random() * GRANTING_DAYS)
        granted_on = max(one.joined_on, began_on)
        last = order.on - 1 if one.left_on is None else one.left_on
        lines.append(_line(one, granted_on, "grant", "Initial training and assessment completed.", by))
        is_late = chance.random() < RENEWED_LATE
        for day in _renewals(granted_on, last, cycle, is_late=is_late):
            lines.append(_line(one, day, "renew", "All that policy asks was met.", by))
        if one.left_on is None and order.on - granted_on > SETTLED:
            lines.extend(_turn(one, chance.random(), int(chance.random() * 50), order.on, by))


def _renewals(granted_on: Day, last: Day, cycle: int, *, is_late: bool) -> Iterator[Day]:
    """Yield the days of renewal, each some weeks before the cycle ends; late is one that should have come lately."""
    days = []
    day = granted_on + cycle - 20 - granted_on % 40
    while day <= last:
        days.append(day)
        day += cycle - 20 - granted_on % 40
    yield from days[:-1] if is_late and days and last - days[-1] < STILL_LATE else days


def _turn(one: Member, drawn: float, days_ago: int, on: Day, by: str) -> Iterator[str]:
    for turn in TURNS:
        if drawn < turn.share:
            condition = (
                CONDITIONS[one.id % len(CONDITIONS)] if turn.kind is DeterminationKind.RESTRICT else NULL
            )
            yield _line(one, on - 3 - days_ago, turn.kind, turn.reasons, by, condition=condition)
            return
        drawn -= turn.share


def _line(one: Member, day: Day, kind: str, reasons: str, by: str, *, condition: str = NULL) -> str:
    return f"{one.id}\t{kind}\t{WRITTEN[day]}\t{condition}\t{reasons}\t{by}\t{WRITTEN[day]} 10:30:00+00\n"
