"""May a force set for itself what policy lets it, and nothing else?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch
from passport.policy.actions import set_up
from passport.policy.errors import (
    InThePastError,
    NoPolicyInForceError,
    NoSuchOverrideError,
    NotAValueError,
    NotOverridableError,
    OverlapsError,
    PeriodError,
    SamePersonError,
)
from passport.policy.facts import ForceSetting, force_settings, policies_on, policy_for, policy_of_draft
from passport.policy.overriding import NewSetting, end_override, override
from passport.policy.rules import Overridable
from people.forces.facts import ForceNotFoundError
from tests.builders import AVON, force_id
from tests.passport.policy.files import SOUND

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

DAY = timedelta(days=1)
DEV = Actor.system("Dev Approver")
KENT = "kent"


def wanted(**changes: object) -> NewSetting:
    plain = NewSetting(KENT, "SAFETY", Overridable.LEVEL, "3.7", "The force's own procedure", today())
    return replace(plain, **changes)  # type: ignore[arg-type]


async def made(**changes: object) -> ForceSetting:
    return await override(actor=DEV, proposed_by="Dora", new=wanted(**changes))


@pytest.fixture(autouse=True)
async def in_force(database: str) -> None:
    await set_up(text=SOUND)


async def level(force: str, on: date) -> str | None:
    policy = await policy_for(await force_id(force), on)
    return next(one.level for one in policy.requirements if one.code == "SAFETY")


KENT_CODE = "E23000032"


async def test_a_force_sets_its_own_level_and_no_other_force_notices() -> None:
    found = await made()
    assert (found.force, found.value, found.drafted_by, found.approved_by) == (
        "Kent Police",
        "3.7",
        "Dora",
        "Dev Approver",
    )
    assert (await level(KENT_CODE, today()), await level(AVON, today())) == ("3.7", "5.4")
    assert await level(KENT_CODE, today() - DAY) == "5.4"
    policies = await policies_on(today())
    assert len(policies) == 43
    assert len({id(policy) for policy in policies.values()}) == 2, "forces that set nothing share the policy"


async def test_everybody_is_decided_again_when_it_begins_and_when_it_has_ended() -> None:
    await made(valid_from=today() + 3 * DAY, valid_until=today() + 9 * DAY)
    rows = await fetch("SELECT payload->>'on' AS on FROM foundation.job WHERE effect_key LIKE '%override%'")
    assert {row["on"] for row in rows} == {
        (today() + 3 * DAY).isoformat(),
        (today() + 10 * DAY).isoformat(),
    }


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        (
            {"requirement": "CED"},
            NotOverridableError,
            "does not let a force set level of CED. It may set nothing",
        ),
        (
            {"setting": Overridable.INITIAL_DAYS, "value": "9"},
            NotOverridableError,
            "set initial_days of SAFETY. It may set grace_days, level and validity_months",
        ),
        ({"requirement": "NONE"}, NotOverridableError, "has no requirement NONE"),
        ({"value": " "}, NotAValueError, "A level is a few words"),
        ({"value": "3\x00"}, NotAValueError, "A level is a few words"),
        (
            {"setting": Overridable.GRACE_DAYS, "value": "ten"},
            NotAValueError,
            "a whole number from 0 to 3650",
        ),
        ({"setting": Overridable.GRACE_DAYS, "value": "-1"}, NotAValueError, "a whole number from 0 to 3650"),
        ({"setting": Overridable.GRACE_DAYS, "value": "9" * 30}, NotAValueError, "a whole number"),
        ({"setting": Overridable.VALIDITY_MONTHS, "value": "0"}, NotAValueError, "from 1 to 600"),
        ({"setting": Overridable.VALIDITY_MONTHS, "value": "3"}, NotAValueError, "longer than the window"),
        ({"reason": "  "}, NotAValueError, "Give the reason"),
        ({"valid_from": date(2026, 1, 1)}, InThePastError, "days that have passed"),
        ({"valid_until": today() - DAY}, PeriodError, "before the first"),
        ({"force": "atlantis"}, ForceNotFoundError, "no such force"),
    ],
)
async def test_what_policy_does_not_allow_is_refused(
    changes: dict[str, object], refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        await made(**changes)
    assert await force_settings() == ()


async def test_one_person_cannot_propose_and_approve() -> None:
    with pytest.raises(SamePersonError):
        await override(actor=DEV, proposed_by=" dev approver", new=wanted())


async def test_a_setting_may_not_overlap_another_of_the_same_kind() -> None:
    await made(valid_until=today() + 9 * DAY)
    with pytest.raises(OverlapsError):
        await made(valid_from=today() + 9 * DAY)
    await made(valid_from=today() + 10 * DAY, value="4.1")
    await made(setting=Overridable.GRACE_DAYS, value="10")
    await made(force="surrey")
    assert len(await force_settings()) == 4


async def test_a_setting_ends_and_the_national_value_holds_again() -> None:
    kept = await made()
    ended = await end_override(actor=DEV, proposed_by="Dora", number=kept.id, last_day=today() + 4 * DAY)
    assert ended.valid_until == today() + 4 * DAY
    assert [await level(KENT_CODE, today() + days * DAY) for days in (4, 5)] == ["3.7", "5.4"]


async def test_a_setting_cannot_be_ended_in_the_past_twice_alone_or_before_it_begins() -> None:
    kept = await made(valid_from=today() + 2 * DAY)
    for last_day, proposer, refusal in (
        (today() - DAY, "Dora", InThePastError),
        (today() + DAY, "Dora", PeriodError),
        (today() + 9 * DAY, "Dev Approver", SamePersonError),
    ):
        with pytest.raises(refusal):
            await end_override(actor=DEV, proposed_by=proposer, number=kept.id, last_day=last_day)
    await end_override(actor=DEV, proposed_by="Dora", number=kept.id, last_day=today() + 5 * DAY)
    with pytest.raises(InThePastError):
        await end_override(actor=DEV, proposed_by="Dora", number=kept.id, last_day=today() + 6 * DAY)
    with pytest.raises(NoSuchOverrideError):
        await end_override(actor=DEV, proposed_by="Dora", number=kept.id + 1, last_day=today())


async def test_a_draft_is_shown_with_what_a_force_has_set() -> None:
    await made()
    policy = await policy_of_draft(7, on=today(), force_id=await force_id(KENT_CODE))
    assert next(one.level for one in policy.requirements if one.code == "SAFETY") == "3.7"
    assert policy.force_code == KENT_CODE


async def test_nothing_can_be_set_while_no_policy_is_in_force() -> None:
    await fetch(
        """UPDATE passport.policy_version SET state = 'withdrawn', withdrawn_by = 'x', withdrawn_at = now(),
                  withdrawn_reason = 'x' RETURNING id"""
    )
    with pytest.raises(NoPolicyInForceError):
        await made()
