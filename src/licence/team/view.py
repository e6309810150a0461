"""What do the team's pages show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.forms import one_of
from foundation.parts import Column, Sorted, Tone
from foundation.wording import as_sentence_case
from licence.standing.decisions import Standing, State
from licence.team.asking import address
from licence.team.rules import Asked, Look, May, Member, Order, Skill, is_looked_for, practises

PATH = "/team"
SKILLS = "/team/skills"
Options = Sequence[tuple[str, str]]
DUES: Options = [
    ("", "Anything"),
    (Look.OVERDUE, "Overdue now"),
    *((each, f"Due within {each} days") for each in Look if each is not Look.OVERDUE),
]
MAYS: Options = [("", "Either"), (May.MAY, "May practise"), (May.MAY_NOT, "May not practise")]
STANDINGS: Options = [("", "Any"), *((str(each), as_sentence_case(each)) for each in Standing)]


@dataclass(frozen=True, slots=True)
class Card:
    """A count that leads to its list."""

    number: int
    label: str
    href: str
    tone: Tone = Tone.PLAIN


def cards(members: Sequence[Member], on: date, other_day: date | None) -> Sequence[Card]:
    """Return the counts at the top: who may practise and who may not, what is overdue, and what falls due when."""
    found = []
    for may, label, tone in (
        (May.MAY, "May practise", Tone.GOOD),
        (May.MAY_NOT, "May not practise", Tone.STOP),
    ):
        number = sum(practises(member, may) for member in members)
        found.append(_card(number, label, Asked(may=may, on=other_day), tone))
    for look in Look:
        number = sum(is_looked_for(member, look, on) for member in members)
        label = "Something overdue" if look is Look.OVERDUE else f"Due within {look} days"
        tone = Tone.STOP if look is Look.OVERDUE else Tone.SOON
        found.append(_card(number, label, Asked(due=look, on=other_day), tone))
    return found


def _card(number: int, label: str, asked: Asked, tone: Tone) -> Card:
    return Card(number, label, address(asked, PATH), tone if number else Tone.PLAIN)


def columns(asked: Asked) -> Sequence[Column]:
    """Return the headings of the team's table; three of them sort it."""

    def sorting(text: str, order: Order) -> Column:
        return Column(
            text,
            sort_href=address(asked.in_order(order), PATH),
            sorted=Sorted.ASCENDING if asked.order is order else None,
        )

    return (
        sorting("Name", Order.NAME),
        sorting("Standing", Order.STANDING),
        sorting("Next due", Order.DUE),
        Column("May use"),
        Column("Stopped"),
    )


ORDERS: Options = [("", "Soonest due"), (Order.NAME, "Name"), (Order.STANDING, "Standing, worst first")]
"""For where the headings cannot be pressed: on a phone each row is a card."""


OFFERED = {
    "due": ("What is due", one_of(DUES)),
    "may": ("May practise", one_of(MAYS)),
    "standing": ("Standing", one_of(STANDINGS)),
    "sort": ("Sort by", one_of([*ORDERS, (Order.DUE, "")])),
}
"""What each filter in an address may say, by name, with its label."""


def last_day(member: Member) -> date | None:
    """Return the last day through which a member's licence is valid, if nothing is done."""
    lapses_on = member.decision.lapses_on
    return lapses_on - timedelta(days=1) if lapses_on else None


@dataclass(frozen=True, slots=True)
class Skills:
    """The matrix: what anybody of the team is asked, and for each member what stands under each."""

    headings: Sequence[Column]
    rows: Sequence[tuple[Member, Sequence[Skill | None]]]


def skills(members: Sequence[Member]) -> Skills:
    """Return the team's skills matrix: the licence, then requirements by effect and title; the members by name."""
    asked = {one.code: one for member in members for one in member.skills}
    order = sorted(asked.values(), key=lambda one: (one.rank, one.title, one.code))
    rows = []
    for member in sorted(members, key=lambda each: (each.name, each.national_id)):
        under = {one.code: one for one in member.skills}
        rows.append((member, [under.get(one.code) for one in order]))
    return Skills((Column("Name"), *(Column(one.title) for one in order)), rows)


MARKS = {
    State.MET: ("✓", "good"),
    State.DUE_SOON: ("!", "soon"),
    State.IN_GRACE: ("!!", "late"),
    State.OVERDUE: ("✕", "stop"),
    State.WAIVED: ("○", "plain"),
    State.AWAITING_VERIFICATION: ("?", "aside"),
    State.FORCE_OVERDUE: ("…", "aside"),
}
"""A sign for each state in the matrix, so that it is told apart without its colour; its words stand beside it."""


def holds(skill: Skill) -> str:
    """Return how a skill stands in one or two words."""
    return "Met" if skill.state is State.MET else as_sentence_case(skill.state)
