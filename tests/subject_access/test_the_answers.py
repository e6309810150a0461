"""Does every answer to a program about what is held have the fields that are written down, and no others?"""

import pytest

from attested.subject_access.catalogue import Part
from foundation.requests import Watched
from tests.api.confidential import HELD
from tests.api.test_shapes import complaints
from tests.subject_access.asking import everybody, gathered, written
from tests.wellbeing.carers import at_work

pytestmark = pytest.mark.anyio
FOR = "purpose=judging+what+may+be+given"


async def test_every_answer_has_the_fields_written_down_and_no_others(app: Watched, database: str) -> None:
    there, carla, priya = await everybody()
    await written(there, carla)
    found: dict[str, list[str]] = {}
    async with at_work(app, there, there.ada) as client:
        found["askForEverything"] = complaints("askForEverything", await client.post("/api/v1/me/data"))
        answer = await client.get("/api/v1/me/data")
        found["myRequest"] = complaints("myRequest", answer)
    async with at_work(app, there, priya) as client:
        listed = await client.get("/api/v1/privacy/requests")
        found["dataRequests"] = complaints("dataRequests", listed)
        number = listed.json()["open"][0]["number"]
        body = {"months": 1, "reason": "Many files"}
        extended = await client.post(f"/api/v1/privacy/requests/{number}/extension", json=body)
        found["extendDataRequest"] = complaints("extendDataRequest", extended)
    for who, part in ((there.olga, Part.HEALTH), (there.vera, Part.VETTING)):
        async with at_work(app, there, who) as client:
            address = f"/api/v1/exemptions/{part}"
            found[f"{part}ToJudge"] = complaints(f"{part}ToJudge", await client.get(address))
            opened = await client.get(f"{address}/{number}?{FOR}")
            found[f"{part}RecordToJudge"] = complaints(f"{part}RecordToJudge", opened)
            verdicts = [{"item": one["id"]} for one in opened.json()["items"]]
            body = {"digest": opened.json()["digest"], "items": verdicts}
            name = f"judge{part.capitalize()}Record"
            found[name] = complaints(name, await client.post(f"{address}/{number}", json=body))
    await gathered(number)
    async with at_work(app, there, there.ada) as client:
        found["myCopy"] = complaints("myCopy", await client.get("/api/v1/me/data/copy"))
    assert found == {name: [] for name in HELD}
