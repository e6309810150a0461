"""Does the first run leave a demonstration behind, even if it was stopped in the middle, and never where anybody is?"""

from datetime import date

import pytest

from access.confiding import reading_as
from attested.demo import visitors
from attested.first_run import FILES, PEOPLE, SEED, Prepared, _imported, prepare
from attested.seeding.actions import seed
from attested.seeding.orders import SMALL_FORCE, Wish
from attested.seeding.school import ATTENDED, PROVIDER
from attested.seeding.visiting import TITLE
from foundation.clock import today
from foundation.database import fetch, fetch_one
from foundation.vault.kinds import FileKind, kind_of
from foundation.vault.stores import vault
from passport.providers.facts import doubts_in
from tests.builders import officer

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def _count(table: str) -> int:
    row = await fetch_one(f"SELECT count(*) FROM {table}")  # noqa: S608
    return row["count"] if row else 0


async def _everything() -> tuple[int, ...]:
    tables = (
        "people.person",
        "passport.evidence",
        "licence.determination",
        "licence.licence_standing",
        "people.notice",
    )
    return tuple([await _count(table) for table in tables])


async def _prepared(on: date) -> Prepared:
    found = await prepare(on)
    assert found is not None
    return found


async def test_the_first_run_shows_every_door_and_accounts_for_every_line() -> None:
    on = today()
    found = await _prepared(on)
    for report in found.reports:
        assert sum(report.counts.values()) == report.lines
    assert await _count("licence.licence_standing") == await _count("people.person")
    assert found.licences > 700
    await _check_visitors(on)
    await _check_what_happened_lately()
    before = await _everything()
    assert await prepare(on) is None
    assert await _everything() == before


async def _check_visitors(on: date) -> None:
    offered = await visitors()
    assert [one.what.split(",")[0] for one in offered[:4]] == [
        "officer in grace", "supervisor", "licensing desk", "operator",
    ]  # fmt: skip
    amber, supervisor = offered[0].person_id, offered[1].person_id
    line = await fetch(
        "SELECT 1 FROM people.line WHERE person_id = $1 AND supervisor_id = $2 AND valid_from <= $3",
        amber,
        supervisor,
        on,
    )
    standing = await fetch_one("SELECT standing FROM licence.licence_standing WHERE person_id = $1", amber)
    assert line
    assert standing is not None
    assert standing["standing"] == "in grace"


async def _check_what_happened_lately() -> None:
    """What waits for each desk, and what of it was done: signed, told, doubted, verified, attached."""
    outcomes = {row["outcome"] for row in await fetch("SELECT outcome FROM passport.statement")}
    assert outcomes == {"recorded", "not met", "nobody", "nothing"}
    signed = await fetch("SELECT signed_at IS NOT NULL AS signed FROM passport.training_class")
    assert {row["signed"] for row in signed} == {True, False}
    row = await fetch_one("SELECT force_id FROM passport.provider WHERE name = $1", PROVIDER)
    assert row is not None
    assert len(await doubts_in([row["force_id"]])) == ATTENDED - 2
    (file,) = await fetch("SELECT person_id, sha256 FROM passport.attachment")
    officer, supervisor = (await visitors())[:2]
    assert file["person_id"] == officer.person_id
    content = await vault().fetch(file["sha256"])
    assert kind_of(content) is FileKind.PDF
    async with reading_as(officer.person_id) as connection:
        (verified,) = await connection.fetch(
            "SELECT verified_by FROM passport.cpd_verification JOIN passport.cpd_entry ON entry_id = cpd_entry.id WHERE title = $1",
            TITLE,
        )
    assert verified["verified_by"] == supervisor.person_id


async def test_stopped_in_the_middle_it_goes_on_where_it_stopped() -> None:
    on = today()
    await seed(Wish(PEOPLE, SEED, on, SMALL_FORCE))
    kind, path = FILES[0]
    first = await _imported(kind, path, on)
    people = await _count("people.person")
    found = await _prepared(on)
    assert found.reports[0].intake_id == first.intake_id
    assert await _count("people.person") == people
    assert await _count("licence.licence_standing") == people


async def test_a_database_in_use_is_left_alone() -> None:
    await officer()
    before = await _everything()
    assert await prepare(today()) is None
    assert await _everything() == before


async def test_a_force_made_up_otherwise_is_left_alone() -> None:
    await seed(Wish(300, 7, today(), SMALL_FORCE))
    assert await prepare(today()) is None
