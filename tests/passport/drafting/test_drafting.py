"""Can the next version of policy be written on pages, by several people, with nothing lost and nothing unsound kept?"""

from datetime import timedelta

import pytest
from httpx2 import Response

from access.sign_in import form_cookie_name
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import execute, fetch
from foundation.requests import Watched
from passport.drafting.facts import draft_of, revisions_of
from passport.policy.actions import approve, load
from passport.policy.errors import SamePersonError
from passport.policy.facts import source_of, version
from tests import owner
from tests.builders import officer, requirement
from tests.clients import TOKEN, calling
from tests.passport.drafting.desk import SOON, begun, sent, writers

pytestmark = pytest.mark.anyio
PPST = "/policy/drafts/2/requirements/PPST"
WHY = {"reason": "Its frequency is under review"}


async def months_of(number: int = 2) -> int | None:
    draft = await draft_of(number, on=today())
    asked = draft.draft.requirement("PPST")
    assert asked is not None
    return asked.stated.validity.months


async def test_a_draft_starts_from_what_is_in_force_and_says_what_it_changes(
    app: Watched, database: str
) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        assert await begun(client) == 2
        assert "The two ask the same of everybody." in (await client.get("/policy/drafts/2")).text
        changed = await sent(client, PPST, {"months": "24", "grace_days": "30", **WHY})
        assert changed.headers["location"] == "/policy/drafts/2?done=changed"
        text = (await client.get("/policy/drafts/2")).text
        compare = (await client.get("/policy/compare?before=1&after=2")).text
    for shown in (text, compare):
        assert "<del>Every officer and special constable, once every 12 months.</del>" in shown
        assert "<ins>Every officer and special constable, once every 24 months.</ins>" in shown
        assert "<ins>30 days of grace follow its due day; then the licence lapses.</ins>" in shown
    assert "Its frequency is under review" in text
    assert await months_of() == 24


async def test_a_requirement_is_added_and_another_ended(app: Watched, database: str) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        new: dict[str, str | list[str]] = {"code": "AI-BASICS", "title": "Using AI", "how_to_meet": "Read on.", "kinds": ["officer", "pcso"],
               "months": "36", "effect": "advisory", "source": "Nobody yet", "tag": "A", **WHY}  # fmt: skip
        added = await sent(client, "/policy/drafts/2/add-requirement", new)
        assert added.status_code == 303, added.text[added.text.index("error-summary") :][:1500]
        await sent(client, "/policy/drafts/2/requirements/AI-BASICS", {**new, "hours_in_all": "7.5"})
        kept = (await client.get("/policy/drafts/2/requirements/AI-BASICS")).text
        compared = (await client.get("/policy/drafts/2")).text
        ended = await sent(client, "/policy/drafts/2/requirements/FIRST-AID/end", WHY)
        assert ended.headers["location"] == "/policy/drafts/2?done=ended"
    assert 'name="hours_in_all" type="text" value="7.5"' in kept
    assert "Every officer and PCSO, 7.5 hours in all within 36 months." in compared
    draft = (await draft_of(2, on=today())).draft
    codes = draft.codes
    assert draft.in_hours == ("AI-BASICS",)
    assert [row[0] for row in await fetch("SELECT requirement_id FROM passport.requirement_in_hours")] == [
        await requirement("AI-BASICS")
    ]
    assert "AI-BASICS" in codes
    assert "FIRST-AID" not in codes


REFUSED = (
    ({"months": "often"}, "Months for which it holds must be a whole number"),
    ({"months": "0"}, "Months for which it holds must be at least 1"),
    ({"grace_days": "9999"}, "Days of grace must be at most 3650"),
    ({"months": "12", "renewal_window_days": "400"}, "is as long as the validity itself"),
    (
        {"effect": "operational stop", "grace_days": "0"},
        "An operational stop names the authority that it stops",
    ),
    ({"kinds": ["wizard"]}, "Which members of the workforce is “wizard”"),
    ({"hours_in_all": "many"}, "Hours in all must be a number"),
    ({"hours_in_all": "12", "initial_hours": "18"}, "Hours the first time does not go with “Hours in all”"),
    ({"title": ""}, "Title is missing"),
    ({"source": ""}, "Source is missing"),
    ({"reason": ""}, "Enter why"),
    (
        {"introduced_on-day": "31", "introduced_on-month": "2", "introduced_on-year": "2026"},
        "must be a real date",
    ),
)


async def test_what_is_unsound_is_refused_at_its_field_and_nothing_typed_is_lost(
    app: Watched, database: str
) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        for fields, said in REFUSED:
            answer = await sent(client, PPST, {"how_to_meet": "Typed <carefully>", **WHY, **fields})
            assert answer.status_code == 400, fields
            assert said in answer.text, fields
            assert "There is a problem" in answer.text
            assert "Typed &lt;carefully&gt;" in answer.text
        unchanged = await sent(client, PPST, WHY)
        assert "That is what the draft says already." in unchanged.text
    assert await months_of() == 12


async def test_two_who_change_different_parts_both_stand(app: Watched, database: str) -> None:
    nora, neil = await writers()
    async with calling(app, nora) as one, calling(app, neil) as other:
        await begun(one)
        slow = {"revision": "1", "amount": "35", **WHY}
        await sent(other, PPST, {"months": "24", **WHY})
        answer = await sent(one, "/policy/drafts/2/terms/grace", slow)
    assert answer.status_code == 303
    draft = await draft_of(2, on=today())
    assert (await months_of(), draft.draft.terms.grace_days) == (24, 35)


async def test_two_who_change_the_same_part_are_told_and_lose_nothing(app: Watched, database: str) -> None:
    nora, neil = await writers()
    async with calling(app, nora) as one, calling(app, neil) as other:
        await begun(one)
        await sent(other, PPST, {"months": "24", **WHY})
        conflict = await sent(one, PPST, {"revision": "1", "months": "18", "how_to_meet": "Mine", **WHY})
        assert conflict.status_code == 409
        assert "changed this while you were writing" in conflict.text
        assert "every 24 months" in conflict.text
        assert ">Mine</textarea>" in conflict.text
        assert await months_of() == 24
        await sent(one, PPST, {"revision": "2", "months": "18", **WHY})
    assert await months_of() == 18
    assert [row.what for row in await revisions_of(2)] == [
        "Changed PPST",
        "Changed PPST",
        "Begun from version 1",
    ]


async def test_whoever_wrote_any_form_of_a_draft_cannot_approve_it(app: Watched, database: str) -> None:
    nora, neil = await writers()
    async with calling(app, nora) as one, calling(app, neil) as other:
        await begun(one)
        await sent(other, PPST, {"months": "24", **WHY})
    for row in await fetch("SELECT DISTINCT edited_name FROM passport.policy_revision WHERE number = 2"):
        with pytest.raises(SamePersonError):
            await approve(actor=Actor.system(row["edited_name"].upper()), number=2, on=SOON)
        with pytest.raises(Exception, match="cannot approve"):
            await execute(
                """UPDATE passport.policy_version SET state = 'approved', approved_by = $1, approved_at = now(),
                          in_force_from = $2, drafted_by = 'x' WHERE number = 2""",
                row["edited_name"],
                SOON,
            )


async def test_a_draft_leaves_as_a_file_and_comes_back_as_one(app: Watched, database: str) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        taken = await client.get("/policy/2/file.toml")
        assert taken.text == await source_of(2)
        edited = taken.text.replace("grace_days = 90 ", "grace_days = 60 ")
        sound = await upload(app, nora, edited)
        broken = await upload(app, nora, edited.replace('tag = "V"', 'tag = "X"', 1), revision="2")
        other = await upload(app, nora, edited.replace("number = 2", "number = 3"), revision="2")
        no_policy = await upload(app, nora, "Dear policy desk, [[[", revision="2")
    assert (no_policy.status_code, "Line 1" in no_policy.text) == (400, True)
    assert (sound.status_code, broken.status_code, other.status_code) == (303, 400, 400)
    assert "Line " in broken.text
    assert "another version’s number" in other.text.replace("&#39;", "’")
    assert await source_of(2) == edited


async def upload(app: Watched, who: int, text: str, revision: str = "1") -> Response:
    async with calling(app, who) as client:
        token = TOKEN.search((await client.get("/policy/drafts/2/file")).text)
        assert token is not None
        return await client.post(
            "/policy/drafts/2/file",
            data={"revision": revision, **WHY, "_csrf_token": token[1] or token[2]},
            files={"file": ("policy.toml", text.encode(), "application/toml")},
            follow_redirects=False,
        )


async def test_a_draft_whose_day_has_passed_says_so_and_is_brought_up_to_date(
    app: Watched, database: str
) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        await sent(client, PPST, {"months": "24", **WHY})
        text = (await source_of(2)).replace(f"begins_on = {SOON.isoformat()}", "begins_on = 2026-02-01")
        await owner.execute(
            "UPDATE passport.policy_version SET source = $1, digest = 'old' WHERE number = 2", text
        )
        shown = (await client.get("/policy/drafts/2")).text
        assert "This draft has expired." in shown
        assert "1 February 2026, and that day has passed" in shown
        day = {
            "begins_on-day": str(SOON.day),
            "begins_on-month": str(SOON.month),
            "begins_on-year": str(SOON.year),
        }
        await sent(client, "/policy/drafts/2/rebase", day)
        assert "This draft has expired." not in (await client.get("/policy/drafts/2")).text
    assert await months_of() == 24


async def test_a_draft_of_a_version_that_is_no_longer_in_force_is_brought_to_the_one_that_is(
    app: Watched, database: str
) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        await sent(client, PPST, {"months": "24", **WHY})
        other = (
            (await source_of(1))
            .replace("number = 1\n", "number = 9\n")
            .replace("grace_days = 90 ", "grace_days = 60 ")
        )
        await load(actor=Actor.system("Dora"), text=other)
        await approve(actor=Actor.system("Dev"), number=9, on=today() + timedelta(days=1))
        shown = (await client.get("/policy/drafts/2")).text
        assert "It starts from version 1, but version 9 is in force by its day." in shown
        day = {
            "begins_on-day": str(SOON.day),
            "begins_on-month": str(SOON.month),
            "begins_on-year": str(SOON.year),
        }
        await sent(client, "/policy/drafts/2/rebase", day)
    draft = await draft_of(2, on=today())
    jrft = draft.draft.requirement("JRFT")
    assert jrft is not None
    assert (await months_of(), jrft.stated.grace_days, draft.version.based_on) == (24, 60, 9)


async def test_a_draft_is_discarded_after_asking_once_more(app: Watched, database: str) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await begun(client)
        unsaid = await sent(client, "/policy/drafts/2/discard", {})
        assert (unsaid.status_code, "Enter why" in unsaid.text) == (400, True)
        await sent(client, "/policy/drafts/2/discard", {"reason": "Overtaken"})
        assert (await client.get("/policy/drafts/2")).status_code == 404
        assert (await client.get("/policy/2")).status_code == 200
    found = await version(2)
    assert (found.state, found.withdrawn_reason) == ("withdrawn", "Overtaken")


async def test_a_program_writes_a_draft_as_the_pages_do(app: Watched, database: str) -> None:
    nora, _ = await writers()
    async with calling(app, nora) as client:
        await client.get("/api/v1/policies")
        token = {"x-csrftoken": client.cookies[form_cookie_name()]}
        begun_at = {"title": "By a program", "begins_on": SOON.isoformat(), "reason": "Why not"}
        assert (await client.post("/api/v1/policy-drafts", json=begun_at, headers=token)).status_code == 201
        ppst = {
            "revision": 1, "reason": "Why not", "code": "PPST", "title": "Safety", "effect": "licence core",
            "how_to_meet": "Book.", "source": "A letter", "tag": "A", "grace_days": 28,
            "validity": {"months": 24, "anchor": "anniversary", "renewal_window_days": 60},
            "applies_to": {"kinds": ["officer"]},
        }  # fmt: skip
        where = "/api/v1/policy-drafts/2/requirements"
        assert (await client.post(where, json=ppst, headers=token)).json()["revision"] == 2
        stale = await client.post(where, json={**ppst, "title": "Mine"}, headers=token)
        assert (stale.status_code, stale.json()["type"].rsplit("/", 1)[-1]) == (409, "edited-meanwhile")
        unsound = {**ppst, "revision": 2, "validity": {"months": 1, "renewal_window_days": 60}}
        assert (await client.post(where, json=unsound, headers=token)).status_code == 400
        compared = (await client.get("/api/v1/policies/2/comparison?before=1")).json()
    assert compared["requirements"][0]["turn"] == "changed"
    assert await months_of() == 24


async def test_nobody_else_finds_the_desk(app: Watched, database: str) -> None:
    await writers()
    ada = await officer("Ada")
    async with calling(app, ada) as client:
        for path in ("/policy/drafts", "/policy/drafts/new", "/api/v1/policy-drafts"):
            assert (await client.get(path)).status_code == 404
