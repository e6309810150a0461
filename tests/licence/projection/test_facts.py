"""Is everything a decision rests on read in one statement, as it stands now and as it was known?"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.database import execute, transaction
from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    Post,
)
from licence.standing.facts import AS_KNOWN_NOW, facts_of
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis
from tests.builders import (
    absence,
    dispensation,
    evidence,
    force_id,
    grant,
    offer,
    officer,
    person,
    post,
    requirement,
    unit,
)
from tests.licence.projection.ruling import ADDS_UP, in_force, ruling

pytestmark = pytest.mark.anyio

MARCH_3 = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)


async def test_a_person_s_whole_life_comes_back_as_one_record(database: str) -> None:
    ada = await person("Ada", joined_on=date(2019, 1, 7))
    await post(ada, since=date(2019, 1, 7), until=date(2022, 3, 31), profiles=["response", "CED"])
    await post(ada, since=date(2022, 4, 1), kind="staff", rank=None)
    await absence(ada, date(2023, 1, 1), date(2023, 6, 30))
    await grant(ada, date(2020, 1, 1))
    await dispensation(ada, "FIRST-AID", date(2024, 1, 1), date(2024, 2, 1), kind="force failure")
    await evidence(ada, "FIRST-AID", date(2021, 5, 1))
    await evidence(ada, "FIRST-AID", date(2022, 5, 1))
    await evidence(ada, "PPST", date(2022, 6, 1))
    await evidence(ada, "PPST", date(2023, 6, 1), verified=False)
    facts = (await facts_of([ada]))[ada]
    first_aid, ppst = await requirement("FIRST-AID"), await requirement("PPST")
    avon, response = await force_id(), await unit()
    assert facts.joined_on == date(2019, 1, 7)
    assert set(facts.posts) == {
        Post(
            Period(date(2019, 1, 7), date(2022, 3, 31)),
            Kind.OFFICER,
            Rank.CONSTABLE,
            RankBasis.SUBSTANTIVE,
            frozenset({"response", "CED"}),
            avon,
            response,
            "Response North",
        ),
        Post(
            Period(date(2022, 4, 1)),
            Kind.STAFF,
            None,
            RankBasis.SUBSTANTIVE,
            frozenset(),
            avon,
            response,
            "Response North",
        ),
    }
    assert facts.absences == (Absence(Period(date(2023, 1, 1), date(2023, 6, 30)), AbsenceKind.PARENTAL),)
    assert facts.determinations == (Determination(date(2020, 1, 1), DeterminationKind.GRANT),)
    assert facts.dispensations == (
        Dispensation(first_aid, DispensationKind.FORCE_FAILURE, Period(date(2024, 1, 1), date(2024, 2, 1))),
    )
    assert list(facts.completions.days_of(first_aid)) == [date(2022, 5, 1), date(2021, 5, 1)]
    assert list(facts.completions.days_of(ppst)) == [date(2022, 6, 1)]
    assert list(facts.awaiting.days_of(ppst)) == [date(2023, 6, 1)]


async def test_a_force_s_offers_meet_its_duty_beside_what_evidence_says_of_it(database: str) -> None:
    ada = await officer()
    await evidence(ada, "A-FIRST", date(2024, 1, 1))
    check = await requirement("CHECK")
    await evidence(ada, "CHECK", date(2024, 2, 1))
    await evidence(ada, "Z-LAST", date(2024, 3, 1))
    await offer(ada, date(2025, 2, 1))
    await offer(ada, date(2023, 2, 1))
    met = (await facts_of([ada], offers_meet=[check]))[ada].completions
    assert list(met.days_of(check)) == [date(2025, 2, 1), date(2024, 2, 1), date(2023, 2, 1)]
    assert met.newest()[check] == date(2025, 2, 1)
    beth = await officer("Beth")
    await offer(beth, date(2025, 2, 1))
    assert list((await facts_of([beth], offers_meet=[check]))[beth].completions.days_of(check)) == [
        date(2025, 2, 1)
    ]
    assert not (await facts_of([beth]))[beth].completions.days


async def test_the_facts_are_those_known_at_the_instant(database: str) -> None:
    ada = await officer()
    ppst = await requirement("PPST")
    late = await evidence(ada, "PPST", date(2026, 3, 1), recorded_at=MARCH_3 + timedelta(hours=1))
    early = await evidence(ada, "PPST", date(2026, 2, 1), recorded_at=MARCH_3 - timedelta(days=9))
    await execute(
        "UPDATE passport.evidence SET superseded_at = $2, superseded_reason = 'wrong person' WHERE id = $1",
        early,
        MARCH_3 + timedelta(hours=2),
    )
    assert late

    async def days(known: datetime | None) -> list[date]:
        return list((await facts_of([ada], known=known))[ada].completions.days_of(ppst))

    assert await days(MARCH_3 - timedelta(days=10)) == []
    assert await days(MARCH_3) == [date(2026, 2, 1)]
    assert await days(MARCH_3 + timedelta(hours=1)) == [date(2026, 3, 1), date(2026, 2, 1)]
    assert await days(MARCH_3 + timedelta(hours=2)) == [date(2026, 3, 1)]
    assert await days(None) == [date(2026, 3, 1)]


async def test_hours_are_read_of_what_adds_them_up_and_of_nothing_else(database: str) -> None:
    ada = await officer()
    pip, ppst = await requirement("PIP-CPD"), await requirement("PPST")
    await execute("INSERT INTO passport.requirement_in_hours (requirement_id) VALUES ($1)", pip)
    await evidence(ada, "PPST", date(2026, 2, 1), hours=12)
    await evidence(ada, "PIP-CPD", date(2026, 1, 1), hours=4)
    early = await evidence(
        ada, "PIP-CPD", date(2026, 2, 1), hours=7.25, recorded_at=MARCH_3 - timedelta(days=1)
    )
    await evidence(ada, "PIP-CPD", date(2026, 3, 1))
    await evidence(ada, "PIP-CPD", date(2026, 4, 1), hours=3, verified=False)
    await execute(
        "UPDATE passport.evidence SET superseded_at = $2, superseded_reason = 'never there' WHERE id = $1",
        early,
        MARCH_3 + timedelta(hours=1),
    )
    facts = (await facts_of([ada]))[ada]
    assert list(facts.hours.of_requirement(pip)) == [(date(2026, 1, 1), 400)]
    assert list(facts.hours_awaiting.of_requirement(pip)) == [(date(2026, 4, 1), 300)]
    assert list(facts.completions.days_of(pip)) == [date(2026, 3, 1), date(2026, 1, 1)]
    assert not list(facts.hours.of_requirement(ppst))
    then = (await facts_of([ada], known=MARCH_3))[ada]
    assert list(then.hours.of_requirement(pip)) == [(date(2026, 2, 1), 725)]


async def test_hours_come_as_soon_as_a_version_of_policy_adds_them_up(database: str) -> None:
    ada = await officer()
    await in_force(ruling())
    await evidence(ada, "PIP-HOURS", date(2026, 1, 1), hours=4)
    assert not (await facts_of([ada]))[ada].hours.rows
    await in_force(ruling(2) + ADDS_UP, since=date(2021, 1, 1))
    alone, beth = (await facts_of([ada]))[ada], await officer("Beth")
    assert list(alone.hours.of_requirement(await requirement("PIP-HOURS"))) == [(date(2026, 1, 1), 400)]
    assert (await facts_of([ada, beth]))[ada] == alone


async def test_evidence_is_read_from_the_index_alone(database: str) -> None:
    """The accident: a column added to the statement, and the nation takes minutes."""
    beth, ada = await officer("Beth"), await officer()
    for number in (beth, ada):
        for year in range(2015, 2025):
            await evidence(number, "PPST", date(year, 1, 1))
    await execute("VACUUM ANALYZE passport.evidence")
    async with transaction() as lent:
        await lent.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        plan = "\n".join(
            row[0] for row in await lent.fetch("EXPLAIN " + AS_KNOWN_NOW.replace("$1", f"'{{{ada}}}'"))
        )
    assert "Index Only Scan using evidence_current" in plan
    assert "Index Only Scan using evidence_awaiting" in plan


async def test_a_generic_plan_takes_any_number_of_people_for_ten(database: str) -> None:
    """Traps P17: why many people are asked about without joins row by row. When this fails, that may go."""
    for number in range(40):
        await person(f"P{number}")
    await execute("VACUUM ANALYZE people.person")
    async with transaction() as lent:
        await lent.execute("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off")
        await lent.execute("PREPARE asked (int[]) AS SELECT id FROM people.person WHERE id = ANY ($1)")
        everybody = ",".join(str(number) for number in range(1, 41))
        plan = await lent.fetchval(f"EXPLAIN EXECUTE asked ('{{{everybody}}}')")
    assert int(re.search(r"rows=(\d+)", plan)[1]) <= 10, plan  # type: ignore[index]


async def test_many_are_read_in_one_statement_like_one(database: str) -> None:
    people = [await person(f"P{number}") for number in range(60)]
    for number in people:
        await evidence(number, "PPST", date(2025, 1, 1) + timedelta(days=number % 50))
    together = await facts_of(people)
    assert len(together) == len(people)
    assert together == {number: (await facts_of([number]))[number] for number in people}


async def test_nobody_is_nobody(database: str) -> None:
    assert await facts_of([]) == {}
    assert await facts_of([999_999]) == {}
