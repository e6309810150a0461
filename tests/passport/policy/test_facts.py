"""Is the policy read once, and read again the moment something is approved?"""

from datetime import date
from pathlib import Path

import pytest

from foundation.audit import Actor
from foundation.clock import today
from foundation.database import execute, fetch_one, snapshot, transaction
from passport.policy.actions import load, set_up, withdraw
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import MARK, book, policies_on, policy_for, policy_from_file, source_of, versions
from passport.policy.faults import PolicyFaultsError
from passport.policy.overriding import NewSetting, override
from passport.policy.rules import Overridable
from tests import owner
from tests.builders import force_id, requirement
from tests.passport.policy.files import SOUND, numbered, with_change

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

FIRST = date(2026, 1, 1)


async def test_the_same_object_is_answered_until_something_is_approved() -> None:
    await set_up(text=SOUND)
    kent = await force_id("E23000032")
    before = await policy_for(None, FIRST)
    assert await policy_for(None, today()) is before
    assert await policy_for(kent, today()) is before
    assert (await policies_on(today()))[kent] is before
    new = NewSetting("kent", "SAFETY", Overridable.LEVEL, "3.7", "its own", today())
    await override(actor=Actor.system("Dev"), proposed_by="Dora", new=new)
    after = await policy_for(kent, today())
    assert after is not before
    assert await policy_for(kent, today()) is after


async def test_a_draft_that_is_loaded_or_withdrawn_disturbs_nobody() -> None:
    await set_up(text=SOUND)
    before = await policy_for(None, today())
    await load(actor=Actor.system("Dora"), text=numbered(8))
    await withdraw(actor=Actor.system("Dora"), number=8, reason="Not yet")
    assert await policy_for(None, today()) is before


async def test_numbers_of_another_database_are_never_remembered() -> None:
    """The accident: a cache that outlives what it was read from, and judges evidence by the wrong requirement."""
    await requirement("CHECK")
    await set_up(text=SOUND)
    first = await policy_for(None, today())
    assert next(asked.code for asked in sorted(first.requirements, key=lambda one: one.id)) == "CHECK"
    await owner.execute("DELETE FROM passport.policy_revision")
    await owner.execute("DELETE FROM passport.policy_version")
    await owner.execute("DELETE FROM passport.requirement")
    await set_up(text=SOUND)
    second = await policy_for(None, today())
    assert next(asked.code for asked in sorted(second.requirements, key=lambda one: one.id)) == "SAFETY"


async def test_what_is_written_by_whatever_hand_is_seen_at_once_and_what_is_undone_never() -> None:
    """The accident: a policy remembered under a mark that says it has not changed."""
    await set_up(text=SOUND)
    kept = await policy_for(None, today())
    with pytest.raises(NoPolicyInForceError):
        await _undone("UPDATE passport.policy_version SET in_force_from = '2999-01-01'")
    assert await policy_for(None, today()) is kept
    await execute("UPDATE passport.policy_version SET in_force_from = '2999-01-01'")
    with pytest.raises(NoPolicyInForceError):
        await policy_for(None, today())


async def _undone(sql: str) -> None:
    """Change something, ask for the policy, and take the change back."""
    async with transaction() as own:
        await own.execute(sql)
        await policy_for(None, today())


async def test_the_mark_that_a_statement_read_names_the_policy_of_its_instant() -> None:
    await set_up(text=SOUND)
    row = await fetch_one(f"SELECT {MARK} AS mark")
    assert row is not None
    assert await book(row["mark"]) is await book()


async def test_a_snapshot_keeps_the_policy_it_began_with() -> None:
    await set_up(text=SOUND)
    async with snapshot():
        before = await policy_for(None, today())
        again = await policy_for(None, today())
    assert before is again


async def test_a_file_comes_to_a_policy_without_being_written(tmp_path: Path) -> None:
    await set_up(text=SOUND)
    path = tmp_path / "what-if.toml"
    changed = with_change('code = "CED-TRAINER"', 'code = "NEW"', numbered(9)).replace(
        '["CED-TRAINER"]', '["NEW"]'
    )
    path.write_text(changed, encoding="utf-8")
    kept, what_if = await policy_for(None, today()), await policy_from_file(path)
    kept_ids = {asked.code: asked.id for asked in kept.requirements}
    assert {asked.code: asked.id for asked in what_if.requirements} == {
        "SAFETY": kept_ids["SAFETY"], "CED": kept_ids["CED"], "NEW": -1, "CHECK": kept_ids["CHECK"],
    }  # fmt: skip
    assert [one.number for one in await versions()] == [7]
    row = await fetch_one("SELECT count(*) FROM passport.requirement WHERE code = 'NEW'")
    assert row is not None
    assert row["count"] == 0


async def test_a_broken_file_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("number = 1", encoding="utf-8")
    with pytest.raises(PolicyFaultsError):
        await policy_from_file(path)


async def test_the_text_is_kept_as_it_was_loaded_comments_and_all() -> None:
    commented = f"# why it is so\n{SOUND}"
    await set_up(text=commented)
    assert await source_of(7) == commented


async def test_versions_say_until_when_they_are_in_force() -> None:
    await set_up(text=SOUND)
    await execute(
        """INSERT INTO passport.policy_version
                  (number, title, state, in_force_from, source, digest, drafted_by, approved_by, approved_at)
           SELECT 8, title, 'approved', '2026-07-01', source, digest, drafted_by, approved_by, approved_at
             FROM passport.policy_version"""
    )
    newest, oldest = await versions()
    assert (newest.in_force_from, newest.in_force_until) == (date(2026, 7, 1), None)
    assert (oldest.in_force_from, oldest.in_force_until) == (FIRST, date(2026, 6, 30))
    ends = (date(2025, 12, 31), FIRST, date(2026, 6, 30), date(2026, 7, 1))
    assert [oldest.is_in_force(day) for day in ends] == [False, True, True, False]
    assert [newest.is_in_force(day) for day in ends] == [False, False, False, True]
