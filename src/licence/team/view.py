"""What do the team's pages show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.parts import Column, Sorted, Tone
from licence.standing.decisions import Standing
from licence.team.rules import WITHIN, Asked, Due, Member, Order, lapses_within

PATH = "/team"


@dataclass(frozen=True, slots=True)
class Card:
    """A count that leads to its list."""

    number: int
    label: str
    href: str
    tone: Tone = Tone.PLAIN


def cards(members: Sequence[Member], on: date) -> Sequence[Card]:
    """Return the counts at the top: who may practise, who may not, and what lapses when."""
    licensed = [member for member in members if member.needs_licence]
    may = sum(member.decision.may_practise for member in licensed)
    lapsed = sum(member.decision.standing is Standing.LAPSED for member in licensed)
    ahead = {days: sum(lapses_within(member, on, days) for member in members) for days in WITHIN}
    return (
        Card(may, "May practise today", Asked(order=Order.STANDING).address(PATH), Tone.GOOD),
        Card(lapsed, "Lapsed", Asked(standing=Standing.LAPSED).address(PATH), Tone.STOP if lapsed else Tone.PLAIN),
        *(
            Card(number, f"Something due within {days} days", Asked(within=days).address(PATH),
                 Tone.SOON if number else Tone.PLAIN)
            for days, number in ahead.items()
        ),
    )  # fmt: skip


def columns(asked: Asked) -> Sequence[Column]:
    """Return the headings of the team's table; three of them sort it."""

    def sorting(text: str, order: Order) -> Column:
        return Column(
            text,
            sort_href=asked.address(PATH, order=order),
            sorted=Sorted.ASCENDING if asked.order is order else None,
        )

    return (
        sorting("Name", Order.NAME),
        sorting("Standing", Order.STANDING),
        sorting("Next due", Order.DUE),
        Column("May use today"),
        Column("Stopped"),
    )


def standing_options() -> Sequence[tuple[str, str]]:
    """Return the standings that the team may be asked for."""
    return [("", "Any"), *((str(each), str(each).capitalize()) for each in Standing)]


def within_options() -> Sequence[tuple[str, str]]:
    """Return the looks ahead that the team may be asked for."""
    return [("", "Any time"), *((str(days), f"{days} days") for days in WITHIN)]


@dataclass(frozen=True, slots=True)
class Skills:
    """The matrix: the requirements that anybody of the team has, and for each member what stands under each."""

    headings: Sequence[Column]
    rows: Sequence[tuple[Member, Sequence[Due | None]]]


def skills(members: Sequence[Member]) -> Skills:
    """Return the team's skills matrix, the requirements by effect and title, the members by name."""
    asked = {one.requirement.id: one.requirement for member in members for one in member.due}
    order = sorted(asked.values(), key=lambda one: (one.effect, one.title))
    rows = []
    for member in sorted(members, key=lambda each: each.name):
        under = {one.requirement.id: one for one in member.due}
        rows.append((member, [under.get(one.id) for one in order]))
    return Skills((Column("Name"), *(Column(one.title) for one in order)), rows)
