"""Is a file kept as a whole or not at all, once, and by one of those who try?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from attested.importing import commit
from foundation.database import fetch, fetch_one
from foundation.intake.actions import discard
from foundation.intake.errors import IntakeEndedError, IntakeNotFoundError, OvertakenError
from foundation.intake.facts import Report, lines, recent, rejected_csv, report
from foundation.intake.verdicts import Verdict
from tests import owner
from tests.builders import AVON
from tests.intake.handing import CLERK, HR, LEARNING, enter_requirements, imported, staged, written

pytestmark = pytest.mark.anyio


async def rows_of(table: str) -> int:
    row = await fetch_one(f"SELECT count(*) AS rows FROM {table}")  # noqa: S608
    assert row is not None
    return int(row["rows"])


@asynccontextmanager
async def failing(table: str, when: str) -> AsyncIterator[None]:
    """Make the database refuse one insert, as a crash at that very point would."""
    await owner.execute(
        """CREATE FUNCTION pg_temp_fails() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the lights went out'; END $$"""
    )
    await owner.execute(
        f"CREATE TRIGGER fails BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION pg_temp_fails()"
    )
    try:
        yield
    finally:
        await owner.execute(f"DROP TRIGGER fails ON {table}")
        await owner.execute("DROP FUNCTION pg_temp_fails()")


async def test_staging_keeps_nothing_but_the_verdicts(database: str) -> None:
    found = await staged("hr", HR)
    assert found.state == "staged"
    assert await rows_of("people.person") == await rows_of("people.post") == 0


@pytest.mark.parametrize(
    ("table", "when"),
    [
        ("people.absence", "true"),
        ("people.directory", "NEW.person_id > 600"),
        ("foundation.job", "true"),
        ("foundation.audit_event", "NEW.event = 'intake.committed'"),
    ],
)
async def test_a_crash_in_the_middle_of_a_commit_commits_nothing(
    database: str, table: str, when: str
) -> None:
    found = await staged("hr", HR)
    async with failing(table, when):
        with pytest.raises(asyncpg.RaiseError, match="lights"):
            await commit(found.intake_id, actor=CLERK)
    for kept in (
        "people.person",
        "people.identifier",
        "people.post",
        "people.line",
        "people.directory",
        "people.unit",
    ):
        assert await rows_of(kept) == 0
    assert (await report(found.intake_id)).state == "staged"
    assert (await commit(found.intake_id, actor=CLERK)).state == "committed"


async def test_a_crash_in_the_middle_of_recording_evidence_records_none(database: str) -> None:
    await enter_requirements()
    await imported("hr", HR)
    found = await staged("learning", LEARNING)
    async with failing("passport.evidence", "NEW.completed_on = date '2026-11-18'"):
        with pytest.raises(asyncpg.RaiseError, match="lights"):
            await commit(found.intake_id, actor=CLERK)
    assert await rows_of("passport.evidence") == 0


async def test_a_crash_in_the_middle_of_staging_leaves_nothing(database: str) -> None:
    def crash(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await staged("hr", HR, progress=crash)
    assert await rows_of("foundation.intake") == await rows_of("foundation.intake_line") == 0


async def racing(*intakes: Report) -> list[Report | BaseException]:
    return list(
        await asyncio.gather(*(commit(one.intake_id, actor=CLERK) for one in intakes), return_exceptions=True)
    )


async def test_of_two_commits_of_one_intake_one_wins_and_the_other_is_told(database: str) -> None:
    found = await staged("hr", HR)
    results = await racing(found, found)
    assert sorted(type(one).__name__ for one in results) == ["IntakeEndedError", "Report"]
    assert await rows_of("people.person") == 1167


async def test_of_two_intakes_of_one_file_one_wins_and_the_other_is_told(database: str) -> None:
    results = await racing(await staged("hr", HR), await staged("hr", HR))
    assert sorted(type(one).__name__ for one in results) == ["OvertakenError", "Report"]
    assert await rows_of("people.person") == 1167


async def test_what_was_recorded_since_staging_is_not_overwritten(database: str, tmp_path: Path) -> None:
    path = written(tmp_path, "4000001,,Okafor,Ada,Officer,Constable,Custody,,07/01/2019,")
    first, second = await staged("hr", path), await staged("hr", path)
    await commit(first.intake_id, actor=CLERK)
    with pytest.raises(OvertakenError):
        await commit(second.intake_id, actor=CLERK)
    assert (await report(second.intake_id)).state == "staged"


async def test_a_discarded_intake_cannot_be_committed(database: str) -> None:
    found = await staged("hr", HR)
    assert (await discard(found.intake_id, actor=CLERK)).state == "discarded"
    with pytest.raises(IntakeEndedError, match="already discarded"):
        await commit(found.intake_id, actor=CLERK)
    with pytest.raises(IntakeEndedError):
        await discard(found.intake_id, actor=CLERK)
    with pytest.raises(IntakeNotFoundError):
        await commit(999, actor=CLERK)


async def test_a_commit_leaves_its_counts_in_the_audit_and_asks_for_the_licences(database: str) -> None:
    found = await imported("hr", HR)
    audited = await fetch(
        "SELECT event, detail->>'new' AS new, detail->>'sha256' AS hash FROM foundation.audit_event"
    )
    assert [(row["event"], row["new"], row["hash"]) for row in audited] == [
        ("intake.staged", "1167", found.sha256),
        ("intake.committed", "1167", found.sha256),
    ]
    jobs = await fetch("SELECT name, payload FROM foundation.job")
    assert [(row["name"], row["payload"]) for row in jobs] == [("licence.refresh", "{}")]
    assert await rows_of("people.change") >= 1167


async def test_lines_are_shown_a_page_at_a_time(database: str) -> None:
    found = await staged("hr", HR)
    first = await lines(found.intake_id, Verdict.SUSPICIOUS, limit=20)
    rest = await lines(found.intake_id, Verdict.SUSPICIOUS, after_line=first[-1].line)
    assert (len(first), len(rest)) == (20, 12)
    assert [one.intake_id for one in await recent(AVON)] == [found.intake_id]


async def test_what_goes_back_can_be_downloaded_with_its_reasons_and_runs_nothing(database: str) -> None:
    found = await staged("hr", HR)
    handed_out = [line async for line in rejected_csv(found.intake_id)]
    assert len(handed_out) == 1 + 2 + 32
    assert handed_out[0].startswith("Line,Verdict,Reason,Payroll No,Collar No")
    formula = next(line for line in handed_out if line.startswith("15,"))
    assert '"\'=HYPERLINK(""http://example.test"")"' in formula
    assert "is no day of the calendar" in next(line for line in handed_out if line.startswith("18,rejected"))
