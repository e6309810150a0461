"""Does the API of readings, broken glass and exports answer with the fields written down, and with no others?"""

import pytest
from httpx2 import AsyncClient

from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.requests import Watched
from tests.access.exports.test_exports import colleague
from tests.access.readings.conftest import People
from tests.access.readings.test_unusual_reading import raised
from tests.api.confidential import READING
from tests.api.test_shapes import OPERATIONS, complaints
from tests.builders import line, listed, officer
from tests.clients import calling
from tests.licence.desk.standings import many

pytestmark = pytest.mark.anyio
WORDS = "Needed at the bridge"


class Called:
    """Calls operations by their names, and notes which it called and what was wrong with the answers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.wrong: list[str] = []

    async def __call__(
        self, client: AsyncClient, name: str, body: dict[str, object] | None = None, **names: object
    ) -> object:
        """Call an operation; it must succeed and show something."""
        method, path, _ = OPERATIONS[name]
        await client.get("/api/v1/policies")
        token = {"x-csrftoken": client.cookies[form_cookie_name()]}
        where = path.format(**names)
        answer = await (
            client.get(where) if method == "get" else client.post(where, headers=token, json=body)
        )
        assert answer.status_code in {200, 201}, f"{name}: {answer.text}"
        assert answer.content not in {b"[]", b"{}"}, f"{name} has nothing to show"
        self.names.append(name)
        self.wrong += complaints(name, answer)
        return None if path.endswith(".csv") else answer.json()


async def test_every_operation_answers_with_the_fields_written_down(app: Watched, people: People) -> None:
    await line(await officer("Rae", "Port"), people.stranger)
    other = await colleague()
    await raised(people.desk)
    await many(501)
    await listed()
    call, who = Called(), people.national_id
    async with calling(app, people.stranger) as inspector, calling(app, people.privacy) as privacy:
        opened = await call(inspector, "breakGlass", {"person": who, "why": "other", "words": WORDS})
        assert isinstance(opened, dict)
        await call(inspector, "myGlass")
        await call(inspector, "endGlass", glass_id=opened["id"])
        await call(privacy, "brokenGlass")
        await call(privacy, "reviewGlass", {"is_upheld": True, "words": WORDS}, glass_id=opened["id"])
        await call(privacy, "readingsOf", national_id=who)
        number = (await privacy.get("/api/v1/privacy/alerts")).json()[0]
        await call(privacy, "readingAlerts")
        await call(privacy, "seeReadingAlert", {"words": WORDS}, alert_id=number["id"])
        held = {"reader": number["national_id"], "delayed_until": today().isoformat(), "reason": WORDS}
        await call(privacy, "holdBack", held, national_id=who)
        await call(privacy, "heldBack", national_id=who)
        ended = OPERATIONS["tellAgain"][1].format(national_id=who, delay_id=1)
        told = await privacy.post(ended, headers={"x-csrftoken": privacy.cookies[form_cookie_name()]})
        assert told.json() == []
        await call(privacy, "readingsBy", national_id=number["national_id"])
    async with calling(app, people.ada) as ada:
        await call(ada, "myReadings")
    async with calling(app, people.desk) as desk, calling(app, other) as second:
        asked = await call(desk, "askForDeskLicences", {"reason": WORDS})
        assert isinstance(asked, dict)
        await call(second, "agreeToExport", export_id=asked["id"])
        await call(desk, "takeDeskLicences")
        again = await call(desk, "askForDeskLicences", {"reason": WORDS})
        assert isinstance(again, dict)
        await call(second, "refuseExport", export_id=again["id"])
        lines = await call(desk, "askForReturnedLines", {"reason": WORDS}, file_id=people.file)
        assert isinstance(lines, dict)
        await call(second, "agreeToExport", export_id=lines["id"])
        await call(desk, "takeReturnedLines", file_id=people.file)
        await call(desk, "exports")
        await call(desk, "export", export_id=asked["id"])
    assert {*call.names, "tellAgain"} == {*READING}
    assert call.wrong == []
