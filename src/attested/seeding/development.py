"""What do people of a demonstration write of their development, and how is their leadership shown and judged?"""

from collections.abc import Sequence

from attested.seeding.days import WRITTEN, Day
from attested.seeding.lines import Led
from attested.seeding.members import Desk, Member, Order
from attested.seeding.sheets import NULL, Into, Pages
from passport.standards.book import stages
from people.posts.rules import Rank

WRITES, SHARES, IS_VERIFIED = 0.25, 0.6, 0.6
"""The shares of officers who write, of entries that are shared, and of those that are verified."""
SHOWS = 0.6
"""The share of sergeants and inspectors who show their leadership."""
IDS_EACH = 4
ENTRIES = (
    ("A stop that went wrong", "I stopped a young man without saying why, and he filmed it.",
     "He was right to complain. I had the grounds, and he never heard them.",
     "I say the grounds first, every time, and ask whether they were understood.", "{CVF-RESPECT,L1-LEARNS}"),
    ("Shadowing the custody sergeant", "I spent two nights in custody with the sergeant.",
     "I saw what my handovers look like from the other side of the desk.",
     "I write the risk down before I arrive, not while they wait.", "{CVF-COLLABORATE}"),
    ("Reading on coercive control", "I read the College’s guidance on coercive control, and two case reviews.",
     "In both, an officer had asked about injuries and about nothing else.",
     "I ask what a day looks like at home, and I write down the answer.", "{CVF-ANALYSE,CVF-AWARE}"),
    ("First time as a tutor", "I tutored a student officer through her first month.",
     "I found that I could not explain half of what I do.",
     "I say aloud what I am thinking, also when nobody is there to learn from it.", "{CVF-SUPPORT}"),
)  # fmt: skip
SAID = (
    "We talked it through on the way back from court.",
    "I was there. The change shows already.",
    "A good piece of reflection; we agreed to come back to it in spring.",
)
EXAMPLES = (
    (
        "A briefing that nobody wanted",
        "I told the team what we had got wrong, asked what they would change, and did it.",
    ),
    (
        "A joke that was none",
        "I stopped a remark about a colleague at once, and spoke with both of them the same day.",
    ),
)
JUDGED = (
    ("met", "Seen more than once, and when it was hard."),
    ("partly", "Seen with the own team; not yet with others."),
    ("not yet", "What was shown was the work of somebody else."),
)


def write_development(
    pages: Pages, members: Sequence[Member], drawn: Sequence[Led], desk: Desk, order: Order
) -> None:
    """Write reflections, some of them shared and verified, and examples of leadership with what was judged of them."""
    led = {
        one.person_id: one.supervisor_id
        for one in drawn
        if not one.is_cover and one.starts_on <= order.on and (one.ends_on is None or one.ends_on >= order.on)
    }
    chance = order.random("development").random
    for one in members:
        supervisor = led.get(one.id)
        if one.left_on is not None or one.rank is None or supervisor is None:
            continue
        if chance() < WRITES:
            _reflect(pages, one, supervisor, order.on, drawn=(chance(), chance(), chance()))
        if one.rank in {Rank.SERGEANT, Rank.INSPECTOR} and chance() < SHOWS:
            _show(pages, one, (supervisor, desk.learning), order.on, drawn=chance())


def _reflect(
    pages: Pages, one: Member, supervisor: int, on: Day, *, drawn: tuple[float, float, float]
) -> None:
    """Write an entry; it was shared a day later, and verified three days after that."""
    which, is_shared, is_verified = drawn
    place = int(which * len(ENTRIES))
    title, what, so_what, now_what, standards = ENTRIES[place]
    day, number = on - 12 - int(which * 160), one.id * IDS_EACH
    hours = "1.50" if place % 2 else NULL
    pages.of(Into.CPD_ENTRY).append(
        f"{number}\t{one.id}\t{title}\t{WRITTEN[day]}\t{what}\t{so_what}\t{now_what}\t{hours}\t{standards}\t"
        f"{WRITTEN[day]} 20:00:00+00\t{WRITTEN[day]} 20:00:00+00\n"
    )
    if is_shared < SHARES:
        pages.of(Into.CPD_SHARE).append(
            f"{number}\t{one.id}\t{supervisor}\tt\t{WRITTEN[day + 1]} 08:00:00+00\n"
        )
        if is_verified < IS_VERIFIED:
            words = SAID[number % len(SAID)]
            pages.of(Into.CPD_VERIFICATION).append(
                f"{number}\t{one.id}\t{supervisor}\tt\t{words}\t{WRITTEN[day + 4]} 15:00:00+00\n"
            )


def _show(pages: Pages, one: Member, judges: tuple[int, int], on: Day, *, drawn: float) -> None:
    """Write an example of the stage of a rank; some wait, some were judged by one, some by both."""
    group = next(each for each in stages() if each.stage and one.rank and each.stage.is_of(one.rank))
    first, second = group.standard[0].code, group.standard[1].code
    day = on - 8 - int(drawn * 90)
    for place, (title, text) in enumerate(EXAMPLES[: 1 + int(drawn * 2)]):
        standard = (first, second)[place]
        pages.of(Into.EXAMPLE).append(
            f"{one.id}\t{title}\t{WRITTEN[day]}\t{text}\t{{{standard}}}\t{WRITTEN[day]} 21:00:00+00\t"
            f"{WRITTEN[day]} 21:00:00+00\t{WRITTEN[day + 1]} 07:30:00+00\n"
        )
    said = (drawn * 7) % 1
    for place, (judge, capacity) in enumerate(zip(judges, ("supervisor", "assessor"), strict=True)):
        if judge != one.id and said > (0.3, 0.55)[place]:
            verdict, words = JUDGED[int(said * 10) % 3 if place else 0]
            pages.of(Into.JUDGEMENT).append(
                f"{one.id}\t{first}\t{verdict}\t{words}\t{capacity}\t{judge}\t{WRITTEN[day + 3 + place]} 10:00:00+00\n"
            )
