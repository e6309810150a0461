"""Does the API of evidence answer with the fields written down, no others, and with the same words as the pages?"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from httpx2 import AsyncClient, Response

from foundation.requests import Watched
from tests.api.confidential import EVIDENCE
from tests.api.test_shapes import OPERATIONS, complaints
from tests.clients import calling
from tests.passport.learning.learners import CODE, LAST_MONTH, PLACE, School, school, token
from tests.vaults import PDF

pytestmark = pytest.mark.anyio
NEW = {"requirement": CODE, "completed_on": LAST_MONTH.isoformat(), "source": PLACE, "hours": 7.5}
WHY = {"reason": "As tested"}


@pytest.fixture
async def here(database: str, files_kept: Path) -> School:
    return await school()


class Called:
    """Calls operations by their names, and notes which it called and what was wrong with the answers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.wrong: list[str] = []

    async def __call__(
        self, client: AsyncClient, name: str, body: Mapping[str, object] | None = None, **names: object
    ) -> Response:
        method, path, _ = OPERATIONS[name]
        where, headers = path.format(**names), await token(client)
        if method == "get":
            answer = await client.get(where)
        elif name == "attachToEvidence":
            answer = await client.post(where, headers=headers, files={"file": ("a.pdf", PDF)})
        else:
            answer = await client.post(where, headers=headers, json=body)
        assert answer.status_code in {200, 201}, f"{name}: {answer.text}"
        self.names.append(name)
        if name == "evidenceFile":
            assert answer.content == PDF
        else:
            self.wrong += complaints(name, answer)
        return answer


async def test_every_operation_answers_with_the_fields_written_down(app: Watched, here: School) -> None:
    call = Called()
    async with calling(app, here.ada) as ada, calling(app, here.sue) as sue:
        own = (await call(ada, "recordMyEvidence", NEW)).json()
        assert (own["state"], own["requirement"], own["hours"]) == ("awaiting verification", CODE, 7.5)
        number = own["number"]
        filed = (await call(ada, "attachToEvidence", number=number)).json()
        file_id = filed["files"][0]["number"]
        await call(sue, "evidenceFile", number=number, file_id=file_id)
        (line,) = (await call(sue, "toVerify")).json()["waiting"]
        assert (line["number"], line["files"], line["is_your_word"]) == (number, 1, False)
        assert (await call(sue, "verifyEvidence", {"files": [file_id]}, number=number)).json()[
            "state"
        ] == "verified"
        await call(sue, "takeBackVerification", number=number)
        declined = (await call(sue, "declineEvidence", WHY, number=number)).json()
        assert (declined["state"], declined["ended_because"]) == ("declined", "As tested")
        other = (await call(sue, "recordEvidence", NEW, national_id=here.ada_number)).json()
        assert other["state"] == "verified"
        await call(sue, "correctEvidence", {"hours": 6, **WHY}, number=other["number"])
        whole = (await call(sue, "evidenceRecord", number=other["number"])).json()
        assert [(one["step"], one["hours"], one["why"]) for one in whole["said"]] == [
            ("recorded", 7.5, None),
            ("corrected", 6.0, "As tested"),
        ]
        await call(sue, "attachToEvidence", number=other["number"])
        (kept,) = (await call(sue, "evidenceRecord", number=other["number"])).json()["files"]
        removal = await call(sue, "takeFileAway", WHY, number=other["number"], file_id=kept["number"])
        assert removal.json()["files"][0]["name"] is None
        await call(sue, "withdrawEvidence", WHY, number=other["number"])
    assert call.wrong == []
    assert set(call.names) == set(EVIDENCE)


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"completed_on": "2026-02-31"}, 400, "completed_on"),
        ({"completed_on": "2126-01-01"}, 400, "Nothing can be completed on a day that has not come"),
        ({"completed_on": "2010-01-01"}, 400, "must be on or after 7 January 2019"),
        ({"requirement": "CAKE"}, 400, "Policy asks this of nobody"),
        ({"hours": 0}, 400, "hours"),
        ({"is_verified": True}, 400, "is_verified"),
        ({"source": " "}, 400, "source"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(
    app: Watched, here: School, changed: dict[str, object], status: int, says: str
) -> None:
    async with calling(app, here.ada) as ada:
        answer = await ada.post("/api/v1/me/evidence", json={**NEW, **changed}, headers=await token(ada))
    assert answer.status_code == status, answer.text
    assert says in answer.text


async def test_who_sends_no_body_is_told_to(app: Watched, here: School) -> None:
    """The accident: it said 'data', which is what our own code calls it."""
    async with calling(app, here.ada) as ada:
        answer = await ada.post("/api/v1/me/evidence", headers=await token(ada))
    assert answer.status_code == 400
    assert answer.json()["errors"][""].startswith("Send a body: ")


async def test_a_second_time_is_a_conflict(app: Watched, here: School) -> None:
    async with calling(app, here.ada) as ada:
        headers = await token(ada)
        sent = [await ada.post("/api/v1/me/evidence", json=NEW, headers=headers) for _ in range(2)]
    assert [one.status_code for one in sent] == [201, 409]
