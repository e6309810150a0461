"""Does a force's extract become the people, posts, lines and absences that it speaks of, and nothing else?"""

from datetime import date
from pathlib import Path

import pytest
from asyncpg import Record

from foundation.database import fetch, fetch_one, transaction
from foundation.intake.verdicts import Verdict
from people.persons.actions import draw_national_id
from people.persons.rules import read_national_id
from tests import builders
from tests.intake.handing import HR_HEADER, counts, imported, kept, staged, written

pytestmark = pytest.mark.anyio

FIRST, THEN = date(2026, 3, 2), date(2026, 6, 1)
ADA = "4000001,PC1001,Okafor,Ada,Officer,Constable,Custody,4000002,07/01/2019,"
BEN = "4000002,PS1002,Reed,Ben,Officer,Sergeant,Custody,,04/05/2009,"


async def records(table: str, columns: str, *, standing: bool = True) -> list[tuple[object, ...]]:
    where = "superseded_at IS NULL" if standing else "true"
    rows = await fetch(  # the columns and tables are our own
        f"SELECT {columns}, valid_from, valid_until FROM people.{table} WHERE {where} ORDER BY id"  # noqa: S608
    )
    return [tuple(row) for row in rows]


async def person(family: str) -> Record:
    row = await fetch_one("SELECT * FROM people.person WHERE family_name = $1", family)
    assert row is not None
    return row


async def test_someone_first_seen_is_entered_from_their_first_day(database: str, tmp_path: Path) -> None:
    found = await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    assert counts(found) == {"new": 2}
    ada, ben = await person("Okafor"), await person("Reed")
    assert read_national_id(ada["national_id"]) == ada["national_id"]
    assert ada["joined_on"] == date(2019, 1, 7)
    assert await records("post", "kind, rank, profiles") == [
        ("officer", "constable", ["custody"], date(2019, 1, 7), None),
        ("officer", "sergeant", ["custody"], date(2009, 5, 4), None),
    ]
    assert await records("line", "person_id, supervisor_id") == [(ada["id"], ben["id"], FIRST, None)]
    numbers = {(scheme, value) for scheme, value, *_ in await records("identifier", "scheme, value")}
    assert numbers == {("payroll", "4000001"), ("payroll", "4000002"), ("collar", "1001"), ("collar", "1002")}


async def test_people_of_an_extract_and_people_entered_by_hand_share_no_identifier(
    database: str, tmp_path: Path
) -> None:
    async def by_hand() -> None:
        async with transaction() as connection:
            for _ in range(3):
                drawn = await draw_national_id(connection)
                await connection.execute(
                    "INSERT INTO people.person (national_id, given_names, family_name) VALUES ($1, 'By', 'Hand')",
                    drawn,
                )

    await by_hand()
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    await by_hand()
    assert len(await fetch("SELECT DISTINCT national_id FROM people.person")) == 8


async def test_a_promotion_and_a_move_begin_with_the_extract(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    found = await imported(
        "hr", written(tmp_path, ADA.replace("Constable,Custody", "Sergeant,CID East"), BEN), on=THEN
    )
    assert counts(found) == {"changed": 1, "unchanged": 1}
    assert (await kept(found, Verdict.CHANGED))[0].reason == "Another post"
    assert (await records("post", "rank"))[1:] == [
        ("constable", date(2019, 1, 7), date(2026, 5, 31)),
        ("sergeant", THEN, None),
    ]
    assert len(await records("post", "rank", standing=False)) == 4


async def test_a_correction_on_the_same_day_takes_the_place_of_what_was_wrong(
    database: str, tmp_path: Path
) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    await imported("hr", written(tmp_path, ADA.replace("Constable", "Inspector"), BEN), on=THEN)
    await imported("hr", written(tmp_path, ADA.replace("Constable", "Sergeant"), BEN), on=THEN)
    assert (await records("post", "rank"))[1:] == [
        ("constable", date(2019, 1, 7), date(2026, 5, 31)),
        ("sergeant", THEN, None),
    ]


async def test_an_absence_opens_stays_and_closes_the_day_before(database: str, tmp_path: Path) -> None:
    away = written(tmp_path, ADA + "Maternity", BEN)
    await imported("hr", away, on=FIRST)
    assert counts(await imported("hr", away, on=THEN)) == {"unchanged": 2}
    await imported("hr", written(tmp_path, ADA, BEN), on=date(2026, 9, 1))
    assert await records("absence", "kind") == [("parental", FIRST, date(2026, 8, 31))]


async def test_another_kind_of_absence_follows_the_first(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA + "Maternity", BEN), on=FIRST)
    await imported("hr", written(tmp_path, ADA + "Career Break", BEN), on=THEN)
    assert await records("absence", "kind") == [
        ("parental", FIRST, date(2026, 5, 31)),
        ("career break", THEN, None),
    ]


async def test_a_new_supervisor_and_a_swap_of_lines_take_effect_together(
    database: str, tmp_path: Path
) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    swapped = (ADA.replace(",4000002,", ",,"), BEN.replace("Custody,,", "Custody,4000001,"))
    assert counts(await imported("hr", written(tmp_path, *swapped), on=THEN)) == {"changed": 2}
    ada, ben = await person("Okafor"), await person("Reed")
    assert await records("line", "person_id, supervisor_id") == [
        (ada["id"], ben["id"], FIRST, date(2026, 5, 31)),
        (ben["id"], ada["id"], THEN, None),
    ]


async def test_a_collar_number_may_pass_from_one_to_another(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    swapped = (ADA.replace("PC1001", "PC1002"), BEN.replace("PS1002", "1001"))
    assert counts(await imported("hr", written(tmp_path, *swapped), on=THEN)) == {"changed": 2}
    standing = [
        one for one in await records("identifier", "scheme, value") if one[0] == "collar" and one[3] is None
    ]
    assert sorted(str(one[1]) for one in standing) == ["1001", "1002"]
    taken = written(tmp_path, "4000003,1001,Lee,Cy,Officer,Constable,Custody,,01/02/2020,")
    found = await staged("hr", taken, on=THEN)
    assert "somebody else's" in ((await kept(found, Verdict.SUSPICIOUS))[0].reason or "")


async def test_a_married_name_and_a_corrected_start_are_put_right(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    changed = ADA.replace("Okafor", "Okafor-Lee").replace("07/01/2019", "07/01/2018")
    found = await imported("hr", written(tmp_path, changed, BEN), on=THEN)
    assert (await kept(found, Verdict.CHANGED))[0].reason == "Another name, start date"
    assert (await person("Okafor-Lee"))["joined_on"] == date(2018, 1, 7)
    assert ("constable", date(2018, 1, 7), None) in await records("post", "rank")
    assert counts(await imported("hr", written(tmp_path, changed, BEN), on=THEN)) == {"unchanged": 2}


async def test_who_is_missing_is_told_and_nothing_of_theirs_is_ended(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    found = await imported("hr", written(tmp_path, BEN), on=THEN)
    assert found.lines == 1
    assert found.warnings[0].startswith("1 person in post in this force not in the file")
    assert all(until is None for *_, until in await records("post", "rank"))


async def test_only_the_lines_of_a_loop_are_asked_about(database: str, tmp_path: Path) -> None:
    rows = [
        f"400000{n},,Okafor,Ada,Officer,Constable,Custody,{leader},07/01/2019,"
        for n, leader in ((1, "4000002"), (2, "4000003"), (3, "4000001"), (4, "4000001"), (5, "4000004"))
    ]
    found = await imported("hr", written(tmp_path, *rows), on=FIRST)
    assert counts(found) == {"new": 2, "suspicious": 3}
    reasons = {line.reason for line in await kept(found, Verdict.SUSPICIOUS)}
    assert reasons == {"The line comes back: 4000001 → 4000002 → 4000003 → 4000001. Who supervises them?"}
    assert found.warnings[0].startswith("1 person kept without a supervisor")
    assert len(await records("line", "person_id")) == 1


async def test_a_loop_through_what_is_already_recorded_is_found(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    found = await imported("hr", written(tmp_path, BEN.replace("Custody,,", "Custody,4000001,")), on=THEN)
    assert "4000001 → 4000002 → 4000001" in ((await kept(found, Verdict.SUSPICIOUS))[0].reason or "")


async def test_a_supervisor_named_in_question_is_recorded_once_the_question_is_answered(
    database: str, tmp_path: Path
) -> None:
    await imported("hr", written(tmp_path, ADA, BEN.replace("Sergeant", "Seargent")), on=FIRST)
    assert await records("line", "person_id") == []
    found = await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    assert counts(found) == {"new": 1, "changed": 1}
    assert len(await records("line", "person_id")) == 1


async def test_an_extract_older_than_what_is_recorded_is_asked_about(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA, BEN), on=FIRST)
    promoted = ADA.replace("Constable", "Sergeant")
    await imported("hr", written(tmp_path, promoted, BEN), on=THEN)
    found = await imported(
        "hr", written(tmp_path, ADA.replace("Custody", "CID East"), BEN), on=date(2026, 4, 1)
    )
    assert "newer than this extract" in ((await kept(found, Verdict.SUSPICIOUS))[0].reason or "")


async def test_a_post_in_another_force_is_not_ended_by_this_one(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, BEN), on=FIRST)
    moved = await builders.person("Gone", "Elsewhere")
    await builders.identifier(moved, "4000009", scheme="payroll")
    await builders.post(moved, force="E23000026")
    found = await imported(
        "hr", written(tmp_path, "4000009,,Elsewhere,Gone,Officer,Constable,Custody,,07/01/2019,"), on=THEN
    )
    assert "another force" in ((await kept(found, Verdict.SUSPICIOUS))[0].reason or "")


async def test_someone_who_comes_back_gets_a_new_post_under_the_old_identity(
    database: str, tmp_path: Path
) -> None:
    back = await builders.person("Bea", "Back", joined_on=date(2010, 1, 4))
    await builders.identifier(
        back, "4000009", scheme="payroll", since=date(2010, 1, 4), until=date(2015, 1, 4)
    )
    await builders.post(back, since=date(2010, 1, 4), until=date(2015, 1, 4))
    row = "4000009,,Back,Bea,Officer,Constable,Custody,,02/02/2026,"
    assert counts(await imported("hr", written(tmp_path, row), on=FIRST)) == {"changed": 1}
    assert (await records("post", "person_id"))[-1] == (back, date(2026, 2, 2), None)
    assert counts(await imported("hr", written(tmp_path, row), on=FIRST)) == {"unchanged": 1}


@pytest.mark.parametrize("cell", ["NaN", "inf", "-inf", "1e400", "-1", "0", "0.0", "101", "0.004", "half"])
async def test_what_is_no_share_of_full_time_costs_its_line_only(
    database: str, tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("\n".join((HR_HEADER.strip() + ",FTE", ADA + f",{cell}", BEN + ",0.8")) + "\n", "utf-8")
    found = await staged("hr", path, on=FIRST)
    assert counts(found) == {"new": 1, "rejected": 1}


async def test_an_extract_without_a_column_says_nothing_of_it(database: str, tmp_path: Path) -> None:
    await imported("hr", written(tmp_path, ADA + "Maternity", BEN), on=FIRST)
    header = HR_HEADER.replace(",Absence", "").replace(",Collar No", "")
    rows = [
        "4000001,Okafor,Ada,Officer,Constable,Custody,4000002,07/01/2019",
        "4000002,Reed,Ben,Officer,Sergeant,Custody,,04/05/2009",
    ]
    assert counts(await imported("hr", written(tmp_path, *rows, header=header), on=THEN)) == {"unchanged": 2}
