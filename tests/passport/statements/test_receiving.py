"""Does the receiver answer as xAPI has it, to the force's own system alone, and to a client library that others wrote?"""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from httpx2 import ASGITransport, AsyncClient

from access.openid import actions
from access.openid.actions import NewClient
from access.roles import Role
from foundation.audit import Actor
from foundation.clock import today
from foundation.requests import Watched
from setup import node_folder
from tests.access.openid.conftest import ADDRESS, ENVIRONMENT, certified, certified_app, service
from tests.browser import served
from tests.builders import force_id
from tests.clients import LOOPBACK
from tests.house.tree import ROOT
from tests.passport.classes.training import School, held_by, school
from tests.passport.statements.sending import ETHICS, PASSED, payroll, statement, voiding

__all__ = ["certified", "certified_app", "service"]
pytestmark = pytest.mark.anyio
VERSION = "X-Experience-API-Version"
WHERE = "/xapi/statements"
CLIENT = ROOT / "tests" / "learning_system" / "sender.mjs"
ON = today()


@pytest.fixture
async def there(database: str, certified: str) -> School:
    made = await school()
    await payroll(made)
    new = NewClient(
        certified, "lms-feed", "Avon learning feed", Role.LEARNING_FEED, await force_id(), ON, None
    )
    await actions.register(Actor(made.lea, "Lea"), new)
    return made


async def token_of(issuer: str) -> str:
    async with AsyncClient(base_url=issuer) as provider:
        answer = await provider.post(
            "/token",
            data={"grant_type": "client_credentials"},
            auth=("lms-feed", "the-secret-of-lms-feed-is-this-long"),
        )
    return str(answer.json()["access_token"])


@asynccontextmanager
async def system(app: Watched, issuer: str, version: str = "1.0.3") -> AsyncIterator[AsyncClient]:
    """Call as the learning system of the force."""
    headers = {"authorization": f"Bearer {await token_of(issuer)}", VERSION: version}
    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url=ADDRESS, headers=headers) as client:
        yield client


async def test_statements_are_sent_put_fetched_and_voided(
    service: Watched, certified: str, there: School
) -> None:
    one, other = statement(), statement("1000002")
    void = voiding(other)
    async with system(service, certified) as client:
        answer = await client.post(WHERE, json=[one, other])
        assert (answer.status_code, answer.json()) == (200, [one["id"], other["id"]])
        assert (await client.post(WHERE, json=one)).status_code == 200
        for _ in range(2):
            put = await client.put(f"{WHERE}?statementId={void['id']}", json=void)
            assert (put.status_code, put.content) == (204, b"")
        told = await client.get(f"{WHERE}?statementId={one['id']}")
        assert told.json().items() >= one.items()
        assert told.json()["authority"]["account"]["name"] == "Avon learning feed"
        assert {"stored", "version"} <= told.json().keys()
        assert "x-experience-api-consistent-through" in told.headers
        assert (await client.get(f"{WHERE}?statementId={other['id']}")).status_code == 404
        assert (await client.get(f"{WHERE}?voidedStatementId={other['id']}")).json()["id"] == other["id"]
        conflict = await client.post(WHERE, json={**one, "result": {"success": False}})
        assert (conflict.status_code, conflict.headers[VERSION]) == (409, "1.0.3")
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    assert await held_by(there.bo) == []


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.0.3", (200, "1.0.3")),
        ("1.0", (200, "1.0.3")),
        ("2.0.0", (200, "2.0.0")),
        ("0.95", (400, "2.0.0")),
        ("", (400, "2.0.0")),
    ],
)
async def test_a_version_is_asked_for_and_answered(
    service: Watched, certified: str, there: School, version: str, expected: tuple[int, str]
) -> None:
    async with system(service, certified, version) as client:
        answer = await client.post(WHERE, json=statement())
        assert (answer.status_code, answer.headers[VERSION]) == expected


async def test_what_is_wrong_is_refused_by_name_and_nothing_of_it_is_kept(
    service: Watched, certified: str, there: School
) -> None:
    bad = {**statement(), "actor": {"mbox": "ada"}}
    async with system(service, certified) as client:
        answer = await client.post(WHERE, json=[statement(), bad])
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["[1].actor.mbox"])
        assert answer.headers["content-type"] == "application/problem+json"
        number = uuid4()
        for body, parameters, field in (
            (statement(), {"statementId": str(number)}, "id"),
            (statement(), {}, "statementId"),
            (statement(), {"statementId": str(number), "other": "1"}, "other"),
            ([statement(), statement()], {"statementId": str(number)}, "statements"),
        ):
            answer = await client.put(WHERE, params=parameters, json=body)
            assert (answer.status_code, field in answer.json()["errors"]) == (400, True), answer.text
        answer = await client.get(WHERE)
        assert (answer.status_code, "statementId" in answer.json()["errors"]) == (400, True)
        answer = await client.post(
            WHERE, content=b"--x", headers={"content-type": "multipart/mixed; boundary=x"}
        )
        assert (answer.status_code, "attachment" in answer.json()["detail"]) == (415, True)
        answer = await client.post(WHERE, content=b"{}", headers={"content-type": "text/plain"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Content-Type"])
        assert (await client.get(f"{WHERE}?statementId={number}")).status_code == 404
    assert await held_by(there.ada) == []


async def test_anybody_may_ask_what_is_spoken_and_nobody_else_sends(
    service: Watched, certified: str, there: School
) -> None:
    transport = ASGITransport(app=service, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(transport=transport, base_url=ADDRESS) as client:
        assert (await client.get("/xapi/about")).json() == {"version": ["1.0.3", "2.0.0"]}
        assert (await client.post(WHERE, json=statement(), headers={VERSION: "1.0.3"})).status_code == 403
        answer = await client.get(WHERE, headers={VERSION: "1.0.3"})
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        client.headers["authorization"] = "Bearer made-up"
        assert (await client.post(WHERE, json=statement())).status_code == 401


def speak(
    endpoint: str, token: str, calls: list[tuple[str, Mapping[str, object]]]
) -> list[Mapping[str, object]]:
    """Have the client library make calls, and return what it heard."""
    folder = node_folder()
    node = shutil.which("node", path=str(folder)) if folder else None
    assert node is not None, "There is no Node.js: python3 scripts/setup.py test"
    asked = {"endpoint": endpoint, "token": token, "version": "1.0.3", "calls": calls}
    found = subprocess.run(
        [node, str(CLIENT)], input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=60
    )
    assert found.returncode == 0, found.stderr
    heard: list[Mapping[str, object]] = json.loads(found.stdout)
    return heard


async def test_a_client_library_sends_and_the_passport_follows(
    certified: str, there: School, built_database: str
) -> None:
    one, other = statement(), statement("1000002", ETHICS, PASSED)
    environment = {
        "DATABASE_URL": built_database, "OIDC_ISSUER": certified, "PUBLIC_URL": ADDRESS, **ENVIRONMENT,
    }  # fmt: skip
    with served("tests.pages.service:app", environment) as address:
        heard = speak(
            f"{address}/xapi/",
            await token_of(certified),
            [
                ("getAbout", {}),
                ("sendStatement", {"statement": one}),
                ("sendStatements", {"statements": [one, other]}),
                ("getStatement", {"statementId": one["id"]}),
                ("voidStatement", {"actor": one["actor"], "statementId": other["id"]}),
                ("getVoidedStatement", {"voidedStatementId": other["id"]}),
                ("sendStatement", {"statement": {**one, "result": {"success": False}}}),
            ],
        )
    assert [answer["status"] for answer in heard] == [200, 200, 200, 200, 200, 200, 409], heard
    assert heard[3]["data"]["id"] == one["id"]  # type: ignore[index]
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    assert await held_by(there.bo) == [], "voided"
