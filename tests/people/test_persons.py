"""Is a person's record corrected openly, and are their forces' numbers theirs alone while they have them?"""

from dataclasses import replace
from datetime import date

import pytest

from foundation.audit import Actor
from foundation.database import fetch
from foundation.problems import ConflictError, InvalidError, NotFoundError
from people.persons import actions, facts
from people.persons.facts import Number, Scheme
from people.posts.rules import Period
from tests import builders

pytestmark = pytest.mark.anyio
DESK = Actor.system("test")
SINCE = date(2020, 1, 1)


async def collar(value: str, force: str = builders.AVON) -> Number:
    return Number(await builders.force_id(force), Scheme.COLLAR, value)


async def test_a_name_is_corrected_and_the_audit_says_so_without_the_name(database: str) -> None:
    before = await facts.person(await builders.person("Ada", "Okafor"))
    after = await actions.correct(
        actor=DESK, before=before, after=replace(before, family_name="Hart", id=0, national_id="")
    )
    assert await facts.person(before.id) == after == replace(before, family_name="Hart")
    [event] = await fetch("SELECT event, subject_id, detail FROM foundation.audit_event")
    assert tuple(event) == ("person corrected", before.id, '{"changed": ["family_name"]}')


async def test_the_second_of_two_corrections_made_from_one_page_is_refused(database: str) -> None:
    seen = await facts.person(await builders.person("Ada", "Okafor"))
    await actions.correct(actor=DESK, before=seen, after=replace(seen, known_as="Addie"))
    with pytest.raises(actions.ChangedMeanwhileError):
        await actions.correct(actor=DESK, before=seen, after=replace(seen, family_name="Hart"))
    assert (await facts.person(seen.id)).name == "Addie Okafor"
    assert len(await fetch("SELECT FROM foundation.audit_event")) == 1


async def test_nobody_is_left_without_a_name(database: str) -> None:
    seen = await facts.person(await builders.person())
    with pytest.raises(InvalidError):
        await actions.correct(actor=DESK, before=seen, after=replace(seen, family_name=""))


async def test_a_new_joining_day_has_the_licence_decided_again_and_a_new_name_has_not(database: str) -> None:
    seen = await facts.person(await builders.person())
    named = await actions.correct(actor=DESK, before=seen, after=replace(seen, family_name="Hart"))
    assert await fetch("SELECT FROM people.change") == []
    await actions.correct(actor=DESK, before=named, after=replace(named, joined_on=SINCE))
    assert [row["person_id"] for row in await fetch("SELECT person_id FROM people.change")] == [seen.id]


async def test_a_person_is_found_by_identifier_however_typed(database: str) -> None:
    seen = await facts.person(await builders.person())
    await builders.person("Noise")
    typed = f" {seen.national_id.lower().replace('-', ' ')} "
    assert await facts.person_with_national_id(typed) == seen
    for wrong in ("", "nonsense", seen.national_id[:-1] + "?"):
        with pytest.raises(NotFoundError):
            await facts.person_with_national_id(wrong)


async def test_one_number_is_one_persons_at_a_time(database: str) -> None:
    ada, ben, number = await builders.person(), await builders.person("Ben"), await collar("PS1000")
    first = await actions.give_number(
        actor=DESK, person_id=ada, number=number, period=Period(SINCE, date(2021, 1, 31))
    )
    for overlap in (Period(date(2021, 1, 31)), Period(date(2019, 1, 1), SINCE)):
        with pytest.raises(ConflictError):
            await actions.give_number(actor=DESK, person_id=ben, number=number, period=overlap)
    await actions.give_number(actor=DESK, person_id=ben, number=number, period=Period(date(2021, 2, 1)))
    days = [date(2019, 12, 31), SINCE, date(2021, 1, 31), date(2021, 2, 1)]
    assert [await facts.person_with_number(number, day) for day in days] == [None, ada, ada, ben]
    assert (await facts.numbers_on(ada, SINCE)) == (first,)


async def test_the_same_number_in_another_force_or_scheme_is_another_number(database: str) -> None:
    ada, ben, cem = [await builders.person(given) for given in ("Ada", "Ben", "Cem")]
    number = await collar("1000")
    others = (await collar("1000", "E23000015"), replace(number, scheme=Scheme.PAYROLL))
    for person_id, its in zip((ada, ben, cem), (number, *others), strict=True):
        await actions.give_number(actor=DESK, person_id=person_id, number=its, period=Period(SINCE))
    found = [await facts.person_with_number(its, SINCE) for its in (number, *others)]
    assert found == [ada, ben, cem]


async def test_a_number_that_ended_may_be_given_again(database: str) -> None:
    ada, ben, number = await builders.person(), await builders.person("Ben"), await collar("PS1000")
    held = await actions.give_number(actor=DESK, person_id=ada, number=number, period=Period(SINCE))
    await actions.end_number(actor=DESK, identifier_id=held.id, last_day=date(2021, 1, 31), reason="left")
    await actions.give_number(actor=DESK, person_id=ben, number=number, period=Period(date(2021, 2, 1)))
    assert await facts.person_with_number(number, date(2021, 1, 31)) == ada
    with pytest.raises(ConflictError):
        await actions.end_number(actor=DESK, identifier_id=held.id, last_day=date(2021, 3, 1), reason="again")
