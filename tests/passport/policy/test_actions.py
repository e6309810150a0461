"""Does policy come into force only by two people, from a day, and never for days that have passed?"""

from datetime import date, datetime, timedelta

import anyio
import pytest
from asyncpg import Record

from foundation.audit import Actor
from foundation.clock import LONDON, now, today
from foundation.database import fetch, fetch_one
from passport.policy.actions import Loaded, approve, load, set_up, withdraw
from passport.policy.errors import (
    AlreadyDecidedError,
    AlreadyInForceError,
    AlreadySetUpError,
    ChangedMeanwhileError,
    DayTakenError,
    InThePastError,
    NobodyNamedError,
    NoPolicyInForceError,
    NoSuchVersionError,
    SamePersonError,
)
from passport.policy.facts import VersionState, policy_for, policy_of_draft, versions
from passport.policy.faults import PolicyFaultsError
from passport.policy.toml import digest_of
from tests.passport.policy.files import SOUND, numbered, with_change

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

DORA, DEV = Actor.system("Dora Drafter"), Actor.system("Dev Approver")
DAY = timedelta(days=1)


async def loaded(number: int = 7) -> Loaded:
    return await load(actor=DORA, text=SOUND if number == 7 else numbered(number))


async def jobs() -> list[Record]:
    return list(
        await fetch(
            "SELECT payload->>'on' AS on, due_at FROM foundation.job WHERE name = 'licence.everyone' ORDER BY id"
        )
    )


async def audit() -> list[tuple[str, str]]:
    rows = await fetch("SELECT event, actor_name FROM foundation.audit_event ORDER BY id")
    return [(row["event"], row["actor_name"]) for row in rows]


async def test_a_file_is_kept_as_a_draft_that_governs_nobody() -> None:
    found = await loaded()
    assert (found.is_new, found.requirements, found.version.state) == (True, 4, VersionState.DRAFT)
    assert (found.version.drafted_by, found.version.digest) == ("Dora Drafter", digest_of(SOUND))
    with pytest.raises(NoPolicyInForceError):
        await policy_for(None, today())
    assert await jobs() == []


async def test_the_same_file_again_changes_nothing() -> None:
    first = await loaded()
    again = await load(actor=DEV, text=SOUND)
    assert (again.is_new, again.version) == (False, first.version)
    assert await audit() == [("policy loaded", "Dora Drafter")]


async def test_a_draft_can_be_put_in_another_form_and_is_then_drafted_by_whoever_did() -> None:
    await loaded()
    found = await load(actor=DEV, text=with_change('"As tested"', '"Revised"'))
    assert (found.is_new, found.version.title, found.version.drafted_by) == (True, "Revised", "Dev Approver")
    assert len(await versions()) == 1
    with pytest.raises(SamePersonError):
        await approve(actor=DEV, number=7, on=today())


async def test_a_broken_file_changes_nothing() -> None:
    await loaded()
    with pytest.raises(PolicyFaultsError):
        await load(actor=DORA, text=with_change('"As tested"', "3"))
    assert [one.title for one in await versions()] == ["As tested"]
    assert await audit() == [("policy loaded", "Dora Drafter")]


async def test_a_requirement_keeps_its_number_through_every_version() -> None:
    await loaded()
    before = {row["code"]: row["id"] for row in await fetch("SELECT code, id FROM passport.requirement")}
    await load(
        actor=DORA,
        text=with_change('code = "CED-TRAINER"', 'code = "NEW"', numbered(8)).replace(
            '["CED-TRAINER"]', '["NEW"]'
        ),
    )
    after = {row["code"]: row["id"] for row in await fetch("SELECT code, id FROM passport.requirement")}
    assert list(before) == ["SAFETY", "CED", "CED-TRAINER", "CHECK"]
    assert after == {**before, "NEW": max(before.values()) + 1}, "numbers are small and none is wasted"


@pytest.mark.parametrize("name", ["", " ", "\u00a0"])
async def test_policy_is_changed_by_nobody_without_a_name(name: str) -> None:
    nobody = Actor.system(name)
    with pytest.raises(NobodyNamedError):
        await load(actor=nobody, text=SOUND)
    assert await versions() == ()
    await loaded()
    with pytest.raises(NobodyNamedError):
        await approve(actor=nobody, number=7, on=today())
    with pytest.raises(NobodyNamedError):
        await withdraw(actor=nobody, number=7, reason="Not yet")
    assert (await versions())[0].state is VersionState.DRAFT


@pytest.mark.parametrize("name", ["Dora Drafter", "dora  DRAFTER "])
async def test_whoever_drafted_cannot_approve(name: str) -> None:
    await loaded()
    with pytest.raises(SamePersonError):
        await approve(actor=Actor.system(name), number=7, on=today())
    assert (await versions())[0].state is VersionState.DRAFT


async def test_an_approved_version_is_in_force_from_its_day_and_everybody_is_decided_again() -> None:
    await loaded()
    found = await approve(actor=DEV, number=7, on=today())
    assert (found.state, found.approved_by, found.in_force_from) == (
        VersionState.APPROVED,
        "Dev Approver",
        today(),
    )
    assert (await policy_for(None, today())).version == 7
    with pytest.raises(NoPolicyInForceError):
        await policy_for(None, today() - DAY)
    assert [row["on"] for row in await jobs()] == [today().isoformat()]
    assert await audit() == [("policy loaded", "Dora Drafter"), ("policy approved", "Dev Approver")]


async def test_a_version_for_a_later_day_leaves_today_alone_and_asks_for_the_work_on_that_day() -> None:
    await loaded()
    await approve(actor=DEV, number=7, on=today())
    await loaded(8)
    day = today() + 40 * DAY
    await approve(actor=DEV, number=8, on=day)
    assert ((await policy_for(None, today())).version, (await policy_for(None, day)).version) == (7, 8)
    assert (await policy_for(None, today())).superseded_on == day
    last = (await jobs())[-1]
    assert (last["on"], last["due_at"].astimezone(LONDON)) == (
        day.isoformat(),
        datetime(day.year, day.month, day.day, 0, 5, tzinfo=LONDON),
    )


async def test_policy_is_never_changed_for_days_that_have_passed() -> None:
    await loaded()
    with pytest.raises(InThePastError):
        await approve(actor=DEV, number=7, on=today() - DAY)


async def test_two_versions_cannot_begin_on_one_day() -> None:
    await loaded()
    await approve(actor=DEV, number=7, on=today())
    await loaded(8)
    with pytest.raises(DayTakenError):
        await approve(actor=DEV, number=8, on=today())
    assert (await policy_for(None, today())).version == 7


async def test_only_a_draft_can_be_approved_or_changed() -> None:
    await loaded()
    await approve(actor=DEV, number=7, on=today())
    with pytest.raises(AlreadyDecidedError):
        await approve(actor=DEV, number=7, on=today() + DAY)
    with pytest.raises(AlreadyDecidedError):
        await load(actor=DORA, text=with_change('"As tested"', '"Changed"'))
    assert (await versions())[0].title == "As tested"


async def test_a_version_that_was_never_handed_in_cannot_be_approved() -> None:
    with pytest.raises(NoSuchVersionError):
        await approve(actor=DEV, number=99, on=today())


async def test_the_text_that_was_read_is_the_text_that_is_approved() -> None:
    await loaded()
    await load(actor=DORA, text=with_change("months = 60", "months = 1"))
    with pytest.raises(ChangedMeanwhileError):
        await approve(actor=DEV, number=7, on=today(), digest=digest_of(SOUND)[:12])


async def test_a_version_can_be_withdrawn_before_its_day_and_its_day_is_free_again() -> None:
    day = today() + DAY
    await loaded()
    await approve(actor=DEV, number=7, on=day)
    assert (await withdraw(actor=DORA, number=7, reason="Not yet")).state is VersionState.WITHDRAWN
    with pytest.raises(NoPolicyInForceError):
        await policy_for(None, day)
    await loaded(8)
    await approve(actor=DEV, number=8, on=day)
    assert (await policy_for(None, day)).version == 8


async def test_what_has_governed_decisions_cannot_be_withdrawn() -> None:
    await loaded()
    await approve(actor=DEV, number=7, on=today())
    with pytest.raises(AlreadyInForceError):
        await withdraw(actor=DORA, number=7, reason="Not yet")


async def test_a_withdrawn_draft_stays_withdrawn() -> None:
    await loaded()
    await withdraw(actor=DORA, number=7, reason="Not yet")
    for refused in (
        approve(actor=DEV, number=7, on=today()),
        withdraw(actor=DORA, number=7, reason="Not yet"),
    ):
        with pytest.raises(AlreadyDecidedError):
            await refused


async def test_setting_up_puts_the_first_version_in_force_from_its_own_past_day() -> None:
    found = await set_up(text=SOUND)
    assert (found.is_new, found.version.drafted_by, found.version.approved_by) == (
        True,
        "attested policy load",
        "attested policy approve",
    )
    assert (await policy_for(None, date(2026, 1, 1))).version == 7
    job = (await jobs())[0]
    assert job["on"] == today().isoformat()
    assert job["due_at"] <= now()
    assert await audit() == [
        ("policy approved", "attested policy approve"),
        ("policy loaded", "attested policy load"),
    ]


async def test_setting_up_again_does_nothing_and_another_version_is_refused() -> None:
    await set_up(text=SOUND)
    assert (await set_up(text=SOUND)).is_new is False
    assert len(await audit()) == 2
    with pytest.raises(AlreadySetUpError):
        await set_up(text=numbered(8))


async def test_two_set_ups_at_once_come_to_one() -> None:
    outcomes: list[str] = []

    async def one() -> None:
        try:
            await set_up(text=SOUND)
            outcomes.append("done")
        except AlreadySetUpError:
            outcomes.append("refused")

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(one)
    assert "done" in outcomes
    row = await fetch_one("SELECT count(*) FROM passport.policy_version")
    assert row is not None
    assert row["count"] == 1
    assert len(await audit()) == 2


async def test_two_approvals_at_once_come_to_one() -> None:
    await loaded()
    refused: list[Exception] = []

    async def one(name: str) -> None:
        try:
            await approve(actor=Actor.system(name), number=7, on=today())
        except AlreadyDecidedError as refusal:
            refused.append(refusal)

    async with anyio.create_task_group() as group:
        for name in ("Dev", "Dee", "Dan"):
            group.start_soon(one, name)
    assert len(refused) == 2
    assert len(await jobs()) == 1


async def test_a_draft_says_what_it_would_come_to_without_being_in_force() -> None:
    await loaded()
    policy = await policy_of_draft(7, on=today())
    assert (policy.version, len(policy.requirements), policy.terms.cycle_months) == (7, 4, 60)
    with pytest.raises(NoSuchVersionError):
        await policy_of_draft(8, on=today())
