"""Is a proof asked for again where it must be, and does one come back to where one was?"""

from dataclasses import replace

import pytest
from litestar import get, post

from access import sessions
from access.permissions import Permission
from access.shell import PageRequest
from access.sign_in import cookie_name, has_proved_recently, require_recent_proof
from attested.app import create_litestar
from foundation.requests import Watched
from tests.builders import officer
from tests.clients import calling, proof
from tests.operating import operated

pytestmark = pytest.mark.anyio
OWN = {"permission": Permission.OWN_SESSION}


@get("/behind-a-proof", opt=OWN, include_in_schema=False)
async def page(request: PageRequest) -> str:
    require_recent_proof(request.scope)
    return "what is confidential"


@get("/api/behind-a-proof", opt=OWN, include_in_schema=False)
async def endpoint(request: PageRequest) -> str:
    require_recent_proof(request.scope)
    return "what is confidential"


@post("/behind-a-proof", opt={**OWN, "exclude_from_csrf": True}, include_in_schema=False)
async def change(request: PageRequest) -> str:
    require_recent_proof(request.scope)
    return "what is confidential"


@pytest.fixture(scope="module")
def guarded() -> Watched:
    """The application, with something in it that needs a recent proof."""
    return Watched(create_litestar(further=[page, endpoint, change]))


@pytest.mark.parametrize(("minutes", "is_recent"), [(0, True), (14.9, True), (15.1, False), (None, False)])
async def test_a_proof_holds_for_a_quarter_of_an_hour(
    database: str, minutes: float | None, *, is_recent: bool
) -> None:
    ada = await officer()
    said = None if minutes is None else proof(ada, minutes_ago=minutes)
    assert has_proved_recently(await sessions.open_by(await sessions.begin(ada, proof=said))) is is_recent


async def test_where_strength_is_asked_for_no_weaker_proof_will_do(database: str) -> None:
    ada = await officer()
    session = await sessions.open_by(await sessions.begin(ada, proof=proof(ada, strength="card")))
    assert session is not None
    real = {"OIDC_ISSUER": "https://idp.test", "OIDC_CLIENT_ID": "attested", "SESSION_SECRET": "x" * 32}
    with operated(**real, OIDC_STEP_UP_ACR="key card"):
        assert has_proved_recently(session)
        assert not has_proved_recently(replace(session, strength="password"))
        assert not has_proved_recently(replace(session, strength=None))
    with operated(**real, OIDC_STEP_UP_ACR=""):
        assert has_proved_recently(replace(session, strength=None))
    assert not has_proved_recently(None)


async def test_a_page_leads_to_the_proof_and_back_and_shows_nothing_before(
    guarded: Watched, database: str
) -> None:
    async with calling(guarded, await officer(), proved=False) as client:
        led = await client.get("/behind-a-proof?of=ada&on=2026-03-04")
        assert led.status_code == 303
        assert led.headers["location"] == "/sign-in/again?to=%2Fbehind-a-proof%3Fof%3Dada%26on%3D2026-03-04"
        assert "confidential" not in led.text
        assert (await client.post("/behind-a-proof")).headers["location"] == "/sign-in/again"
    async with calling(guarded, await officer("Bo")) as client:
        assert (await client.get("/behind-a-proof")).text == "what is confidential"


async def test_a_program_is_told_that_a_proof_is_missing(guarded: Watched, database: str) -> None:
    async with calling(guarded, await officer(), proved=False) as client:
        told = await client.get("/api/behind-a-proof")
    assert told.status_code == 401
    assert told.json()["type"].endswith("/proof-required")
    assert 'error="insufficient_user_authentication"' in told.headers["www-authenticate"]


async def test_a_proof_does_not_outlive_its_session(guarded: Watched, database: str) -> None:
    async with calling(guarded, await officer()) as client:
        await sessions.end(client.cookies[cookie_name()])
        assert (await client.get("/behind-a-proof")).headers["location"].startswith("/sign-in?to=")
