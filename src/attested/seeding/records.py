"""How are made-up people, their numbers, posts, lines, absences and roles written down?"""

from collections.abc import Iterable, Sequence

from attested.seeding.days import WRITTEN, Day, written
from attested.seeding.lines import Led
from attested.seeding.members import Member, Order, Stint
from attested.seeding.names import Name, names
from attested.seeding.shape import Unit
from attested.seeding.sheets import NULL, Into, Pages
from people.persons.rules import national_id
from people.posts.rules import Kind

PROTECTED = 0.004
PART_TIME = ((0.09, "0.60"), (0.18, "0.80"))
NUMBERS_EACH = 2
"""How many numbers are set aside for each person: one in seven is never issued."""
FIRST_PAYROLL, FIRST_COLLAR = 5_000_000, 1000


def write_units(pages: Pages, units: Sequence[Unit], order: Order) -> None:
    """Write the units of a force."""
    pages.of(Into.UNIT).extend(f"{one.id}\t{order.force_id}\t{one.name}\n" for one in units)


def write_people(pages: Pages, members: Sequence[Member], order: Order) -> None:
    """Write everyone with their numbers, posts and absences."""
    chance = order.random("people")
    called = names(len(members), chance)
    national = _national_ids(members)
    people, posts, away = pages.of(Into.PERSON), pages.of(Into.POST), pages.of(Into.ABSENCE)
    for place, (one, name) in enumerate(zip(members, called, strict=True)):
        is_protected = one.is_licensed and chance.random() < PROTECTED
        people.append(_person(one, name, national[place], order, is_protected=is_protected))
        fte = _fte(chance.random())
        posts.extend(_post(one, stint, fte) for stint in one.stints)
        for absence in one.away:
            first = absence.starts_on
            away.append(
                f"{one.id}\t{absence.kind}\t{WRITTEN[first]}\t{written(absence.ends_on)}\t{WRITTEN[first]} 10:00:00+00\n"
            )
    _write_numbers(pages, members, order)


def _national_ids(members: Sequence[Member]) -> list[str]:
    """Return an identifier for each, from the numbers that are set aside for them alone."""
    first = members[0].id * NUMBERS_EACH
    numbers = range(first, first + len(members) * NUMBERS_EACH)
    issued = (found for number in numbers if (found := national_id(number)) is not None)
    return [found for found, _ in zip(issued, members, strict=False)]


def _person(one: Member, name: Name, national: str, order: Order, *, is_protected: bool) -> str:
    return (
        f"{one.id}\t{national}\t{name.given}\t{name.family}\t{name.known_as or NULL}\t"
        f"{name.mailbox}@{order.slug}.police.example\t{WRITTEN[one.joined_on]}\t{'t' if is_protected else 'f'}\t"
        f"{WRITTEN[one.joined_on]} 08:00:00+00\n"
    )


def _fte(drawn: float) -> str:
    return next((fte for share, fte in PART_TIME if drawn < share), "1.00")


def _post(one: Member, stint: Stint, fte: str) -> str:
    profiles = "{" + ",".join(f'"{name}"' for name in sorted(stint.profiles)) + "}"
    return (
        f"{one.id}\t{stint.force_id}\t{stint.unit.id if stint.unit else NULL}\t{one.kind}\t{stint.rank or NULL}\t"
        f"{stint.basis}\t{one.title or NULL}\t{profiles}\t{fte}\t{_dated(stint.starts_on, stint.ends_on)}\n"
    )


def _dated(starts_on: Day, ends_on: Day | None) -> str:
    return f"{WRITTEN[starts_on]}\t{written(ends_on)}\t{WRITTEN[starts_on]} 09:00:00+00"


def _write_numbers(pages: Pages, members: Sequence[Member], order: Order) -> None:
    """Give everyone a payroll number, and a collar number to whoever wears one, in an order that tells nothing."""
    lines = pages.of(Into.IDENTIFIER)
    scattered = list(range(len(members)))
    order.random("numbers").shuffle(scattered)
    for one, number in zip(members, scattered, strict=True):
        since = one.joined_on
        dated = f"{WRITTEN[since]}\t{written(one.left_on)}\t{WRITTEN[since]} 09:00:00+00"
        lines.append(f"{one.id}\t{order.force_id}\tpayroll\t{FIRST_PAYROLL + number}\t{dated}\n")
        if one.is_licensed or one.kind is Kind.PCSO:
            lines.append(f"{one.id}\t{order.force_id}\tcollar\t{FIRST_COLLAR + number}\t{dated}\n")


def write_lines(pages: Pages, drawn: Iterable[Led]) -> None:
    """Write who supervises whom."""
    pages.of(Into.LINE).extend(
        f"{one.person_id}\t{one.supervisor_id}\t{'t' if one.is_cover else 'f'}\t{_dated(one.starts_on, one.ends_on)}\n"
        for one in drawn
    )
