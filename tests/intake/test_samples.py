"""Is every line of the samples accounted for, and does the second time change nothing?"""

import pytest

from foundation.database import fetch_one
from foundation.intake.verdicts import Verdict
from tests.intake.handing import HR, LEARNING, counts, enter_requirements, imported, kept

pytestmark = pytest.mark.anyio

PEOPLE = {"new": 1167, "duplicate": 1, "rejected": 2, "suspicious": 32}
COMPLETIONS = {"new": 21228, "duplicate": 224, "ignored": 1182, "rejected": 88, "suspicious": 989}


def as_repeated(first: dict[str, int]) -> dict[str, int]:
    return {"unchanged" if verdict == "new" else verdict: lines for verdict, lines in first.items()}


async def rows_of(*tables: str) -> list[int]:
    found = []
    for table in tables:
        row = await fetch_one(f"SELECT count(*) AS rows FROM {table}")  # noqa: S608
        assert row is not None
        found.append(row["rows"])
    return found


async def test_every_line_of_the_samples_has_exactly_one_verdict(database: str) -> None:
    await enter_requirements()
    people = await imported("hr", HR)
    assert counts(people) == PEOPLE
    assert sum(people.counts.values()) == people.lines == 1202
    assert people.encoding.startswith("utf-8-sig")
    learning = await imported("learning", LEARNING)
    assert counts(learning) == COMPLETIONS
    assert sum(learning.counts.values()) == learning.lines == 23711
    assert await rows_of("people.person", "people.post", "people.directory") == [1167, 1167, 1167]
    assert await rows_of("passport.evidence") == [21228]
    assert "130 only month first" in learning.warnings[0]


async def test_the_same_files_a_second_time_change_nothing(database: str) -> None:
    await enter_requirements()
    await imported("hr", HR)
    await imported("learning", LEARNING)
    tables = (
        "people.person", "people.identifier", "people.post", "people.line", "people.absence", "people.change",
        "people.unit", "passport.evidence",
    )  # fmt: skip
    before = await rows_of(*tables)
    assert counts(await imported("hr", HR)) == as_repeated(PEOPLE)
    assert counts(await imported("learning", LEARNING)) == as_repeated(COMPLETIONS)
    assert await rows_of(*tables) == before


async def test_each_oddity_of_the_samples_gets_its_reason(database: str) -> None:
    people = await imported("hr", HR)
    found = {line.line: line.reason or "" for verdict in Verdict for line in await kept(people, verdict)}
    assert "31/02/2019" in found[18]
    assert "no payroll number" in found[21]
    assert "HYPERLINK" in found[15]
    assert "4000101 → 4000101" in found[16]
    assert "9999999 is not known" in found[17]
    assert "is it “sergeant”" in found[19]
    assert "01/01/2031" in found[20]
    assert "Lines 33, 1203 say different things" in found[33] == found[1203]
    assert "27 April 2004" in found[97]
    assert found[1202] == "The same as line 32"
    assert found[22].count("→") == 2


async def test_what_the_learning_system_prints_as_expiry_is_left_to_policy(database: str) -> None:
    await enter_requirements()
    await imported("hr", HR)
    learning = await imported("learning", LEARNING)
    assert "Expires" in learning.header
    row = await fetch_one("SELECT max(completed_on)::text AS latest FROM passport.evidence")
    assert row is not None
    assert row["latest"] <= "2026-11-22"
