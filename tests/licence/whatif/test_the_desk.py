"""Is a draft approved only by a second person, resting on a what-if that is about it, and who sees what of that?"""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch, fetch_one
from foundation.requests import Watched
from licence.projection.crew import Alone
from licence.whatif.actions import Wanted, ask_what_if, work_out
from licence.whatif.approving import approve_with_what_if
from licence.whatif.errors import NoWhatIfError, OtherDayError, StaleWhatIfError, UnfinishedWhatIfError
from licence.whatif.reading import HEADINGS
from passport.policy.actions import approve, load
from passport.policy.errors import SamePersonError
from passport.policy.facts import source_of, version
from tests.builders import force_id, officer
from tests.clients import calling, grant_role
from tests.licence.whatif.nation import NEIL, NORA, SOON, a_force, as_the_worker, draft_with_ppst_every
from tests.passport.drafting.desk import sent

pytestmark = pytest.mark.anyio
ON = today() + SOON
DAY = timedelta(days=1)


async def standards() -> tuple[int, int]:
    nora, neil, giver = await officer("Nora"), await officer("Neil"), await officer("Gil")
    for one in (nora, neil):
        await grant_role(one, "standards body", by=giver)
    return nora, neil


async def worked_out() -> None:
    waiting = await fetch("SELECT id FROM licence.what_if WHERE state = 'waiting'")
    async with as_the_worker():
        for row in waiting:
            await work_out(row["id"], Alone())


async def test_an_approval_rests_on_a_what_if_about_what_is_approved(database: str) -> None:
    await a_force()
    number = await draft_with_ppst_every(24, ON)
    with pytest.raises(NoWhatIfError):
        await approve_with_what_if(actor=NEIL, number=number, on=ON)
    what_if_id = await ask_what_if(actor=NORA, wanted=Wanted(number, ON, (ON,)))
    with pytest.raises(UnfinishedWhatIfError):
        await approve_with_what_if(actor=NEIL, number=number, on=ON)
    avon = await ask_what_if(actor=NORA, wanted=Wanted(number, ON, (ON,), await force_id()))
    await worked_out()
    with pytest.raises(OtherDayError):
        await approve_with_what_if(actor=NEIL, number=number, on=ON + DAY)
    with pytest.raises(NoWhatIfError):
        await approve_with_what_if(actor=NEIL, number=number, on=ON, what_if_id=avon)
    with pytest.raises(SamePersonError):
        await approve_with_what_if(actor=NORA, number=number, on=ON)
    other = (
        (await source_of(1))
        .replace("number = 1\n", "number = 9\n")
        .replace("grace_days = 90 ", "grace_days = 60 ")
    )
    await load(actor=Actor.system("Dora"), text=other)
    await approve(actor=Actor.system("Dev"), number=9, on=ON + timedelta(days=300))
    with pytest.raises(StaleWhatIfError):
        await approve_with_what_if(actor=NEIL, number=number, on=ON)
    await ask_what_if(actor=NORA, wanted=Wanted(number, ON, (ON,)))
    await worked_out()
    assert (await approve_with_what_if(actor=NEIL, number=number, on=ON)).state == "approved"
    row = await fetch_one(
        "SELECT count(*) FROM licence.what_if WHERE attached_at IS NOT NULL AND id > $1", avon
    )
    assert row is not None
    assert row[0] == 1
    assert what_if_id < avon


async def test_the_story_of_the_policy_desk(app: Watched, database: str) -> None:
    """Drafted by one, worked out, read, approved by another; a force's desk sees names, the national body never."""
    await a_force()
    nora, neil = await standards()
    desk, lead, other = [
        (await fetch("SELECT person_id FROM access.role_grant WHERE role = $1 ORDER BY id LIMIT 1", role))[0][
            0
        ]
        for role in ("licensing desk", "force lead", "operator")
    ]
    number = await draft_with_ppst_every(24, ON)
    async with calling(app, nora) as one, calling(app, neil) as second, calling(app, desk) as clerk:
        refused = await sent(second, f"/policy/drafts/{number}/approval", {})
        assert refused.status_code == 409
        assert "Nobody has worked out what this draft would change." in refused.text
        nothing = await sent(one, f"/policy/drafts/{number}/what-if", {"offsets": []})
        assert (nothing.status_code, "Select at least one day" in nothing.text) == (400, True)
        asked = await sent(one, f"/policy/drafts/{number}/what-if", {"offsets": ["0", "90"]})
        where = asked.headers["location"]
        waiting = await one.get(where)
        assert "begins in a moment" in waiting.text
        assert "Look again now" in waiting.text
        await worked_out()
        figures = await one.get(where)
        assert "Look again now" not in figures.text
        assert "numbers under 5 are hidden" in figures.text
        assert "people?what_if" not in figures.text
        await names_are_the_forces_alone(clerk, one, where)
        unread = await sent(second, f"/policy/drafts/{number}/approval", {"what_if": "1000000"})
        assert unread.status_code == 409, "it rests on the what-if that was read, and on no other"
        approved = await sent(second, f"/policy/drafts/{number}/approval", {})
        assert (approved.status_code, approved.headers["location"]) == (303, f"/policy/{number}")
        assert "approved with this what-if" in (await one.get(where)).text
        withdrawn = await sent(one, f"/policy/{number}/withdrawal", {"reason": "Second thoughts"})
        assert withdrawn.status_code == 303
    found = await version(number)
    assert (found.state, found.withdrawn_reason) == ("withdrawn", "Second thoughts")
    async with calling(app, other) as stranger, calling(app, lead) as leader:
        assert (await stranger.get(where)).status_code == 404
        assert "By unit" in (await leader.get(where)).text
        assert (await leader.get(where.replace("what-ifs/", "what-ifs/people?what_if="))).status_code == 404


async def names_are_the_forces_alone(clerk: AsyncClient, national: AsyncClient, where: str) -> None:
    number = where.rsplit("/", 1)[1]
    row = await fetch_one(
        "SELECT day, count(*) AS people FROM licence.what_if_person GROUP BY day ORDER BY day LIMIT 1"
    )
    assert row is not None
    behind = await clerk.get(f"/policy/what-ifs/people?what_if={number}")
    assert f"{row['people']:,} people of your force" in behind.text
    assert "/passport" in behind.text
    filtered = await clerk.get(f"/policy/what-ifs/people?what_if={number}&change=gains")
    assert filtered.status_code == 200
    taken = await clerk.get(f"/policy/what-ifs/people.csv?what_if={number}")
    assert taken.text.count("\n") == row["people"] + 1
    assert tuple(taken.text.lstrip("\ufeff").splitlines()[0].split(",")) == HEADINGS
    listed = (await clerk.get(f"/api/v1/what-ifs/{number}/people")).json()
    assert len(listed["people"]) == min(50, row["people"])
    for path in (f"people?what_if={number}", f"people.csv?what_if={number}"):
        assert (await national.get(f"/policy/what-ifs/{path}")).status_code == 404
    exact = (await clerk.get(f"/api/v1/what-ifs/{number}/figures")).json()
    rounded = (await national.get(f"/api/v1/what-ifs/{number}/figures")).json()
    assert exact["is_exact"] is True
    assert sum(one["people"] for one in exact["everyone"]) == row["people"]
    assert all(one["people"] is None or one["people"] % 5 == 0 for one in rounded["everyone"])
    assert rounded["units"] == []
    for odd in ("people?what_if=x", f"people?what_if={number}&day=soon", f"people?what_if={number}&change=x"):
        assert (await clerk.get(f"/policy/what-ifs/{odd}")).status_code == 404


async def test_a_force_lead_has_it_worked_out_for_the_force_alone(app: Watched, database: str) -> None:
    await a_force()
    lead = (
        await fetch("SELECT person_id FROM access.role_grant WHERE role = 'force lead' ORDER BY id LIMIT 1")
    )[0][0]
    stranger = await officer("Sid")
    await grant_role(stranger, "force lead", force="E23000032", by=lead)
    number = await draft_with_ppst_every(9, ON, grace_days=0)
    async with calling(app, lead) as client:
        asked = await sent(client, f"/policy/drafts/{number}/what-if", {"offsets": ["0"]})
        await worked_out()
        shown = await client.get(asked.headers["location"])
    assert "Lose their licence" in shown.text, shown.text[shown.text.index("<main") :][:2500]
    assert "Avon and Somerset" in shown.text
    async with calling(app, stranger) as client:
        assert (await client.get(asked.headers["location"])).status_code == 404
