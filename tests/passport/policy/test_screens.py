"""Can everybody read what policy asks, as a page and as a document, for the nation and for a force?"""

import pytest

from foundation.audit import Actor
from foundation.clock import today
from foundation.requests import Watched
from passport.policy.actions import load, set_up
from passport.policy.document import shipped_text
from passport.policy.overriding import NewSetting, override
from passport.policy.rules import Overridable
from tests.builders import officer
from tests.clients import calling
from tests.passport.policy.files import SOUND

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ada(database: str) -> int:
    return await officer("Ada")


async def page_of(app: Watched, person_id: int, path: str) -> str:
    async with calling(app, person_id) as client:
        answered = await client.get(path)
    assert answered.status_code == 200, answered.text
    return answered.text


async def kent_sets_its_level() -> None:
    new = NewSetting("kent", "JRFT", Overridable.LEVEL, "3.7", "Procedure O43l of <April> 2024", today())
    await override(actor=Actor.system("Dev"), proposed_by="Dora", new=new)


async def test_the_page_says_the_policy_in_force_with_every_source(app: Watched, ada: int) -> None:
    await set_up(text=shipped_text())
    text = await page_of(app, ada, "/policy")
    for words in (
        "In force since 1 January 2026",
        "It reaches back so that what was done before this service began is judged by it too.",
        'id="PPST"',
        'id="PLP-STAGE-5"',
        "Every officer and special constable, once every 12 months.",
        "28 days of grace follow its due day; then the licence lapses.",
        "Looked for and not found: a placeholder",
        "No force has set anything for itself.",
        "Drafted by attested policy load; approved by attested policy approve",
    ):
        assert words in text, words


async def test_a_force_sees_what_it_has_set_for_itself(app: Watched, ada: int) -> None:
    await set_up(text=shipped_text())
    await kent_sets_its_level()
    kent = await page_of(app, ada, "/policy?force=kent")
    assert "To level 3.7." in kent
    assert "This force has set its level for itself." in kent
    assert "Procedure O43l of &lt;April&gt; 2024" in kent
    surrey = await page_of(app, ada, "/policy?force=surrey")
    assert "To level 5.4." in surrey
    assert "Surrey Police has set nothing for itself" in surrey


async def test_before_any_policy_the_page_says_so(app: Watched, ada: int) -> None:
    text = await page_of(app, ada, "/policy")
    assert "No policy is in force today" in text
    assert "No version has been handed in." in text


async def test_a_draft_is_shown_as_one(app: Watched, ada: int) -> None:
    await load(actor=Actor.system("Dora"), text=SOUND)
    assert "A draft, meant for 1 January 2026. It governs nobody." in await page_of(app, ada, "/policy/7")
    assert "Drafted by Dora; approved by nobody yet" in await page_of(app, ada, "/policy")


@pytest.mark.parametrize("path", ["/policy/99", "/policy?force=atlantis", "/policy/99?force=kent"])
async def test_what_does_not_exist_is_not_found(app: Watched, ada: int, path: str) -> None:
    async with calling(app, ada) as client:
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/policy/0", "/policy/99999999999", f"/policy?force={'x' * 50}", "/api/v1/policies/-1"]
)
async def test_what_makes_no_sense_is_refused_and_breaks_nothing(app: Watched, ada: int, path: str) -> None:
    async with calling(app, ada) as client:
        assert (await client.get(path)).status_code in {400, 404}


async def test_a_program_reads_every_version_and_its_values(app: Watched, ada: int) -> None:
    await set_up(text=shipped_text())
    await kent_sets_its_level()
    async with calling(app, ada) as client:
        listed = (await client.get("/api/v1/policies")).json()
        shown = (await client.get("/api/v1/policies/1?force=kent")).json()
    assert [one["number"] for one in listed["versions"]] == [1]
    assert listed["force_settings"][0]["value"] == "3.7"
    asked = {one["code"]: one for one in shown["requirements"]}
    assert shown["force"] == "E23000032"
    assert (asked["JRFT"]["level"], asked["JRFT"]["set_by_force"]) == ("3.7", ["level"])
    assert asked["CED"]["prerequisites"] == ["PPST", "FIRST-AID", "JRFT"]
    assert asked["PPST"]["validity"] == {
        "months": 12, "anchor": "anniversary", "renewal_window_days": 60, "minimum_gap_days": 240, "fixed_day": None,
    }  # fmt: skip
    assert asked["CODE-OF-ETHICS"]["validity"] is None


async def test_whoever_is_not_signed_in_is_told_nothing(app: Watched, database: str) -> None:
    async with calling(app) as client:
        assert (await client.get("/policy", follow_redirects=False)).status_code in {302, 303, 307, 401}
        assert (await client.get("/api/v1/policies")).status_code == 401
