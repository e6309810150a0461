"""Can somebody learn, by holding a name back, who has a number they may not look up?"""

import pytest

from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.database import fetch_one
from foundation.requests import Watched
from tests.access.readings.conftest import People
from tests.access.readings.test_glass import national_id
from tests.builders import listed, person, post
from tests.clients import calling

pytestmark = pytest.mark.anyio


async def protected() -> int:
    """Hire somebody of another unit whose posting is hidden."""
    hidden = await person("Una", "Hidden", protected=True)
    await post(hidden, unit_name="Elsewhere")
    await listed()
    return hidden


async def test_a_protected_person_looks_like_nobody_when_a_name_is_held_back(
    app: Watched, people: People
) -> None:
    hidden = await national_id(await protected())
    path = f"/api/v1/privacy/readings/of/{people.national_id}/held-back"
    asked = {"delayed_until": today().isoformat(), "reason": "An investigation"}
    async with calling(app, people.privacy) as privacy:
        await privacy.get("/api/v1/policies")
        token = {"x-csrftoken": privacy.cookies[form_cookie_name()]}
        answers = [
            await privacy.post(path, headers=token, json={**asked, "reader": reader})
            for reader in (hidden, "F5M3-YP1Z-8")
        ]
    told = [{**answer.json(), "instance": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert told[0] == told[1]
    assert await fetch_one("SELECT FROM access.reading_delay") is None


async def test_a_name_is_not_held_back_for_a_reason_of_blanks(app: Watched, people: People) -> None:
    path = f"/api/v1/privacy/readings/of/{people.national_id}/held-back"
    reader = await national_id(people.desk)
    asked = {"reader": reader, "delayed_until": today().isoformat(), "reason": "  "}
    async with calling(app, people.privacy) as privacy:
        await privacy.get("/api/v1/policies")
        token = {"x-csrftoken": privacy.cookies[form_cookie_name()]}
        assert (await privacy.post(path, headers=token, json=asked)).status_code == 400
        assert (await privacy.post(path, headers=token, json={**asked, "reason": "x"})).status_code == 201
