"""Does a vetting case open to those assigned to it alone, for a stated purpose, and end by two where it takes something?"""

import asyncio
from datetime import timedelta

import pytest

from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import as_owner, fetch
from foundation.requests import Watched
from licence.standing.due import months_after
from tests.licence.vetting.vetters import PURPOSE, Unit, at_work, case, clearance, national_id, unit

pytestmark = pytest.mark.anyio

API = "/api/v1/vetting"


async def events(name: str) -> list[dict[str, object]]:
    """Return the lines of audit of one name."""
    rows = await fetch(
        """SELECT actor_id, subject_id, subject_ids, purpose, role, is_reading, detail::text FROM foundation.audit_event
            WHERE event = $1 ORDER BY id""",
        name,
    )
    return [dict(row) for row in rows]


async def proposals_of(app: Watched, there: Unit, person_id: int) -> list[dict[str, object]]:
    """Return what waits for somebody's agreement."""
    async with at_work(app, there, person_id) as client:
        found: list[dict[str, object]] = (await client.get(f"{API}/cases")).json()["proposals"]
        return found


async def test_a_case_opens_to_its_officer_for_a_purpose_and_says_who_looked(
    app: Watched, database: str
) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        answer = await client.get(f"/vetting/cases/{number}{PURPOSE}")
        assert answer.status_code == 200
        assert "Ada Okafor" in answer.text
        assert (await client.get(f"{API}/cases/{number}{PURPOSE}")).json()["name"] == "Ada Okafor"
    (first, _) = await events("vetting case read")
    assert first["subject_id"] == there.ada
    assert first["purpose"] == "renewing a clearance"
    assert first["role"] == "vetting officer"
    assert first["is_reading"] is True


async def test_without_a_purpose_nothing_is_shown_and_the_attempt_is_kept(
    app: Watched, database: str
) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        for address in (
            f"/vetting/cases/{number}",
            f"/vetting/cases/{number}?purpose=curiosity",
            f"{API}/cases/{number}",
        ):
            answer = await client.get(address)
            assert answer.status_code == 400, address
            assert "Ada" not in answer.text
        assert (await client.get(f"/vetting/cases/{number}/purpose")).status_code == 200
    assert len(await events("vetting case asked for without a purpose")) == 3
    assert await events("vetting case read") == []


async def test_whoever_is_not_on_a_case_finds_no_case(app: Watched, database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    for person_id in (there.vik, there.kit, there.ada, there.bea, there.desi):
        async with at_work(app, there, person_id) as client:
            shown = await client.get(f"/vetting/cases/{number}{PURPOSE}")
            absent = await client.get(f"/vetting/cases/{number + 1000}{PURPOSE}")
            assert (shown.status_code, absent.status_code) == (404, 404)
            told, untold = [
                (await client.get(f"{API}/cases/{one}{PURPOSE}")).json() for one in (number, 10**9 * 2)
            ]
            told.pop("instance"), untold.pop("instance")
            assert told == untold


async def test_nobody_opens_a_case_about_themselves_or_their_own_manager(app: Watched, database: str) -> None:
    there = await unit()
    own = await case(there, officers=(there.vik,), about=there.bea)
    async with as_owner() as owner:
        await owner.execute(
            "INSERT INTO people.line (person_id, supervisor_id, valid_from) VALUES ($1, $2, '2024-01-01')",
            there.vik, there.bea,
        )  # fmt: skip
    async with at_work(app, there, there.vik) as client:
        assert (await client.get(f"{API}/cases/{own}{PURPOSE}")).status_code == 404
        assert (await client.get(f"{API}/cases")).json()["cases"] == []


async def test_a_recent_proof_is_asked_for_first(app: Watched, database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera, proved=False) as client:
        page = await client.get(f"/vetting/cases/{number}{PURPOSE}")
        assert page.status_code == 303
        assert page.headers["location"].startswith("/sign-in/again")
        assert (await client.get(f"{API}/cases/{number}{PURPOSE}")).status_code == 401
    assert await events("vetting case read") == []


async def test_a_colleague_is_put_on_a_case_by_two_others(app: Watched, database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        chosen = {"officer": await national_id(there.vik)}
        assert (
            await client.post(f"{API}/cases/{number}/colleagues{PURPOSE}", json=chosen)
        ).status_code == 201
        assert (
            await client.post(f"{API}/cases/{number}/colleagues{PURPOSE}", json=chosen)
        ).status_code == 409
        stranger = {"officer": await national_id(there.kit)}
        assert (
            await client.post(f"{API}/cases/{number}/colleagues{PURPOSE}", json=stranger)
        ).status_code == 400
        herself = {"officer": await national_id(there.ada)}
        assert (
            await client.post(f"{API}/cases/{number}/colleagues{PURPOSE}", json=herself)
        ).status_code == 400
    assert await proposals_of(app, there, there.vera) == []
    assert await proposals_of(app, there, there.vik) == []
    (waiting,) = await proposals_of(app, there, there.val)
    async with at_work(app, there, there.vik) as client:
        assert (await client.get(f"{API}/cases/{number}{PURPOSE}")).status_code == 404
        assert (await client.post(f"{API}/proposals/{waiting['id']}/agreement")).status_code == 404
    async with at_work(app, there, there.val) as client:
        assert (await client.post(f"{API}/proposals/{waiting['id']}/agreement")).status_code == 200
    async with at_work(app, there, there.vik) as client:
        assert (await client.get(f"{API}/cases/{number}{PURPOSE}")).status_code == 200


async def test_of_many_who_agree_at_once_one_has(app: Watched, database: str) -> None:
    there = await unit()
    async with at_work(app, there, there.vera) as client:
        new = {
            "person": await national_id(there.bea),
            "level": "management vetting",
            "officer": await national_id(there.vera),
        }
        assert (await client.post(f"{API}/cases", json=new)).status_code == 201
    (waiting,) = await proposals_of(app, there, there.val)
    async with at_work(app, there, there.val) as val, at_work(app, there, there.vik) as vik:
        address = f"{API}/proposals/{waiting['id']}/agreement"
        answers = await asyncio.gather(*(each.post(address) for each in (val, vik, val, vik, val, vik)))
    assert sorted({answer.status_code for answer in answers}) in ([200, 404], [200, 409], [200, 404, 409])
    assert [answer.status_code for answer in answers].count(200) == 1
    assert len(await events("vetting officer agreed to")) == 1


async def test_what_was_added_stays_and_its_words_never_reach_the_audit(app: Watched, database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        for text in ("An undeclared debt", "It was paid"):
            entry = {"kind": "adverse material", "text": text}
            assert (
                await client.post(f"{API}/cases/{number}/entries{PURPOSE}", json=entry)
            ).status_code == 201
        odd = {"kind": "adverse material", "text": "x", "recorded_by": there.vik}
        assert (await client.post(f"{API}/cases/{number}/entries{PURPOSE}", json=odd)).status_code == 400
        told = (await client.get(f"{API}/cases/{number}{PURPOSE}")).json()["entries"]
    assert [one["text"] for one in told] == ["It was paid", "An undeclared debt"]
    lines = await fetch(
        "SELECT FROM foundation.audit_event WHERE to_jsonb(audit_event)::text LIKE '%undeclared%'"
    )
    assert lines == []


async def test_what_is_granted_holds_as_long_as_policy_says_and_is_told_to_the_person(
    app: Watched, database: str
) -> None:
    await policy_in_force(today())
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        ended = await client.post(f"{API}/cases/{number}/conclusion{PURPOSE}", json={"outcome": "granted"})
        assert ended.json() == {"is_concluded": True}
        again = await client.post(f"{API}/cases/{number}/conclusion{PURPOSE}", json={"outcome": "granted"})
        assert again.status_code == 409
        entry = {"kind": "reason", "text": "late"}
        assert (await client.post(f"{API}/cases/{number}/entries{PURPOSE}", json=entry)).status_code == 409
    async with at_work(app, there, there.ada) as client:
        mine = (await client.get("/api/v1/me/vetting")).json()
    (held,) = mine["clearances"]
    assert held["level"] == "recruitment vetting"
    assert held["valid_from"] == today().isoformat()
    last = months_after(today(), 120) - timedelta(days=1)
    assert held["valid_until"] == last.isoformat()
    assert mine["told"] == [
        {"level": "recruitment vetting", "outcome": "granted", "told_on": today().isoformat()}
    ]


async def test_a_withdrawal_takes_two_officers_on_the_case(app: Watched, database: str) -> None:
    there = await unit()
    await clearance(there.ada, until="2033-01-01")
    number = await case(there, officers=(there.vera, there.vik))
    address, body = f"{API}/cases/{number}/conclusion{PURPOSE}", {"outcome": "withdrawn"}
    async with at_work(app, there, there.vera) as vera, at_work(app, there, there.vik) as vik:
        assert (await vera.post(address, json=body)).json() == {"is_concluded": False}
        assert (await vera.post(address, json=body)).status_code == 409, "not by whoever proposed it"
        assert (await vik.post(address, json={"outcome": "granted"})).status_code == 409
        assert (await vik.post(address.replace("conclusion", "conclusion/withdrawal"))).status_code == 200
        assert (await vera.post(address, json=body)).json() == {"is_concluded": False}
        assert (await vik.post(address, json=body)).json() == {"is_concluded": True}
    async with at_work(app, there, there.ada) as client:
        mine = (await client.get("/api/v1/me/vetting")).json()
        assert [one["is_held"] for one in mine["clearances"]] == [False]
        assert "withdrawn" in (await client.get("/passport/vetting")).text.lower()


async def test_the_database_alone_refuses_one_officer_who_withdraws(database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with as_owner() as owner:
        with pytest.raises(Exception, match="a_second_officer_agrees"):
            await owner.execute(
                """UPDATE vetting.vetting_case SET outcome = 'withdrawn', concluded_on = '2026-03-03', concluded_by = $2,
                          proposed_outcome = 'withdrawn', proposed_by = $2 WHERE number = $1""",
                number, there.vera,
            )  # fmt: skip


async def test_a_form_keeps_what_was_typed(app: Watched, database: str) -> None:
    there = await unit()
    number = await case(there, officers=(there.vera,))
    async with at_work(app, there, there.vera) as client:
        token = client.headers["x-csrftoken"]
        wrong = await client.post(
            f"/vetting/cases/{number}/entries{PURPOSE}", data={"text": "A long story", "_csrf_token": token}
        )
        assert wrong.status_code == 400
        assert "A long story" in wrong.text
        assert "Select what it is" in wrong.text
        form = {"person": "not a number", "officer": str(there.vera), "_csrf_token": token}
        wrong = await client.post("/vetting/cases/new", data=form)
        assert wrong.status_code == 400
        assert "not a number" in wrong.text
