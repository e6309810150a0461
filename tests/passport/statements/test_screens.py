"""Are statements answered on the pages and by the API, with what was typed kept, and by nobody without business there?"""

import pytest

from foundation.clock import today
from foundation.requests import Watched
from tests.clients import submit
from tests.passport.classes.test_screens import call, national_id
from tests.passport.classes.training import School, at_work, held_by, school
from tests.passport.statements.sending import HOME, PASSED, payroll, sent, statement

pytestmark = pytest.mark.anyio
ON = today()
COURSE = f"{HOME}/courses/personal-safety"
NEW, ACCOUNTS = "/statements/mappings/new", "/statements/accounts"


@pytest.fixture
async def there(database: str) -> School:
    made = await school()
    await payroll(made)
    await sent(statement(activity=COURSE), statement(number="stranger"), statement(number="other"))
    return made


async def test_what_waits_is_mapped_named_and_put_aside(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        page = await client.get("/statements")
        for words in (
            COURSE,
            f"{HOME} stranger",
            "Code of Ethics",
            "It was a success and the score is at least 0.8",
        ):
            assert words in page.text
        given = {"activity": COURSE, "verb": PASSED, "meets": "", "score": "80", "hours": "day"}
        wrong = await submit(client, NEW, NEW, given)
        for words in ("Select what it meets", "such as 0.8", "such as 6 or 7.5", 'value="80"', 'value="day"'):
            assert words in wrong.text
        right = await submit(client, NEW, NEW, {**given, "meets": "PPST", "score": "", "hours": "12"})
        assert right.headers["location"] == "/statements?done=mapped"
        assert (
            "mapped already"
            in (await submit(client, NEW, NEW, {**given, "meets": "none", "score": "", "hours": ""})).text
        )
        whose = {"account": f"{HOME} stranger", "whose": "9999"}
        assert "Enter the number of one person" in (await submit(client, ACCOUNTS, ACCOUNTS, whose)).text
        named = await submit(client, ACCOUNTS, ACCOUNTS, {**whose, "whose": "4003"})
        assert named.headers["location"] == "/statements?done=named"
        aside = await submit(client, ACCOUNTS, f"{ACCOUNTS}/ignored", {"account": f"{HOME} other"})
        assert aside.headers["location"] == "/statements?done=ignored"
        assert "Nothing waits for you" in (await client.get("/statements")).text
    assert await held_by(there.ada) == [("PPST", ON, True)]
    assert await held_by(there.bo) == [("CODE-OF-ETHICS", ON, True)]


async def test_a_program_answers_for_statements(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        told = await call(client, "statements")
        assert (len(told["activities"]), len(told["accounts"])) == (1, 2)  # type: ignore[arg-type]
        asked = {"activity": COURSE, "verb": PASSED, "requirement": "PPST", "hours": 12}
        told = await call(client, "mapActivity", body=asked, status=201)
        number = told["mappings"][0]["number"]  # type: ignore[index]
        await call(client, "endMapping", mapping_id=number)
        await call(client, "endMapping", mapping_id=number, status=409)
        account = {"account": f"{HOME} stranger", "person": "9999"}
        await call(client, "nameAccount", body=account, status=400)
        await call(client, "nameAccount", body={**account, "person": await national_id(there.bo)})
        await call(client, "ignoreAccount", body={"account": f"{HOME} other"})
    assert await held_by(there.bo) == [("CODE-OF-ETHICS", ON, True)]


async def test_only_who_answers_for_the_learning_system_sees_what_waits(app: Watched, there: School) -> None:
    async with at_work(app, there.kit) as client:
        assert COURSE not in (await client.get("/statements")).text, "another force's"
    for other in (there.ada, there.lea):
        async with at_work(app, other) as client:
            assert (await client.get("/statements")).status_code == 404
