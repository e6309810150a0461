"""Does the wing of care say only that support was offered, and does that count for the officer and never against?"""

from datetime import date, timedelta

import pytest

from access.identity import Grant, Identity
from access.roles import Role
from foundation.clock import today
from foundation.database import fetch
from tests.builders import force_id, listed, officer
from wellbeing.support.actions import record_offer
from wellbeing.support.errors import OfferAheadError

pytestmark = pytest.mark.anyio


async def coordinator() -> Identity:
    avon, role = await force_id(), Role.WELLBEING_COORDINATOR
    return Identity(
        await officer("Cora", "Lind"),
        "Cora Lind",
        avon,
        {role: frozenset({avon})},
        acting=Grant(1, role, avon),
    )


async def test_an_offer_is_recorded_once_and_has_its_person_decided_again(database: str) -> None:
    ada, cora, avon = await officer(), await coordinator(), await force_id()
    await listed()
    offered_on = date(2026, 3, 2)
    assert await record_offer(identity=cora, person_id=ada, force_id=avon, offered_on=offered_on)
    assert not await record_offer(identity=cora, person_id=ada, force_id=avon, offered_on=offered_on)
    published = await fetch("SELECT * FROM people.check_offered")
    assert [(row["person_id"], row["offered_on"]) for row in published] == [(ada, offered_on)]
    assert list(published[0].keys()) == ["person_id", "offered_on", "recorded_at"], "nothing else ever leaves"
    assert len(await fetch("SELECT FROM foundation.job WHERE name = 'licence.refresh'")) == 1
    assert len(await fetch("SELECT FROM people.change WHERE person_id = $1", ada)) == 2, "a post and an offer"
    assert len(await fetch("SELECT FROM foundation.audit_event WHERE event = 'check offered'")) == 2


async def test_an_offer_yet_to_be_made_is_refused(database: str) -> None:
    ada, cora, avon = await officer(), await coordinator(), await force_id()
    with pytest.raises(OfferAheadError):
        await record_offer(
            identity=cora, person_id=ada, force_id=avon, offered_on=today() + timedelta(days=1)
        )
