"""Does somebody's care open to those who give it alone, for a stated purpose, and reach nobody who decides about them?"""

from datetime import timedelta

import pytest

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from tests.wellbeing.carers import PURPOSE, at_work, attended, carers, national_id

pytestmark = pytest.mark.anyio

API = "/api/v1/care"
YESTERDAY = today() - timedelta(days=1)


async def test_care_opens_for_a_purpose_and_says_who_looked(app: Watched, database: str) -> None:
    there = await carers()
    await attended(there.ada, YESTERDAY)
    ada = await national_id(there.ada)
    async with at_work(app, there, there.olga) as client:
        page = await client.get(f"/care/people/{ada}{PURPOSE}")
        assert page.status_code == 200
        assert "Fatal collision" in page.text
        for address in (
            f"/care/people/{ada}",
            f"{API}/people/{ada}",
            f"/care/people/{ada}?purpose=curiosity",
        ):
            assert (await client.get(address)).status_code == 400
    rows = await fetch(
        "SELECT subject_id, purpose, role FROM foundation.audit_event WHERE event = 'care read'"
    )
    assert [tuple(row) for row in rows] == [(there.ada, "the routine check", "occupational health")]
    assert (
        len(await fetch("SELECT FROM foundation.audit_event WHERE event LIKE 'care asked for without%'")) == 3
    )


async def test_nobody_else_finds_any_care(app: Watched, database: str) -> None:
    there = await carers()
    ada = await national_id(there.ada)
    for person_id in (there.bea, there.desi, there.vera, there.otto, there.ada):
        async with at_work(app, there, person_id) as client:
            for address in (f"/care/people/{ada}{PURPOSE}", f"{API}/people/{ada}{PURPOSE}"):
                assert (await client.get(address)).status_code == 404
    async with at_work(app, there, there.olga) as client:
        own = await national_id(there.olga)
        assert (await client.get(f"{API}/people/{own}{PURPOSE}")).status_code == 404, (
            "nobody by a role on themselves"
        )
    async with at_work(app, there, there.olga, proved=False) as client:
        assert (await client.get("/care")).headers["location"].startswith("/sign-in/again")


async def test_a_coordinator_sees_events_and_offers_but_neither_answers_nor_notes(
    app: Watched, database: str
) -> None:
    there = await carers()
    ada = await national_id(there.ada)
    await attended(there.ada, YESTERDAY)
    day = today().isoformat()
    async with at_work(app, there, there.olga) as olga:
        assert (
            await olga.post(f"{API}/people/{ada}/offers{PURPOSE}", json={"offered_on": day})
        ).status_code == 201
        again = await olga.post(f"{API}/people/{ada}/offers{PURPOSE}", json={"offered_on": day})
        assert again.status_code == 409
        note = {"text": "Sleeps badly since the collision"}
        assert (await olga.post(f"{API}/people/{ada}/notes{PURPOSE}", json=note)).status_code == 409
        assert (await olga.post(f"{API}/people/{ada}/treatment{PURPOSE}")).status_code == 201
        assert (await olga.post(f"{API}/people/{ada}/treatment{PURPOSE}")).status_code == 409
        assert (await olga.post(f"{API}/people/{ada}/notes{PURPOSE}", json=note)).status_code == 201
    async with at_work(app, there, there.ada) as client:
        answered = await client.post(f"/api/v1/me/care/offers/{day}", json={"reply": "taken up"})
        assert answered.status_code == 201
        assert answered.json()["notes"] == []
    async with at_work(app, there, there.olga) as olga:
        seen = (await olga.get(f"{API}/people/{ada}{PURPOSE}")).json()
        assert seen["offers"][0]["reply"] == "taken up"
        assert [one["text"] for one in seen["notes"]] == [note["text"]]
    async with at_work(app, there, there.cora) as cora:
        seen = (await cora.get(f"{API}/people/{ada}{PURPOSE}")).json()
        assert [one["kind"] for one in seen["events"]] == ["fatal collision"]
        assert [(one["offered_on"], one["reply"]) for one in seen["offers"]] == [(day, None)]
        assert seen["notes"] == []
        page = (await cora.get(f"/care/people/{ada}{PURPOSE}")).text
        assert "Clinical notes" not in page
        assert "Taken up" not in page
        assert (await cora.post(f"{API}/people/{ada}/notes{PURPOSE}", json=note)).status_code == 404
    words = await fetch(
        "SELECT FROM foundation.audit_event WHERE to_jsonb(audit_event)::text ~* 'sleeps|taken up|collision'"
    )
    assert words == [], "neither answers nor notes nor events are in any line of audit"


async def test_a_note_is_the_persons_to_read_once_a_clinician_released_it(
    app: Watched, database: str
) -> None:
    there = await carers()
    ada = await national_id(there.ada)
    async with at_work(app, there, there.olga) as olga:
        await olga.post(f"{API}/people/{ada}/treatment{PURPOSE}")
        written = await olga.post(f"{API}/people/{ada}/notes{PURPOSE}", json={"text": "Doing well"})
        number = written.json()["notes"][0]["id"]
        assert (await olga.post(f"{API}/people/{ada}/notes/{number}/release{PURPOSE}")).status_code == 200
        assert (await olga.post(f"{API}/people/{ada}/notes/{number}/release{PURPOSE}")).status_code == 409
    async with at_work(app, there, there.ada) as client:
        mine = (await client.get("/api/v1/me/care")).json()
        assert [(one["text"], one["author"]) for one in mine["notes"]] == [("Doing well", "Olga Oh")]
        assert "Doing well" in (await client.get("/passport/care")).text


async def test_the_desk_lists_who_waits_after_an_event_and_whose_check_is_due(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    there = await carers()
    await attended(there.ada, YESTERDAY)
    await attended(there.desi, YESTERDAY)
    desi = await national_id(there.desi)
    async with at_work(app, there, there.cora) as cora:
        await cora.post(f"{API}/people/{desi}/offers{PURPOSE}", json={"offered_on": today().isoformat()})
        found = (await cora.get(API)).json()
        assert [one["name"] for one in found["after_events"]] == ["Ada Okafor"]
        due = {one["name"] for one in found["due"]}
        assert "Ada Okafor" in due
        assert not due & {"Desi Desk", "Cora Coord", "Otto Kent"}
        assert [one["name"] for one in found["offered"]] == ["Desi Desk"]
        assert "Offer support after an event" in (await cora.get("/care")).text


async def test_what_one_attended_one_adds_oneself_once(app: Watched, database: str) -> None:
    there = await carers()
    event = {"kind": "suicide", "attended_on": YESTERDAY.isoformat()}
    async with at_work(app, there, there.ada) as client:
        added = await client.post("/api/v1/me/care/events", json=event)
        assert added.status_code == 201
        assert added.json()["events"] == [
            {"kind": "suicide", "attended_on": YESTERDAY.isoformat(), "is_own": True}
        ]
        assert (await client.post("/api/v1/me/care/events", json=event)).status_code == 409
        ahead = {"kind": "suicide", "attended_on": (today() + timedelta(days=1)).isoformat()}
        assert (await client.post("/api/v1/me/care/events", json=ahead)).status_code == 400
        unasked = await client.post(
            f"/api/v1/me/care/offers/{today().isoformat()}", json={"reply": "refused"}
        )
        assert unasked.status_code == 409
        token = client.headers["x-csrftoken"]
        wrong = await client.post(
            "/passport/care/events",
            data={
                "kind": "suicide",
                "attended-day": "41",
                "attended-month": "3",
                "attended-year": "2026",
                "_csrf_token": token,
            },
        )
        assert wrong.status_code == 400
        assert 'value="41"' in wrong.text
        assert 'value="suicide" selected' in wrong.text


async def test_a_supervisor_learns_the_day_of_an_offer_and_nothing_of_why_or_what_was_answered(
    app: Watched, database: str
) -> None:
    """What is shown is the same whatever the person went through: it follows from the schedule and the offer alone."""
    await policy_in_force(today())
    there = await carers()
    ada, desi = await national_id(there.ada), await national_id(there.desi)
    shown = []
    for happened in (False, True):
        if happened:
            await attended(there.ada, YESTERDAY)
        async with at_work(app, there, there.bea) as client:
            page = await client.get(f"/team/{ada}/check-in")
            assert page.status_code == 200
            assert "Check-in due" in page.text
            shown.append((await client.get(f"/api/v1/team/{ada}/check-in")).json())
            assert (await client.get(f"/team/{desi}/check-in")).status_code == 404
    assert shown == [{"offered_on": None, "due_on": None}] * 2
    async with at_work(app, there, there.cora) as cora:
        await cora.post(f"{API}/people/{ada}/offers{PURPOSE}", json={"offered_on": today().isoformat()})
    async with at_work(app, there, there.ada) as client:
        await client.post(f"/api/v1/me/care/offers/{today().isoformat()}", json={"reply": "refused"})
    async with at_work(app, there, there.bea) as client:
        told = (await client.get(f"/api/v1/team/{ada}/check-in")).json()
    assert told["offered_on"] == today().isoformat()
    assert set(told) == {"offered_on", "due_on"}


async def test_what_somebody_went_through_changes_no_byte_that_anybody_else_reads(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    there = await carers()
    ada, day = await national_id(there.ada), today().isoformat()
    async with at_work(app, there, there.cora) as cora:
        await cora.post(f"{API}/people/{ada}/offers{PURPOSE}", json={"offered_on": day})

    async def read_by_others() -> list[bytes]:
        read: list[bytes] = []
        places = ("/api/v1/team", f"/api/v1/team/{ada}/check-in", f"/api/v1/people/{ada}/decision")
        for person_id in (there.bea, there.desi):
            async with at_work(app, there, person_id) as client:
                read += [(await client.get(place)).content.partition(b'"known"')[0] for place in places]
        return [answer for answer in read if b"urn:request" not in answer]

    before = await read_by_others()
    assert len(before) == 4
    await attended(there.ada, YESTERDAY, "threat to the officer’s life")
    async with at_work(app, there, there.ada) as client:
        await client.post(f"/api/v1/me/care/offers/{day}", json={"reply": "refused"})
    async with at_work(app, there, there.olga) as olga:
        await olga.post(f"{API}/people/{ada}/treatment{PURPOSE}")
        await olga.post(f"{API}/people/{ada}/notes{PURPOSE}", json={"text": "Cannot sleep"})
    assert await read_by_others() == before


async def test_what_was_typed_for_long_is_still_there_when_a_new_proof_is_asked_for(
    app: Watched, database: str
) -> None:
    there = await carers()
    ada = await national_id(there.ada)
    async with at_work(app, there, there.olga, proved=False) as client:
        form = {"text": "A long note", "_csrf_token": client.headers["x-csrftoken"]}
        kept = await client.post(f"/care/people/{ada}/notes{PURPOSE}", data=form)
        assert kept.status_code == 401
        assert "A long note" in kept.text
        assert f'action="/care/people/{ada}/notes?purpose=the+routine+check"' in kept.text
        assert "Ada" not in kept.text
        assert (await client.get(f"/care/people/{ada}{PURPOSE}")).status_code == 303
        assert (await client.post(f"/care/people/{ada}/offers{PURPOSE}", data=form)).status_code == 303
