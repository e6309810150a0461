"""When was a person away, as at a day and as known at an instant?"""

from datetime import date, timedelta

import pytest

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import fetch
from foundation.problems import ConflictError, NotFoundError
from people.absences import actions
from people.absences.facts import absences_of, absences_on
from people.posts.rules import AbsenceKind, Period
from tests import builders

pytestmark = pytest.mark.anyio
DESK = Actor.system("test")
FIRST, LAST = date(2024, 2, 1), date(2024, 2, 29)
DAY = timedelta(days=1)
SICK = AbsenceKind.LONG_TERM_SICKNESS


async def test_an_absence_covers_its_first_and_its_last_day(database: str) -> None:
    ada, noise = await builders.person(), await builders.person("Noise")
    away = await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(FIRST, LAST))
    await builders.absence(noise, FIRST)
    found = [(await absences_on([ada], day)).get(ada) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)]
    assert found == [None, away, away, None]


@pytest.mark.parametrize(("first", "last"), [(LAST, None), (FIRST - DAY, FIRST), (FIRST + DAY, LAST - DAY)])
async def test_absences_share_no_day_whatever_their_kinds(
    database: str, first: date, last: date | None
) -> None:
    ada = await builders.person()
    await builders.absence(ada, FIRST, LAST, kind="parental")
    with pytest.raises(ConflictError):
        await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(first, last))
    await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(LAST + DAY))


async def test_an_open_absence_ends_and_what_was_known_before_can_be_asked(database: str) -> None:
    ada = await builders.person()
    open_ended = await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(FIRST))
    before = now()
    await actions.end(actor=DESK, absence_id=open_ended.id, last_day=LAST, reason="back")
    assert (await absences_on([ada], LAST + DAY, known=before)) == {ada: open_ended}
    assert [one.period for one in await absences_of(ada)] == [Period(FIRST, LAST)]
    assert await absences_of(ada, known=before) == (open_ended,)
    assert await absences_of(ada, known=now()) == await absences_of(ada)
    assert await absences_on([ada], LAST + DAY, known=now()) == {}


async def test_an_absence_that_never_was_is_withdrawn_and_still_on_record(database: str) -> None:
    ada = await builders.person()
    wrong = await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(FIRST))
    await actions.annul(actor=DESK, absence_id=wrong.id, reason="another Ada")
    assert await absences_of(ada) == ()
    [kept] = await fetch("SELECT superseded_reason FROM people.absence")
    assert kept["superseded_reason"] == "another Ada"
    with pytest.raises(NotFoundError):
        await actions.end(actor=DESK, absence_id=999, last_day=LAST, reason="no such")


async def test_whoever_goes_away_or_comes_back_is_noted_for_a_new_decision(database: str) -> None:
    ada = await builders.person()
    away = await actions.start(actor=DESK, person_id=ada, kind=SICK, period=Period(FIRST))
    noted = "SELECT FROM people.change WHERE person_id = $1"
    assert len(await fetch(noted, ada)) == 1
    await actions.end(actor=DESK, absence_id=away.id, last_day=LAST, reason="back")
    assert len(await fetch(noted, ada)) > 1
