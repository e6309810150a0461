"""Is a change that many concern never told as one that concerns nobody, only because its total would betray a force?"""

from datetime import date

from licence.figures.rules import Figures, table
from licence.whatif.figures import CHANGES, Row, Told
from licence.whatif.rules import Change
from licence.whatif.view import NAMES, hidden, withheld

PLACE = CHANGES.index(Change.GAINS)


def counted(*forces: int) -> Told:
    """What a national body is told where so many of each force regain their licence, and nothing else changes."""
    counts = {
        str(name): [many if place == PLACE else 0 for place in range(len(CHANGES))]
        for name, many in enumerate(forces)
    }
    found = table(counts)
    rows = [Row(name, found.rows[name]) for name in counts]
    return Told(date(2026, 11, 22), False, Row("Everybody", found.everyone), rows, (), (), (), ())


def test_of_two_forces_the_total_is_withheld_and_said_to_be() -> None:
    told = counted(70, 80)
    assert told.everyone.figures.people[PLACE] is None
    assert withheld(told) == [NAMES[Change.GAINS].lower()]
    assert NAMES[Change.GAINS].lower() not in hidden(told)


def test_what_concerns_nobody_anywhere_is_told_as_few() -> None:
    told = counted(0, 0)
    assert withheld(told) == []
    assert NAMES[Change.GAINS].lower() in hidden(told)


def test_what_has_a_total_is_neither() -> None:
    told = Told(
        date(2026, 11, 22), False, Row("Everybody", Figures((5,) * len(CHANGES), 45)), (), (), (), (), ()
    )
    assert (withheld(told), hidden(told)) == ([], [])
