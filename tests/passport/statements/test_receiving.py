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
from tests.command import PATIENCE
from tests.house.tree import ROOT
from tests.passport.classes.training import School, held_by, school
from tests.passport.statements.sending import COMPLETED, ETHICS, MIRS, PASSED, payroll, statement, voiding

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
        for asking in (
            client.get(WHERE, headers={VERSION: "1.0.3"}),
            client.post(WHERE, json=statement(), headers={VERSION: "1.0.3"}),
            client.put(f"{WHERE}?statementId={uuid4()}", json=statement()),
            client.post(WHERE, json=statement(), headers={"authorization": "Basic bG1zOnNlY3JldA=="}),
        ):
            answer = await asking
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
            assert answer.headers["www-authenticate"] == 'Bearer realm="Attested"'
        client.headers["authorization"] = "Bearer made-up"
        assert (await client.post(WHERE, json=statement())).status_code == 401


async def test_what_was_sent_is_listed_page_by_page(service: Watched, certified: str, there: School) -> None:
    one, other, third = statement(), statement("1000002"), statement()
    async with system(service, certified) as client:
        await client.post(WHERE, json=[one, other, third])
        page = await client.get(WHERE, params={"limit": "2", "ascending": "true"})
        assert [each["id"] for each in page.json()["statements"]] == [one["id"], other["id"]]
        assert page.headers["x-experience-api-consistent-through"] > page.json()["statements"][1]["stored"]
        rest = (await client.get(page.json()["more"])).json()
        assert ([each["id"] for each in rest["statements"]], rest["more"]) == ([third["id"]], "")
        account = one["actor"]["account"]  # type: ignore[index]
        asked = {"agent": json.dumps({"account": account}), "format": "ids"}
        told = (await client.get(WHERE, params=asked)).json()["statements"]
        assert [each["verb"] for each in told] == [{"id": PASSED}] * 2
        parts = await client.get(WHERE, params={"attachments": "true"})
        assert parts.headers["content-type"].startswith("multipart/mixed; boundary=")
        assert json.loads(parts.text.split("\r\n")[3])["statements"][0]["id"] == third["id"]
        assert (await client.head(WHERE)).status_code == 200
        number = str(one["id"])
        wrongs: tuple[tuple[dict[str, str], str], ...] = (
            ({"statementId": number, "voidedStatementId": number}, "voidedStatementId"),
            ({"statementId": number, "limit": "1"}, "limit"),
            ({"statementId": "7"}, "statementId"),
            ({"grade": "7"}, "grade"),
            ({"format": "short"}, "format"),
        )
        for wrong, field in wrongs:
            answer = await client.get(WHERE, params=wrong)
            assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


async def test_a_form_stands_for_a_request_that_a_browser_cannot_make(
    service: Watched, certified: str, there: School
) -> None:
    one = statement()
    async with system(service, certified) as client:
        form = {"Authorization": client.headers.pop("authorization"), VERSION: client.headers.pop(VERSION)}
        put = {
            **form,
            "statementId": one["id"],
            "content": json.dumps(one),
            "Content-Type": "application/json",
        }
        assert (await client.post(f"{WHERE}?method=PUT", data=put)).status_code == 204
        sent = await client.post(f"{WHERE}?method=POST", data={**form, "content": json.dumps(one)})
        assert (sent.status_code, sent.json()) == (200, [one["id"]])
        told = await client.post(f"{WHERE}?method=GET", data={**form, "verb": PASSED})
        assert [each["id"] for each in told.json()["statements"]] == [one["id"]]
        assert told.headers[VERSION] == "1.0.3"
        for address, body, expected in (
            (f"{WHERE}?method=GET&verb=x", form, 400),
            (f"{WHERE}?method=BREW", form, 400),
            (f"{WHERE}?method=POST", form, 400),
            (f"{WHERE}?method=DELETE", form, 405),
            (f"{WHERE}?method=POST", {**form, "content": "x" * 1_000_001}, 413),
            (f"{WHERE}?method=POST", {"content": json.dumps(one)}, 401),
        ):
            answer = await client.post(address, data=body)
            assert (answer.status_code, answer.headers["content-type"]) == (
                expected,
                "application/problem+json",
            )
            assert VERSION in answer.headers
        assert (await client.post(f"{WHERE}?method=GET", content=b"\xff=%ff")).status_code == 400


NESTED = {"extensions": {"https://x.test": json.loads("[" * 60 + "]" * 60)}}


async def test_what_is_meant_to_break_it_is_refused_in_words_and_nothing_is_lost(
    service: Watched, certified: str, there: School
) -> None:
    good, twice = statement(), statement("1000002")
    async with system(service, certified) as client:
        for bodies, status, place in (
            ([good, twice, twice], 400, "[2].id"),
            ([good, statement(result=NESTED)], 400, "[1].result"),
            ([good, statement(result={"score": {"scaled": 2}})], 400, "[1].result.score.scaled"),
            ([good, statement(timestamp="0001-01-01T00:00:00+14:00")], 400, "[1].timestamp"),
            ([good, statement(context={"extensions": {"https://x.test": 10**300}})], 400, "[1].context"),
            ([good, statement(context={"instructor": {"name": "x"}})], 400, "[1].context"),
            (
                [good, {**statement(), "verb": {"id": PASSED, "display": {"no tag!": "x"}}}],
                400,
                "[1].verb.display",
            ),
            (
                [good, {**statement(), "actor": {"objectType": "Group", "member": [{}]}}],
                400,
                "[1].actor.member[0]",
            ),
            ([good] * 1001, 413, ""),
        ):
            answer = await client.post(WHERE, json=bodies)
            assert answer.status_code == status, answer.text
            assert any(at.startswith(place) for at in answer.json()["errors"] or {"": ""}), answer.text
        for raw in (
            b'{"result":{"score":{"scaled":NaN}}}',
            b"[" * 100_000,
            b'{"a":1e999}',
            b'{"a":"\\ud800"}',
            b"\xff",
        ):
            answer = await client.post(WHERE, content=raw, headers={"content-type": "application/json"})
            assert (answer.status_code, "errors" in answer.json()) == (400, True), answer.text
        large = await client.post(
            WHERE, content=b" " * 4_000_001, headers={"content-type": "application/json"}
        )
        assert large.status_code == 413
        assert (await client.get(WHERE)).json() == {"statements": [], "more": ""}
        odd = statement(
            timestamp="2026-03-04T09:30:00.123456789+05:45", result={"duration": f"PT{'9' * 300}H"}
        )
        odd["context"] = {"extensions": {"https://x.test": None, "https://y.test": "x" * 100_000}}
        odd["object"] = {
            "id": f"https://a.test/{'é' * 1900}",
            "definition": {"name": {"cy": "Cwrs", "en-GB": "Course"}},
        }
        assert (await client.post(WHERE, json=[good, odd])).status_code == 200
        told = (await client.get(WHERE, params={"statementId": str(odd["id"])})).json()
        assert told.items() >= odd.items()
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]


def speak(
    endpoint: str, token: str, version: str, calls: list[tuple[str, Mapping[str, object]]]
) -> list[Mapping[str, object]]:
    """Have the client library make calls, and return what it heard."""
    folder = node_folder()
    node = shutil.which("node", path=str(folder)) if folder else None
    assert node is not None, "There is no Node.js: python3 scripts/setup.py test"
    asked = {"endpoint": endpoint, "token": token, "version": version, "calls": calls}
    found = subprocess.run(
        [node, str(CLIENT)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert found.returncode == 0, found.stderr
    heard: list[Mapping[str, object]] = json.loads(found.stdout)
    return heard


async def test_a_client_library_sends_and_the_passport_follows(
    certified: str, there: School, built_database: str
) -> None:
    one, other, late = (
        statement(),
        statement("1000002", ETHICS, PASSED),
        statement("1000002", MIRS, COMPLETED),
    )
    environment = {
        "DATABASE_URL": built_database, "OIDC_ISSUER": certified, "PUBLIC_URL": ADDRESS, **ENVIRONMENT,
    }  # fmt: skip
    with served("tests.pages.service:app", environment) as address:
        token = await token_of(certified)
        heard = speak(f"{address}/xapi/", token, "1.0.3", [
            ("getAbout", {}),
            ("sendStatement", {"statement": one}),
            ("sendStatements", {"statements": [one, other]}),
            ("getStatement", {"statementId": one["id"]}),
            ("voidStatement", {"actor": one["actor"], "statementId": other["id"]}),
            ("getVoidedStatement", {"voidedStatementId": other["id"]}),
            ("sendStatement", {"statement": {**one, "result": {"success": False}}}),
        ])  # fmt: skip
        later = speak(f"{address}/xapi/", token, "2.0.0", [
            ("sendStatements", {"statements": [late, {**statement(), "actor": {"mbox": "ada"}}]}),
            ("sendStatements", {"statements": [late]}),
            ("getStatements", {"limit": 2, "agent": late["actor"], "ascending": True}),
            ("getStatements", {"limit": 2, "ascending": True}),
            ("getMoreStatements", {}),
            ("getStatements", {"verb": COMPLETED, "attachments": True, "format": "canonical"}),
        ])  # fmt: skip
    assert [answer["status"] for answer in heard] == [200, 200, 200, 200, 200, 200, 409], heard
    assert heard[3]["data"]["id"] == one["id"]  # type: ignore[index]
    assert [answer["status"] for answer in later] == [400, 200, 200, 200, 200, 200], later
    assert list(later[0]["data"]["errors"]) == ["[1].actor.mbox"]  # type: ignore[index]
    pages = [[each["id"] for each in answer["data"]["statements"]] for answer in later[2:5]]  # type: ignore[index]
    assert (pages[0][1:], pages[1][0], pages[2]) == ([late["id"]], one["id"], [late["id"]]), (
        "after what voids other"
    )
    assert later[5]["data"][0]["statements"][0]["id"] == late["id"]  # type: ignore[index]
    assert await held_by(there.ada) == [("CODE-OF-ETHICS", ON, True)]
    assert await held_by(there.bo) == [], "voided, and not good enough"
