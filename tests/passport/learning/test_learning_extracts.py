"""Does a learning system's extract become evidence, once, and does what was corrected by hand stay corrected?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from attested.importing import commit
from foundation.audit import Actor
from foundation.database import execute
from foundation.intake.errors import OvertakenError
from foundation.intake.verdicts import Verdict
from passport.learning.actions import record, supersede, withdraw
from passport.learning.facts import Evidence, evidence_of
from passport.learning.writing import Correction, NewEvidence
from tests import builders
from tests.intake.handing import (
    LEARNING_HEADER,
    ON,
    counts,
    enter_requirements,
    imported,
    kept,
    staged,
    written,
)

pytestmark = pytest.mark.anyio

PPST = "4000001,PPST-A,Safety,04/03/2026,Complete,,03/03/2027,,6:30"
HR_DESK = Actor.system("desk")


@pytest.fixture
async def ada(database: str) -> int:
    await enter_requirements()
    person_id = await builders.person()
    await builders.identifier(person_id, "4000001", scheme="payroll")
    return person_id


def learned(folder: Path, *rows: str) -> Path:
    return written(folder, *rows, header=LEARNING_HEADER, name="learning.csv")


async def reasons(path: Path) -> list[tuple[str, str]]:
    found = await staged("learning", path)
    return [(verdict.value, line.reason or "") for verdict in Verdict for line in await kept(found, verdict)]


async def the_only(person_id: int) -> Evidence:
    (found,) = await evidence_of(person_id)
    return found


async def test_a_completion_becomes_verified_evidence_with_its_source(ada: int, tmp_path: Path) -> None:
    found = await imported("learning", learned(tmp_path, PPST))
    one = await the_only(ada)
    assert (one.code, one.completed_on, one.hours, one.is_verified) == (
        "PPST",
        date(2026, 3, 4),
        Decimal("6.50"),
        True,
    )
    assert (one.source, one.reference) == ("Avon and Somerset learning system", "PPST-A")
    assert one.intake_id == found.intake_id


async def test_other_hours_are_a_correction_that_keeps_what_it_corrects(ada: int, tmp_path: Path) -> None:
    await imported("learning", learned(tmp_path, PPST))
    found = await imported("learning", learned(tmp_path, PPST.replace("6:30", "12")))
    assert counts(found) == {"changed": 1}
    one = await the_only(ada)
    assert (one.hours, [old.hours for old in one.corrects]) == (Decimal(12), [Decimal("6.50")])
    assert one.corrects[0].superseded_reason == f"corrected by intake {found.intake_id}"


async def test_blank_hours_do_not_take_away_known_ones(ada: int, tmp_path: Path) -> None:
    await imported("learning", learned(tmp_path, PPST))
    assert counts(await imported("learning", learned(tmp_path, PPST.replace("6:30", "")))) == {"unchanged": 1}
    assert (await the_only(ada)).hours == Decimal("6.50")


async def test_one_completion_twice_is_a_duplicate_and_with_other_hours_a_question(
    ada: int, tmp_path: Path
) -> None:
    assert await reasons(learned(tmp_path, PPST, PPST)) == [("new", ""), ("duplicate", "The same as line 2")]
    refresher = "4000001,CED-R,Taser,04/03/2026,Passed,,,,6"
    both = learned(tmp_path, refresher, refresher.replace("CED-R", "ced-i ").replace(",6", ",18"))
    question = "Lines from 2 give this completion different hours: which holds?"
    assert await reasons(both) == [("suspicious", question), ("suspicious", question)]


async def test_a_suspicious_line_goes_back_with_its_cells(ada: int, tmp_path: Path) -> None:
    await imported("learning", learned(tmp_path, PPST))
    await withdraw((await the_only(ada)).id, reason="another Okafor", actor=HR_DESK, on=ON)
    found = await staged("learning", learned(tmp_path, PPST))
    (line,) = await kept(found, Verdict.SUSPICIOUS)
    assert line.cells == tuple(PPST.split(","))
    assert line.reason == "This was corrected or withdrawn here: has the learning system been put right?"


async def test_a_correction_by_hand_is_not_undone_by_the_next_extract(ada: int, tmp_path: Path) -> None:
    await imported("learning", learned(tmp_path, PPST))
    one = await the_only(ada)
    moved = await supersede(
        one.id, Correction(completed_on=date(2026, 4, 3)), reason="day", actor=HR_DESK, on=ON
    )
    assert counts(await imported("learning", learned(tmp_path, PPST))) == {"suspicious": 1}
    await supersede(moved, Correction(hours=Decimal(12)), reason="hours", actor=HR_DESK, on=ON)
    april = PPST.replace("04/03/2026", "03/04/2026")
    assert await reasons(learned(tmp_path, april)) == [
        ("suspicious", "Its hours were corrected here to 12.00: which holds?")
    ]


async def test_what_was_recorded_by_hand_since_staging_is_not_recorded_again(
    ada: int, tmp_path: Path
) -> None:
    found = await staged("learning", learned(tmp_path, PPST))
    await builders.evidence(ada, "PPST", date(2026, 3, 4))
    with pytest.raises(OvertakenError):
        await commit(found.intake_id, actor=HR_DESK)
    assert (await the_only(ada)).source == "test"


async def test_what_was_corrected_by_hand_since_staging_is_not_corrected_again(
    ada: int, tmp_path: Path
) -> None:
    await imported("learning", learned(tmp_path, PPST))
    found = await staged("learning", learned(tmp_path, PPST.replace("6:30", "12")))
    await supersede(
        (await the_only(ada)).id, Correction(hours=Decimal(7)), reason="misheard", actor=HR_DESK, on=ON
    )
    with pytest.raises(OvertakenError):
        await commit(found.intake_id, actor=HR_DESK)
    assert (await the_only(ada)).hours == Decimal(7)


async def test_the_extract_confirms_what_the_person_recorded_themselves(ada: int, tmp_path: Path) -> None:
    own = NewEvidence(ada, "PPST", date(2026, 3, 4), "own record", Decimal(6))
    await record(own, actor=Actor(ada, "Ada Okafor"), on=ON)
    assert counts(await imported("learning", learned(tmp_path, PPST.replace("6:30", "")))) == {"changed": 1}
    one = await the_only(ada)
    assert (one.is_verified, one.hours, len(one.corrects)) == (True, Decimal(6), 1)


@pytest.mark.parametrize(
    ("row", "verdict", "reason"),
    [
        (PPST.replace("Complete", " completed "), "new", ""),
        (PPST.replace("PPST-A", "ppst-a "), "new", ""),
        (PPST.replace("Complete", "Failed"), "ignored", "“Failed” is not a completion"),
        ("9999999,NONSENSE,,,In progress,,,,", "ignored", "“In progress” is not a completion"),
        (PPST.replace("PPST-A", "CAKE"), "ignored", "CAKE: not learning that policy asks for"),
        (PPST.replace("Complete", "Attended"), "suspicious", "The mapping knows no status “Attended”: is it a completion?"),
        (PPST.replace("PPST-A", "PPST-B"), "suspicious", "The mapping knows no course “PPST-B”: is it PPST-A?"),
        (PPST.replace("4000001", "4000002"), "suspicious", "Nobody with payroll number 4000002 is recorded: who is it?"),
        (PPST.replace("4000001", "x4000001"), "suspicious", "“x4000001”: “x” marks an account that was closed, and that number is known: is it theirs?"),
        (PPST.replace("4000001", ""), "rejected", "It has no payroll number"),
        (PPST.replace("4000001", "A1"), "rejected", "“A1” is not a payroll number of this force"),
        (PPST.replace("04/03/2026", ""), "rejected", "It has no day of completion"),
        (PPST.replace("04/03/2026", "14/13/2025"), "rejected", "Completed “14/13/2025” is no day of the calendar"),
        (PPST.replace("04/03/2026", "23/11/2026"), "suspicious", "Completed “23/11/2026”, after the day of this extract: when was it completed?"),
        (PPST.replace("04/03/2026", "22/11/2026"), "new", ""),
        (PPST.replace("04/03/2026", "01/01/1900"), "suspicious", "Completed “01/01/1900”: is that the day?"),
        (PPST.replace("6:30", "6:75"), "rejected", "“6:75” is no number of hours"),
        (PPST + ",more", "rejected", "It has 10 cells where the header has 9"),
        (PPST.replace("Safety", "S" * 2049), "rejected", "A cell is longer than 2,048 letters"),
        (",,,,,,,,", "ignored", "Nothing stands on this line"),
    ],
)  # fmt: skip
async def test_each_line_gets_its_verdict_and_reason(
    ada: int, tmp_path: Path, row: str, verdict: str, reason: str
) -> None:
    assert await reasons(learned(tmp_path, row)) == [(verdict, reason)]


async def test_a_number_that_had_two_holders_is_read_by_the_day(ada: int, tmp_path: Path) -> None:
    await execute("UPDATE people.identifier SET superseded_at = clock_timestamp()")
    ben = await builders.person("Ben", "Before")
    await builders.identifier(
        ben, "4000001", scheme="payroll", since=date(2010, 1, 1), until=date(2018, 12, 31)
    )
    await builders.identifier(ada, "4000001", scheme="payroll", since=date(2019, 1, 7))
    rows = [PPST, PPST.replace("2026,C", "2015,C"), PPST.replace("04/03/2026", "03/01/2019")]
    assert counts(await imported("learning", learned(tmp_path, *rows))) == {"new": 2, "suspicious": 1}
    assert (await the_only(ada)).completed_on.year == 2026
    assert (await the_only(ben)).completed_on.year == 2015


async def test_a_course_that_no_policy_asks_for_is_asked_about(database: str, tmp_path: Path) -> None:
    person_id = await builders.person()
    await builders.identifier(person_id, "4000001", scheme="payroll")
    assert await reasons(learned(tmp_path, PPST)) == [
        ("suspicious", "The mapping takes PPST-A for PPST, which no policy asks for: what is it?")
    ]
