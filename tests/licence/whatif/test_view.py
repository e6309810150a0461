"""Is a change that many concern never told as one that concerns nobody, only because its total would betray a force?"""

from dataclasses import replace
from datetime import date

from licence.figures.rules import Figures, table
from licence.whatif.figures import CHANGES, Row, Told
from licence.whatif.people import Asked
from licence.whatif.rules import Change
from licence.whatif.view import NAMES, among, hidden, withheld

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


def test_of_a_unit_that_names_nobody_it_is_not_said_that_they_have_none() -> None:
    """The accident: the list of a unit that is no longer kept was headed "Without a unit"."""
    asked = Asked(1, date(2026, 11, 22), unit=7)
    assert among(asked, ()) == ""
    assert among(replace(asked, unit=0, rank="sergeant"), ()) == "Rank of sergeant and without a unit"
