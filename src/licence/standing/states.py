"""Which standings are there, who brings each about, and how does one become another?"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from licence.standing.decisions import PRACTISING, Standing


class Owner(StrEnum):
    """Who or what brings a standing about, or ends it."""

    PERSON = "a named person"
    TIME = "time"
    EVIDENCE = "evidence"
    RECORD = "the record of posts and absences"


@dataclass(frozen=True, slots=True)
class Described:
    """A standing with its owner and its words."""

    standing: Standing
    owner: Owner
    words: str

    @property
    def may_practise(self) -> bool:
        """Say whether the holder may practise."""
        return self.standing in PRACTISING


@dataclass(frozen=True, slots=True)
class Transition:
    """Some standings become others, through an owner and for a cause."""

    come_from: tuple[Standing, ...]
    go_to: tuple[Standing, ...]
    owner: Owner
    cause: str


STANDINGS = (
    Described(Standing.NOT_HELD, Owner.RECORD, "No licence has been granted, or the post needs none."),
    Described(
        Standing.PROVISIONAL, Owner.PERSON, "Granted to somebody on probation; everything asked for is met."
    ),
    Described(Standing.ACTIVE, Owner.PERSON, "Granted, in its cycle, and everything asked for is met."),
    Described(Standing.IN_GRACE, Owner.TIME, "A last day has passed, and the grace after it has not."),
    Described(Standing.LAPSED, Owner.TIME, "A last day has passed, and the grace after it too."),
    Described(
        Standing.PAUSED, Owner.RECORD, "The holder is away. It counts against nobody, and the dates move on."
    ),
    Described(
        Standing.SUSPENDED, Owner.PERSON, "Held back while something is looked into. It judges nothing."
    ),
    Described(Standing.REVOKED, Owner.PERSON, "Taken away. Only a new grant brings it back."),
    Described(Standing.SURRENDERED, Owner.PERSON, "Given up, or the holder is in no post."),
)

FULL = (Standing.PROVISIONAL, Standing.ACTIVE)
BY_TIME = (*FULL, Standing.IN_GRACE, Standing.LAPSED)
HELD = (*BY_TIME, Standing.PAUSED, Standing.SUSPENDED)

TRANSITIONS = (
    Transition(
        (Standing.NOT_HELD,),
        HELD,
        Owner.PERSON,
        "A licence is granted; the rest of the record says where it lands.",
    ),
    Transition(
        FULL,
        (Standing.IN_GRACE,),
        Owner.TIME,
        "The last day of the cycle, of a core requirement or of its waiver passes.",
    ),
    Transition(
        (*FULL, Standing.IN_GRACE),
        (Standing.LAPSED,),
        Owner.TIME,
        "The last day of grace passes, or a last day without any grace.",
    ),
    Transition((Standing.PROVISIONAL,), (Standing.ACTIVE,), Owner.TIME, "The last day of probation passes."),
    Transition(
        (Standing.IN_GRACE, Standing.LAPSED),
        (*FULL, Standing.IN_GRACE),
        Owner.EVIDENCE,
        "What was missing is recorded as met, waived, or the force’s failure.",
    ),
    Transition((Standing.IN_GRACE, Standing.LAPSED), BY_TIME, Owner.PERSON, "The licence is renewed."),
    Transition(
        BY_TIME,
        BY_TIME,
        Owner.RECORD,
        "A new post, or the end of probation, changes what is asked of the holder.",
    ),
    Transition(BY_TIME, (Standing.PAUSED,), Owner.RECORD, "An absence that counts begins."),
    Transition((Standing.PAUSED,), BY_TIME, Owner.RECORD, "The absence ends."),
    Transition(
        (*BY_TIME, Standing.PAUSED),
        (Standing.SUSPENDED,),
        Owner.PERSON,
        "The licence, or its holder, is suspended.",
    ),
    Transition((Standing.SUSPENDED,), (*BY_TIME, Standing.PAUSED), Owner.PERSON, "The suspension is ended."),
    Transition(
        (*HELD, Standing.SURRENDERED, Standing.NOT_HELD),
        (Standing.REVOKED,),
        Owner.PERSON,
        "The licence is revoked, whatever post its holder is in.",
    ),
    Transition(HELD, (Standing.SURRENDERED,), Owner.PERSON, "The holder gives the licence up."),
    Transition((*HELD, Standing.NOT_HELD), (Standing.SURRENDERED,), Owner.RECORD, "The last post ends."),
    Transition((Standing.SURRENDERED,), (*HELD, Standing.NOT_HELD), Owner.RECORD, "Another post begins."),
    Transition((Standing.REVOKED, Standing.SURRENDERED), HELD, Owner.PERSON, "A licence is granted anew."),
    Transition(
        (Standing.REVOKED,),
        (Standing.SURRENDERED, Standing.NOT_HELD),
        Owner.PERSON,
        "A licence is granted anew to somebody in no post, or in one that needs none.",
    ),
    Transition(HELD, (Standing.NOT_HELD,), Owner.RECORD, "The holder takes up a post that needs no licence."),
    Transition(
        (Standing.NOT_HELD,), HELD, Owner.RECORD, "Somebody with a licence returns to a post that needs one."
    ),
)


def ways(come_from: Standing, go_to: Standing) -> tuple[Transition, ...]:
    """Return every way in which one standing becomes another."""
    return tuple(one for one in TRANSITIONS if come_from in one.come_from and go_to in one.go_to)


def page() -> str:
    """Write the table of states as a page of the documentation."""
    lines = [
        "# The standings of a licence",
        "",
        "Written from `src/licence/standing/states.py` by `python -m licence.standing.states docs/states.md`.",
        "People decide, time expires: time alone can bring a licence into grace or lapse it, and can do nothing else",
        "to it. The worst true thing is said: revoked, surrendered, suspended, paused, lapsed, in grace, in that order.",
        "",
        "| standing | may practise | brought about by | in words |",
        "|---|---|---|---|",
        *(
            f"| {one.standing} | {'yes' if one.may_practise else 'no'} | {one.owner} | {one.words} |"
            for one in STANDINGS
        ),
        "",
        "## How one becomes another",
        "",
        "| from | to | through | because |",
        "|---|---|---|---|",
        *(
            f"| {_named(one.come_from)} | {_named(one.go_to)} | {one.owner} | {one.cause} |"
            for one in TRANSITIONS
        ),
    ]
    return "\n".join(lines) + "\n"


def _named(standings: Iterable[Standing]) -> str:
    return ", ".join(one.value for one in standings)


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as file:  # noqa: PTH123 - a rule knows no paths
        file.write(page())
