"""Do the pages and the API lead through asking, judging, extending and fetching, and shut out everybody else?"""

import json
from datetime import timedelta

import pytest

from attested.subject_access.catalogue import Part
from foundation.clock import today
from foundation.database import as_owner, fetch
from foundation.requests import Watched
from tests.clients import submit
from tests.subject_access.asking import (
    ADVERSE,
    CANARY,
    SECRET,
    asked,
    everybody,
    gathered,
    judged,
    what_is_said_of,
    written,
)
from tests.wellbeing.carers import Carers, at_work

pytestmark = pytest.mark.anyio

MINE = "/passport/my-data"
PURPOSE = "?purpose=judging+what+may+be+given"


async def ready(there: Carers) -> int:
    """Ask for Ada's copy and have all of it given."""
    number = await asked(there.ada)
    await gathered(number)
    await judged(there, there.olga, Part.HEALTH, number)
    await judged(there, there.vera, Part.VETTING, number)
    return number


async def test_one_asks_waits_and_fetches(app: Watched, database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    async with at_work(app, there, there.ada) as client:
        sent = await submit(client, MINE, MINE, {})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{MINE}?done=asked")
        waiting = await client.get(MINE)
        assert waiting.headers["refresh"] == f"10; url={MINE}"
        assert "Being gathered" in waiting.text
        assert (await client.get(f"{MINE}/copy")).status_code == 409
        again = await client.post("/api/v1/me/data")
        assert again.status_code == 409
    (row,) = await fetch("SELECT id FROM access.subject_request")
    await gathered(row["id"])
    async with at_work(app, there, there.ada) as client:
        page = await client.get(MINE)
        assert "refresh" not in page.headers
        assert "With a clinician" in page.text
        copy = await client.get(f"{MINE}/copy")
        assert copy.status_code == 200
        assert "a responsible officer" in copy.text
        for hidden in (SECRET, ADVERSE, CANARY):
            assert hidden not in copy.text


@pytest.mark.parametrize(("suffix", "start"), [("json", b"{"), ("pdf", b"%PDF-1.7")])
async def test_the_copy_is_taken_away(app: Watched, database: str, suffix: str, start: bytes) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    await ready(there)
    async with at_work(app, there, there.ada) as client:
        taken = await client.get(f"{MINE}/copy.{suffix}")
        assert taken.status_code == 200
        assert taken.content.startswith(start)
        assert taken.headers["cache-control"] == "no-store"
        assert f".{suffix}" in taken.headers["content-disposition"]
        if suffix == "json":
            told = (await client.get("/api/v1/me/data/copy")).json()
            assert told["version"] == json.loads(taken.content)["version"] == 1
            assert [part["part"] for part in told["parts"]] == ["general", "health", "vetting"]
            assert all(
                len(row) == len(section["columns"])
                for part in told["parts"] for section in part["sections"] for row in section["rows"]
            )  # fmt: skip


async def test_it_is_fetched_only_by_whoever_has_just_proved_who_they_are(
    app: Watched, database: str
) -> None:
    there, _, _ = await everybody()
    await ready(there)
    async with at_work(app, there, there.ada, proved=False) as client:
        assert (await client.get(f"{MINE}/copy")).status_code == 303
        assert (await client.get("/api/v1/me/data/copy")).status_code == 401
    async with at_work(app, there, there.bea) as client:
        assert (await client.get(f"{MINE}/copy")).status_code == 404


async def test_a_clinician_judges_by_page_and_keeps_what_they_typed(app: Watched, database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    address = f"/exemptions/health/{number}"
    async with at_work(app, there, there.olga) as client:
        assert "Ada Okafor" in (await client.get("/exemptions/health")).text
        asking = await client.get(address)
        assert asking.status_code == 200
        assert SECRET not in asking.text
        assert (await client.get(f"{address}?purpose=")).status_code == 400
        shown = (await client.get(f"{address}{PURPOSE}")).text
        assert SECRET in shown
        assert CANARY not in shown
        count = shown.count('name="said-')
        given = {f"said-{at}": "give" for at in range(1, count + 1)}
        digest = shown.partition('name="digest" value="')[2][:64]
        held_back = {**given, "digest": digest, "said-1": "serious harm", "reason-2": "Typed already"}
        wrong = await submit(client, f"{address}{PURPOSE}", address, held_back)
        assert wrong.status_code == 400
        assert "Item 1: enter why it is withheld" in wrong.text
        assert "Typed already" in wrong.text
        done = await submit(
            client, f"{address}{PURPOSE}", address, {**held_back, "reason-1": "It would harm her"}
        )
        assert (done.status_code, done.headers["location"]) == (303, "/exemptions/health?done=judged")
        assert (await client.get(f"{address}{PURPOSE}")).status_code == 404
    assert await what_is_said_of(number, "health_judged_at") is not None
    purposes = {
        row["purpose"]
        for row in await fetch(
            "SELECT purpose FROM foundation.audit_event WHERE subject_id = $1 AND actor_id = $2",
            there.ada,
            there.olga,
        )
    }
    assert purposes == {"judging what may be given", "subject access"}


async def test_a_program_judges_vetting(app: Watched, database: str) -> None:
    there, carla, _ = await everybody()
    await written(there, carla)
    number = await asked(there.ada)
    address = f"/api/v1/exemptions/vetting/{number}"
    async with at_work(app, there, there.vera) as client:
        assert (await client.get(address)).status_code == 400
        found = (await client.get(f"{address}{PURPOSE}")).json()
        items = [{"item": one["id"], "ground": "vetting harm", "reason": "Harm"} for one in found["items"]]
        short = await client.post(address, json={"digest": found["digest"], "items": items[1:]})
        assert short.status_code == 400
        stale = await client.post(address, json={"digest": "0" * 64, "items": items})
        assert stale.status_code == 409
        done = await client.post(address, json={"digest": found["digest"], "items": items})
        assert done.json() == {"number": number, "part": "vetting"}


async def test_whoever_may_not_judge_finds_nothing(app: Watched, database: str) -> None:
    there, _, _ = await everybody()
    number = await asked(there.ada)
    for person_id in (there.cora, there.desi, there.bea, there.ada, there.otto, there.vera):
        async with at_work(app, there, person_id) as client:
            for address in (
                f"/exemptions/health/{number}{PURPOSE}",
                f"/api/v1/exemptions/health/{number}{PURPOSE}",
            ):
                assert (await client.get(address)).status_code == 404
    async with at_work(app, there, there.olga, proved=False) as client:
        assert (await client.get("/exemptions/health")).status_code == 303


async def test_the_privacy_officer_sees_the_clock_and_extends_it(app: Watched, database: str) -> None:
    there, _, priya = await everybody()
    number, own = await asked(there.ada), await asked(priya)
    address = f"/privacy/requests/{number}/extension"
    async with at_work(app, there, priya) as client:
        page = (await client.get("/privacy/requests")).text
        assert "Ada Okafor" in page
        assert "days left" in page
        assert "The service, a clinician and a vetting officer" in page
        assert [one["number"] for one in (await client.get("/api/v1/privacy/requests")).json()["open"]] == [
            number
        ]
        assert (await client.get(f"/privacy/requests/{own}/extension")).status_code == 404
        wrong = await submit(client, address, address, {"reason": "Many files"})
        assert wrong.status_code == 400
        assert "Many files" in wrong.text
        done = await submit(client, address, address, {"months": "2", "reason": "Many files"})
        assert done.headers["location"] == "/privacy/requests?done=extended"
        again = await client.post(f"/api/v1{address}", json={"months": 1, "reason": "Again"})
        assert again.status_code == 409
    async with at_work(app, there, there.desi) as client:
        assert (await client.get("/privacy/requests")).status_code == 404


async def test_an_overdue_request_is_red(app: Watched, database: str) -> None:
    there, _, priya = await everybody()
    await asked(there.ada)
    async with as_owner() as owner:
        await owner.execute(
            "UPDATE access.subject_request SET asked_on = $1, due_on = $2",
            today() - timedelta(40),
            today() - timedelta(9),
        )
    async with at_work(app, there, priya) as client:
        page = (await client.get("/privacy/requests")).text
        assert 'govuk-tag--red">9 days overdue' in page
        assert "Too late to extend" in page
