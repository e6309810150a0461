"""Do the builders that every wing's tests stand on make what they say?"""

from datetime import date

import pytest

from foundation.database import fetch
from tests import builders

pytestmark = pytest.mark.anyio


async def test_the_builders_make_an_officer_with_everything_a_licence_rests_on(database: str) -> None:
    supervisor, ada = await builders.officer("Sunil", rank="sergeant"), await builders.officer()
    await builders.line(ada, supervisor)
    await builders.line(ada, supervisor, since=date(2026, 1, 1), until=date(2026, 1, 9), cover=True)
    await builders.absence(ada, date(2025, 1, 1), date(2025, 3, 1))
    await builders.identifier(ada, "PS1000")
    await builders.evidence(ada, "PPST", date(2026, 1, 5), hours=7.5)
    await builders.dispensation(ada, "PPST", date(2026, 1, 5))
    await builders.offer(ada, date(2026, 1, 5))
    await builders.grant(ada, date(2026, 1, 5))
    [licensed] = await fetch("""
        SELECT given_names, force.code, unit.name, hours FROM licence.determination
          JOIN people.person ON person.id = determination.person_id JOIN people.post USING (person_id)
          JOIN people.force ON force.id = force_id JOIN people.unit ON unit.id = unit_id
          JOIN passport.evidence USING (person_id)""")
    assert tuple(licensed) == ("Ada", builders.AVON, "Response North", 7.5)


async def test_a_force_that_is_not_there_is_said_to_be_missing(database: str) -> None:
    with pytest.raises(AssertionError, match="one of the 43"):
        await builders.post(await builders.person(), force="E99999999")


async def test_names_are_folded_to_what_people_type(database: str) -> None:
    [folded] = await fetch("SELECT people.folded(' Zoë  O’Brien-Łukasz, D''Arcy ÅSE. ') AS text")
    assert folded["text"] == " zoe obrien lukasz darcy ase"
