"""What did people record of themselves lately, and what of it was declined?"""

from collections.abc import Sequence

from attested.seeding.asked import Asked
from attested.seeding.days import WRITTEN, Day
from attested.seeding.members import Member
from attested.seeding.sheets import NULL

SHARE = 0.04
"""The share of people at work who recorded something in the last fortnight."""
DECLINED = 0.2
LONGEST_WAIT = 12
REASONS = (
    "No certificate is attached. Attach it and record it again.",
    "The register of that course does not name you. Which day was it?",
)
PLACES = ("Training day at headquarters", "Course of a neighbouring force", "E-learning at home")


def entry(number: int, person_id: int, asked: Asked, days: tuple[Day, Day]) -> str:
    """Write what somebody recorded of themselves, which waits: done on a day, recorded on a later one."""
    return _row(number, person_id, asked, days, PLACES[number % len(PLACES)]) + f"\t{NULL}" * 3 + "\n"


def declined(number: int, person_id: int, asked: Asked, days: tuple[Day, Day], by: int) -> str:
    """Write the same, declined the next morning by somebody of learning and development."""
    reason = REASONS[number % len(REASONS)]
    ended = f"{WRITTEN[days[1] + 1]} 09:15:00+00"
    row = _row(number, person_id, asked, days, PLACES[number % len(PLACES)])
    return f"{row}\t{ended}\t{by}\t{reason}\n"


def renewable(one: Member, owed: Sequence[tuple[Asked, Day, Day | None]], on: Day) -> Sequence[Asked]:
    """Return what somebody at work has held for long enough that they may well have renewed it early."""
    if one.left_on is not None or one.away_on(on):
        return ()
    return [
        asked
        for asked, first, last in owed
        if last is None and asked.lasts and not asked.is_force_duty and first < on - 200
    ]


def _row(number: int, person_id: int, asked: Asked, days: tuple[Day, Day], source: str) -> str:
    done, recorded = days
    return (
        f"{number}\t{person_id}\t{asked.id}\t{WRITTEN[done]}\tf\t{WRITTEN[recorded]} 19:30:00+00\t{asked.hours}\t{source}"
        f"\t{person_id}"
    )
