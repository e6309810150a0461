"""Is a person found by whatever somebody remembers, and a protected one by nobody outside their unit?"""

from dataclasses import replace
from datetime import date

import pytest

from foundation.audit import Actor
from foundation.clock import today
from foundation.jobs.handlers import Work
from people.persons import facts
from people.persons.actions import correct, give_number
from people.persons.directory import find
from people.persons.facts import Number, Scheme
from people.persons.jobs import bring_directory_to_the_day
from people.posts import actions
from people.posts.rules import Kind, Period, Place, Rank
from tests import builders

pytestmark = pytest.mark.anyio
DESK = Actor.system("test")
KENT = "E23000032"


async def found(text: str, *, force_id: int | None = None, from_unit: int | None = None) -> list[int]:
    return [one.person_id for one in await find(text, force_id=force_id, from_unit=from_unit)]


@pytest.mark.parametrize(
    "text",
    ["okafor", "OKAFOR ada", "ada oka", "Adá Okåfor", "smith okaf", "ps10", "PS1000 ada", " okafor, ada. ",
     "ada okafor smith ps1000 e f g h"[:24], "okafro"],
)  # fmt: skip
async def test_a_person_is_found_by_what_is_remembered(database: str, text: str) -> None:
    ada = await builders.officer("Áda Mary", "Okafor-Smith")
    await builders.officer("Ben", "Jones")
    await builders.identifier(ada, "PS1000")
    await builders.listed()
    assert await found(text) == [ada]


@pytest.mark.parametrize("text", ["", " ", "a", "%", "__", "%%%", "'; --", "zzzzzz", "ada jones"])
async def test_what_matches_nobody_finds_nobody(database: str, text: str) -> None:
    await builders.officer("Ada", "Okafor")
    await builders.officer("Ben", "Jones")
    await builders.listed()
    assert await found(text) == []


async def test_an_apostrophe_may_be_left_out_or_typed_as_a_space(database: str) -> None:
    siobhan = await builders.officer("Siobhán", "O’Brien")
    await builders.listed()
    for text in ("obrien", "O'Brien", "o’brien", "siobhan o brien"):
        assert await found(text) == [siobhan]


async def test_a_national_identifier_finds_its_holder_with_or_without_dashes(database: str) -> None:
    ada = await facts.person(await builders.officer())
    await builders.officer("Ben", "Jones")
    await builders.listed()
    assert await found(ada.national_id) == await found(ada.national_id.replace("-", "").lower()) == [ada.id]


async def test_a_protected_person_is_found_within_their_unit_only(database: str) -> None:
    ada = await builders.person("Ada", "Hidden", protected=True)
    await builders.post(ada, unit_name="Covert")
    await builders.listed()
    covert, other = await builders.unit("Covert"), await builders.unit("Response North")
    assert await found("hidden") == await found("hidden", from_unit=other) == await found("hiden") == []
    assert await found("hidden", from_unit=covert) == await found("hiden", from_unit=covert) == [ada]
    seen = await facts.person(ada)
    await correct(actor=DESK, before=seen, after=replace(seen, is_protected=False))
    assert await found("hidden") == [ada]


async def test_every_change_is_found_at_once(database: str) -> None:
    ada = await facts.person(await builders.person("Ada", "Okafor"))
    avon = await builders.force_id()
    assert await found("okafor") == []
    post = await actions.begin(
        actor=DESK, person_id=ada.id, place=Place(avon, None, Kind.OFFICER, Rank.CONSTABLE),
        period=Period(date(2020, 1, 1)),
    )  # fmt: skip
    assert await found("okafor") == [ada.id]
    await give_number(
        actor=DESK, person_id=ada.id, number=Number(avon, Scheme.COLLAR, "PS77"), period=Period(today())
    )
    assert await found("ps77") == [ada.id]
    await correct(actor=DESK, before=ada, after=replace(ada, family_name="Hart"))
    assert (await found("okafor"), await found("hart ps77")) == ([], [ada.id])
    await actions.annul(actor=DESK, post_id=post.id, reason="never joined")
    assert await found("hart") == []


async def test_a_person_stands_where_they_stand_that_day(database: str) -> None:
    ada = await builders.person()
    await builders.post(ada, since=date(2020, 1, 1), until=date(2024, 6, 30))
    await builders.post(ada, force=KENT, since=date(2024, 7, 1), until=date(2024, 12, 31))
    avon, kent = await builders.force_id(), await builders.force_id(KENT)
    for day, force in [
        (date(2019, 1, 1), avon), (date(2024, 6, 30), avon), (date(2024, 7, 1), kent), (date(2026, 1, 1), kent)
    ]:  # fmt: skip
        await builders.listed(day)
        assert await found("okafor", force_id=force) == [ada]
        assert await found("okafor", force_id=avon + kent - force) == []


async def test_a_number_never_finds_another_that_looks_like_it(database: str) -> None:
    ada = await builders.officer()
    await builders.identifier(ada, "4000777", scheme="payroll")
    await builders.listed()
    assert await found("4000777") == [ada]
    assert await found("4000778") == await found("4000777", force_id=await builders.force_id(KENT)) == []


async def test_the_list_is_by_name_and_no_longer_than_asked(database: str) -> None:
    for given in ("Cem", "Ada", "Ben"):
        await builders.officer(given, "Okafor")
    await builders.listed()
    assert [one.name for one in await find("okafor", limit=2)] == ["Ada Okafor", "Ben Okafor"]


async def test_a_post_that_begins_by_time_alone_moves_a_person_on_its_first_morning(database: str) -> None:
    ada = await builders.person("Ada", "Okafor")
    await builders.post(ada, since=date(2020, 1, 1), until=date(2026, 5, 31))
    await builders.post(ada, force=KENT, since=date(2026, 6, 1))
    there = await builders.force_id(KENT)
    await bring_directory_to_the_day(Work(1, "directory.refresh", {"on": "2026-05-31"}))
    assert await found("okafor", force_id=there) == []
    await bring_directory_to_the_day(Work(2, "directory.refresh", {"on": "2026-06-01"}))
    assert await found("okafor", force_id=there) == [ada]
