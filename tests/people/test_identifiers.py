"""Does a national identifier catch slips of the hand, and is none given twice?"""

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.audit import Actor
from foundation.database import fetch, transaction
from people.persons import actions
from people.persons.rules import LETTERS, check_character, national_id, read_national_id
from tests import builders, owner

DESK = Actor.system("test")
issued = st.integers(0, 2**40 - 1).map(national_id).filter(lambda drawn: drawn is not None).map(str)


def test_the_check_character_is_that_of_the_standard() -> None:
    # Worked through by hand after ISO/IEC 7064, clause 7.2: ((1·2 + 0)·2 + ...) and the complement to 1 modulo 37.
    assert [check_character(body) for body in ("0", "1", "Z", "12")] == ["1", "*", "5", "U"]


@given(issued)
def test_what_is_issued_can_be_read(drawn: str) -> None:
    assert read_national_id(drawn) == drawn


@given(issued, st.integers(0, 8), st.sampled_from(LETTERS))
def test_every_single_wrong_character_is_detected(drawn: str, place: int, wrong: str) -> None:
    signs = drawn.replace("-", "")
    slipped = signs[:place] + wrong + signs[place + 1 :]
    assert (read_national_id(slipped) is None) == (slipped != signs)


@given(issued, st.integers(0, 7))
def test_every_exchange_of_neighbours_is_detected(drawn: str, place: int) -> None:
    signs = drawn.replace("-", "")
    slipped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert (read_national_id(slipped) is None) == (slipped != signs)


@given(issued)
def test_an_identifier_may_be_typed_as_people_type(drawn: str) -> None:
    typed = drawn.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_national_id(typed) == drawn


@given(st.text(max_size=14))
def test_any_text_at_all_may_be_asked_about(text: str) -> None:
    read = read_national_id(text)
    assert read is None or read_national_id(read) == read


@given(st.integers(0, 2**40 - 1), st.integers(0, 2**40 - 1))
def test_two_numbers_never_make_one_identifier(one: int, other: int) -> None:
    assert one == other or national_id(one) is None or national_id(one) != national_id(other)


def test_neighbours_look_nothing_alike() -> None:
    drawn = [identifier for number in range(50_000, 50_200) if (identifier := national_id(number))]
    assert drawn != sorted(drawn)
    assert len({identifier[:2] for identifier in drawn}) > 50


@pytest.mark.anyio
async def test_everyone_who_joins_has_an_identifier_of_their_own(database: str) -> None:
    people = [await actions.create(actor=DESK, person=actions.NewPerson("Ada", "Okafor")) for _ in range(9)]
    assert len({person.national_id for person in people}) == 9
    assert all(read_national_id(person.national_id) == person.national_id for person in people)
    events = await fetch("SELECT event, subject_id FROM foundation.audit_event ORDER BY id")
    assert [tuple(event) for event in events] == [("person entered", person.id) for person in people]


@pytest.mark.anyio
async def test_a_number_drawn_and_not_used_is_never_drawn_again(database: str) -> None:
    drawn: list[str] = []

    async def draw_and_fail() -> None:
        async with transaction() as connection:
            drawn.append(await actions.draw_national_id(connection))
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await draw_and_fail()
    assert len(set(drawn)) == 3


@pytest.mark.anyio
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE people.person SET national_id = 'AAAA-BBBB-C'",
        "DELETE FROM people.person",
        "TRUNCATE people.person CASCADE",
    ],
)
async def test_an_identifier_is_never_changed_nor_freed(database: str, tampering: str) -> None:
    await builders.person()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.execute(tampering)
