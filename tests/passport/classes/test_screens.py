"""Do the pages and the API of classes keep what was typed, say what is wrong, and stay shut to whoever has no business there?"""

from collections.abc import Mapping

import pytest
from httpx2 import AsyncClient

from foundation.clock import today
from foundation.database import fetch_one
from foundation.requests import Watched
from passport.classes.rules import Outcome
from tests.api.confidential import TRAINING
from tests.api.test_shapes import OPERATIONS, complaints
from tests.clients import submit
from tests.passport.classes.training import School, at_work, held_by, school

pytestmark = pytest.mark.anyio
ON = today()
NEW = {
    "requirement-1": "PPST", "hours-1": "12", "requirement-2": "", "where": "Room 4",
    "held-day": str(ON.day), "held-month": str(ON.month), "held-year": str(ON.year),
}  # fmt: skip


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def national_id(person_id: int) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])


async def made(client: AsyncClient, numbers: str = "4002 4003") -> str:
    """Make a class through the pages, and return where it is."""
    answer = await submit(client, "/classes/new", "/classes/new", NEW)
    where = answer.headers["location"].partition("?")[0]
    if numbers:
        await submit(client, where, f"{where}/people", {"numbers": numbers})
    return str(where)


async def test_a_class_is_made_filled_and_signed_through_the_pages(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        where = await made(client)
        everybody = await submit(client, where, f"{where}/signature", {"everybody": "passed"})
        assert everybody.text.count(" checked") == 2
        marks = {f"outcome-{there.ada}": "passed", f"outcome-{there.bo}": "did not attend"}
        signed = await submit(client, where, f"{where}/signature", marks)
        assert signed.headers["location"] == f"{where}?done=signed"
        again = await client.post(
            f"{where}/signature", data={**marks, "_csrf_token": client.headers["x-csrftoken"]}
        )
        assert again.headers["location"] == f"{where}?done=signed", "sent twice it is signed once"
        assert "1 of 2 passed" in (await client.get("/classes")).text
    assert await held_by(there.ada) == [("PPST", ON, True)]
    assert await held_by(there.bo) == []


async def test_what_waits_to_be_signed_stands_on_top(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        waiting = await made(client)
        signed = await made(client, numbers="4002")
        await submit(client, signed, f"{signed}/signature", {f"outcome-{there.ada}": "passed"})
        listed = (await client.get("/classes")).text
    assert listed.index(f'"{waiting}"') < listed.index(f'"{signed}"')


async def test_what_is_missing_is_said_and_what_was_typed_stays(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        wrong = {**NEW, "requirement-1": "", "hours-1": "many", "where": "", "held-month": "13"}
        answer = await submit(client, "/classes/new", "/classes/new", wrong)
        assert answer.status_code == 400
        for words in (
            "Select what the class meets",
            "such as 6 or 7.5",
            "must be a real date",
            "Enter where",
        ):
            assert words in answer.text
        assert 'value="many"' in answer.text
        where = await made(client, "")
        answer = await submit(client, where, f"{where}/people", {"numbers": "4002\n777 4000"})
        assert "Nobody of your force was found by 777 and 4000. The other 1 person was added." in answer.text
        assert ">777\n4000</textarea>" in answer.text
        assert "Ada Okafor" in answer.text
        answer = await submit(client, where, f"{where}/people", {"numbers": ""})
        assert "Nobody of your force was found by that" in answer.text
        answer = await submit(client, where, f"{where}/signature", {})
        assert "Say how Ada Okafor did" in answer.text
        answer = await submit(
            client, where, f"{where}/people/removal", {"whom": await national_id(there.ada)}
        )
        assert answer.headers["location"].endswith("done=taken-off")


async def test_a_correction_needs_a_reason_and_keeps_the_marks(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        where = await made(client, "4002")
        assert (await client.get(f"{where}/correction")).headers["location"] == where
        await submit(client, where, f"{where}/signature", {f"outcome-{there.ada}": "passed"})
        changed = {f"outcome-{there.ada}": "failed"}
        answer = await submit(client, f"{where}/correction", f"{where}/correction", changed)
        assert (answer.status_code, "Say why" in answer.text) == (400, True)
        assert 'value="failed" checked' in answer.text
        answer = await submit(
            client, f"{where}/correction", f"{where}/correction", {**changed, "why": "left early"}
        )
        assert answer.headers["location"] == f"{where}?done=corrected"
    assert await held_by(there.ada) == []


async def test_somebody_is_found_by_name_and_never_a_supervisor_of_ones_own(
    app: Watched, there: School
) -> None:
    async with at_work(app, there.tess) as client:
        where = await made(client, "")
        assert "Bo Bright" in (await client.get(f"{where}?q=bright")).text
        assert "Bea Boss" not in (await client.get(f"{where}?q=bea")).text


async def test_the_desk_sees_a_sheet_and_changes_none_and_nobody_else_sees_it(
    app: Watched, there: School
) -> None:
    async with at_work(app, there.tess) as client:
        where = await made(client)
    async with at_work(app, there.lea) as client:
        page = await client.get(where)
        assert ("Ada Okafor" in page.text, "Sign the sheet" in page.text) == (True, False)
        token = {"_csrf_token": client.headers["x-csrftoken"]}
        assert (await client.post(f"{where}/signature", data=token)).status_code == 404
    for other in (there.ada, there.kit):
        async with at_work(app, other) as client:
            assert (await client.get(where)).status_code == 404


async def call(
    client: AsyncClient,
    operation_id: str,
    *,
    body: Mapping[str, object] | None = None,
    status: int = 200,
    **at: object,
) -> Mapping[str, object]:
    """Call an operation, and hold its answer to what is written down of it."""
    method, path, _ = OPERATIONS[operation_id]
    answer = await client.request(method, path.format(**at), json=body)
    assert answer.status_code == status, answer.text
    assert complaints(operation_id, answer) == []
    found: Mapping[str, object] = answer.json()
    return found


async def test_a_program_makes_fills_signs_and_corrects_a_class(app: Watched, there: School) -> None:
    ada, bo = await national_id(there.ada), await national_id(there.bo)
    async with at_work(app, there.tess) as client:
        body = {
            "taught": [{"requirement": "PPST", "hours": 12}],
            "held_on": ON.isoformat(),
            "place": "Room 4",
        }
        for far_off in ("1900-01-01", "9999-12-31"):
            await call(client, "makeClass", body={**body, "held_on": far_off}, status=400)
        told = await call(client, "makeClass", body=body, status=201)
        at = told["about"]["number"]  # type: ignore[index]
        await call(client, "addToClass", class_id=at, body={"numbers": [ada, "4003"]})
        refused = await call(client, "addToClass", class_id=at, body={"numbers": ["777"]}, status=400)
        assert "777" in str(refused["errors"])
        await call(client, "takeOffClass", class_id=at, body={"person": bo})
        marks = {"marks": [{"person": ada, "outcome": Outcome.PASSED}]}
        both = {"marks": [*marks["marks"], {"person": ada, "outcome": Outcome.FAILED}]}
        await call(client, "signClass", class_id=at, body=both, status=400)
        await call(client, "signClass", class_id=at, body=marks)
        signed = await call(client, "signClass", class_id=at, body=marks)
        assert signed["places"][0]["marked_by"] == "Tess Trainer"  # type: ignore[index]
        stranger = {"marks": [{"person": bo, "outcome": Outcome.PASSED}], "reason": "him too"}
        await call(client, "correctClass", class_id=at, body=stranger, status=400)
        await call(client, "addToClass", class_id=at, body={"numbers": [bo]})
        await call(client, "correctClass", class_id=at, body=stranger)
        moved = {"hours": [{"requirement": "PPST", "hours": 8}], "reason": "It ended at four"}
        right = await call(client, "putClassRight", class_id=at, body=moved)
        assert right["put_right"][0]["was_hours"] == "12.00"  # type: ignore[index]
        unknown = {"hours": [{"requirement": "FIRST-AID", "hours": 8}], "reason": "Not met"}
        await call(client, "putClassRight", class_id=at, body=unknown, status=400)
        long_ago = {"held_on": "1900-01-01", "reason": "Longer ago"}
        await call(client, "putClassRight", class_id=at, body=long_ago, status=400)
        await call(client, "classSheet", class_id=at)
        assert (await call(client, "classes"))["classes"][0]["passed"] == 2  # type: ignore[index]
        told = await call(client, "makeClass", body=body, status=201)
        at = told["about"]["number"]  # type: ignore[index]
        await call(client, "cancelClass", class_id=at, body={"reason": "No trainer", "force_failed": True})
        await call(client, "cancelClass", class_id=at, body={"reason": "Twice"}, status=409)
    assert await held_by(there.bo) == [("PPST", ON, True)]
    assert set(TRAINING) <= OPERATIONS.keys()
