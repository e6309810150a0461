"""Does the wing of care say only that support was offered, and does that count for the officer and never against?"""

from datetime import date, timedelta

import pytest

from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch
from tests.builders import officer
from wellbeing.support.actions import record_offer
from wellbeing.support.errors import OfferAheadError

pytestmark = pytest.mark.anyio

CLINIC = Actor(None, "test")


async def test_an_offer_is_recorded_once_and_has_its_person_decided_again(database: str) -> None:
    ada = await officer()
    offered_on = date(2026, 3, 2)
    assert await record_offer(actor=CLINIC, person_id=ada, offered_on=offered_on)
    assert not await record_offer(actor=CLINIC, person_id=ada, offered_on=offered_on)
    published = await fetch("SELECT * FROM wellbeing.published_offer")
    assert [(row["person_id"], row["offered_on"]) for row in published] == [(ada, offered_on)]
    assert list(published[0].keys()) == ["person_id", "offered_on", "recorded_at"], "nothing else ever leaves"
    assert len(await fetch("SELECT FROM foundation.job WHERE name = 'licence.refresh'")) == 1
    assert len(await fetch("SELECT FROM foundation.audit_event WHERE event = 'check offered'")) == 2


async def test_an_offer_yet_to_be_made_is_refused(database: str) -> None:
    with pytest.raises(OfferAheadError):
        await record_offer(actor=CLINIC, person_id=await officer(), offered_on=today() + timedelta(days=1))
