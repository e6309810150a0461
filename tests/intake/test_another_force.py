"""Is another force's mapping enough, without a line of code?"""

from datetime import date
from pathlib import Path

import pytest

from attested.importing import Asked, commit, stage
from foundation.database import fetch
from foundation.intake.facts import Report
from foundation.intake.verdicts import Verdict
from tests.builders import requirement
from tests.intake.handing import CLERK, ON, counts, kept

pytestmark = pytest.mark.anyio

MAPPINGS = Path(__file__).parent / "another_force"
PEOPLE = """Staff list as of 11/20/2026
Employee Reference;Shoulder;Full Name;Work Email;Category;Grade;Team;Reports To;Service Start;Contract %;Away
E-00001;BCH 77;O’Neill, Siân;sian@beds.test;Warranted;A/PS;ARV;E-00002;03/04/2019;100%;
E-00002;BCH 78;Łukasz, Zoë;;Warranted;Sergeant;Roster "B"; ;12/31/2009;80;Mat Leave
E-00003;;Lee, Cy;;Civilian;Analyst;Crime; E-00002;13/01/2020;100;
"""
LEARNING = "Learner\tModule\tFinished\tDuration (min)\r\n" + "".join(
    f"E-00001\tofficer safety 2\t{month:02}/{day:02}/2025\t390\r\n"
    for month in (1, 2)
    for day in range(13, 25)
)


async def imported(kind: str, path: Path) -> Report:
    found = await stage(Asked(kind, path, "bedfordshire", ON, mappings=MAPPINGS), actor=CLERK)
    return await commit(found.intake_id, actor=CLERK)


async def test_a_force_with_other_habits_needs_a_mapping_and_no_code(database: str, tmp_path: Path) -> None:
    await requirement("PPST")
    people, learning = tmp_path / "people.csv", tmp_path / "learning.txt"
    people.write_bytes(PEOPLE.encode("utf-16"))
    learning.write_bytes((LEARNING + "E-00001\tTASER REQUAL\t03/04/2025\t\r\n").encode())
    found = await imported("hr", people)
    assert counts(found) == {"new": 2, "suspicious": 1}
    assert found.encoding.startswith("utf-16")
    posts = await fetch(
        """SELECT family_name, given_names, email, rank, rank_basis, profiles, fte::float8 AS fte, valid_from
             FROM people.post JOIN people.person ON person.id = person_id ORDER BY person_id"""
    )
    assert [tuple(row) for row in posts] == [
        ("O’Neill", "Siân", "sian@beds.test", "sergeant", "acting", ["firearms"], 1.0, date(2019, 3, 4)),
        ("Łukasz", "Zoë", None, "sergeant", "substantive", [], 0.8, date(2009, 12, 31)),
    ]
    (asked,) = await kept(found, Verdict.SUSPICIOUS)
    assert "day first it is 13 January 2020" in (asked.reason or "")
    learned = await imported("learning", learning)
    # Every date can only be month first, so the file itself settles 03/04; no policy here asks for CED yet.
    assert counts(learned) == {"new": 24, "suspicious": 1}
    hours = await fetch("SELECT DISTINCT hours::float8 AS hours, source FROM passport.evidence")
    assert [tuple(row) for row in hours] == [(6.5, "Bedfordshire academy")]


async def test_a_file_that_writes_dates_both_ways_is_asked_about_the_doubtful_ones(
    database: str, tmp_path: Path
) -> None:
    await requirement("PPST")
    people, learning = tmp_path / "people.csv", tmp_path / "learning.txt"
    people.write_bytes(PEOPLE.encode("utf-16"))
    both = "E-00001\tOfficer Safety 2\t25/03/2025\t390\r\nE-00001\tOfficer Safety 2\t03/04/2025\t390\r\n"
    learning.write_bytes((LEARNING + both).encode())
    await imported("hr", people)
    found = await stage(Asked("learning", learning, "bedfordshire", ON, mappings=MAPPINGS), actor=CLERK)
    reasons = [line.reason or "" for line in await kept(found, Verdict.SUSPICIOUS)]
    assert any("is it 3 April 2025 or 4 March 2025?" in reason for reason in reasons)
