"""Where do determinations leave a licence, in whatever order they are told?"""

from datetime import date
from itertools import permutations

import pytest

from licence.standing.decisions import Determination, DeterminationKind
from licence.standing.lines import CAUTION, Line, follow

DAY, LATER, ON = date(2026, 1, 1), date(2026, 6, 1), date(2026, 10, 1)
KINDS = DeterminationKind


def told(*decided: tuple[date, DeterminationKind], condition: str | None = None) -> Line:
    lines = [
        follow([Determination(day, kind, condition) for day, kind in order], ON)
        for order in permutations(decided)
    ]
    assert all(line == lines[0] for line in lines)
    return lines[0]


def test_every_kind_has_its_place_on_a_day() -> None:
    assert set(CAUTION) == set(DeterminationKind)
    assert len(set(CAUTION.values())) == len(CAUTION)


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        ((KINDS.GRANT, KINDS.REVOKE), Line(cycle_from=DAY, revoked_on=DAY)),
        ((KINDS.GRANT, KINDS.SURRENDER), Line(cycle_from=DAY, surrendered_on=DAY)),
        (
            (KINDS.GRANT, KINDS.SURRENDER, KINDS.REVOKE),
            Line(cycle_from=DAY, surrendered_on=DAY, revoked_on=DAY),
        ),
        ((KINDS.SUSPEND, KINDS.REINSTATE, KINDS.GRANT), Line(cycle_from=DAY, suspended_on=DAY)),
        ((KINDS.RESTRICT, KINDS.LIFT_RESTRICTION), Line(conditions={"no driving": None})),
    ],
)
def test_of_one_day_the_more_cautious_has_the_last_word(
    kinds: tuple[DeterminationKind, ...], line: Line
) -> None:
    assert told(*((DAY, kind) for kind in kinds), condition="no driving") == line


def test_the_first_day_of_what_is_said_twice_stands() -> None:
    assert told((DAY, KINDS.SUSPEND), (LATER, KINDS.SUSPEND)).suspended_on == DAY
    assert told((DAY, KINDS.REVOKE), (LATER, KINDS.REVOKE)).revoked_on == DAY
    assert told((DAY, KINDS.SURRENDER), (LATER, KINDS.SURRENDER)).surrendered_on == DAY


def test_a_renewal_sets_the_cycle_and_nothing_else() -> None:
    line = told((DAY, KINDS.GRANT), (DAY, KINDS.SUSPEND), (LATER, KINDS.RENEW))
    assert line == Line(cycle_from=LATER, suspended_on=DAY)


def test_after_its_end_only_a_grant_brings_a_licence_back() -> None:
    assert told((DAY, KINDS.SURRENDER), (LATER, KINDS.RENEW)) == Line(surrendered_on=DAY)
    assert told((DAY, KINDS.SURRENDER), (LATER, KINDS.GRANT)) == Line(cycle_from=LATER)
    assert told((DAY, KINDS.REVOKE), (LATER, KINDS.GRANT)) == Line(cycle_from=LATER)


def test_what_is_to_come_is_not_yet() -> None:
    assert follow([Determination(ON, KINDS.GRANT)], ON).cycle_from == ON
    assert follow([Determination(date(2026, 10, 2), KINDS.GRANT)], ON) == Line()


def test_lifting_names_a_condition_or_lifts_them_all() -> None:
    two = [
        Determination(DAY, KINDS.RESTRICT, "no driving"),
        Determination(DAY, KINDS.RESTRICT, "no firearms"),
    ]
    one_lifted = follow([*two, Determination(LATER, KINDS.LIFT_RESTRICTION, "no driving")], ON)
    assert list(one_lifted.conditions) == ["no firearms"]
    assert not follow([*two, Determination(LATER, KINDS.LIFT_RESTRICTION)], ON).conditions
    assert list(follow([*two, Determination(LATER, KINDS.LIFT_RESTRICTION, "no dogs")], ON).conditions) == [
        "no driving",
        "no firearms",
    ]
    assert not follow([Determination(DAY, KINDS.RESTRICT)], ON).conditions
