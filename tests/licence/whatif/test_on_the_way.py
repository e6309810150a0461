"""Can a what-if be watched, stopped and understood on its way, and does every number of it lead to its people?"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl

import pytest

from foundation.clock import today
from foundation.database import execute, fetch, fetch_one
from foundation.requests import Watched
from licence.projection.crew import Alone, crew_of
from licence.whatif.actions import Wanted, ask_what_if, stop_what_if, work_out
from licence.whatif.errors import AlreadyOverError
from licence.whatif.facts import WhatIf, WhatIfState, what_if_of
from licence.whatif.trying import Trial, TrialChunk, worlds_of
from licence.whatif.view import to_go
from passport.drafting.actions import Edit, revise
from passport.drafting.editing import TOP, with_head
from passport.policy.errors import NoSuchVersionError
from tests.builders import officer
from tests.clients import calling, grant_role, submit
from tests.licence.whatif.nation import (
    NORA,
    SOON,
    BreaksOff,
    a_force,
    as_the_worker,
    draft_with_ppst_every,
    holder_of,
)
from tests.passport.drafting.desk import sent

pytestmark = pytest.mark.anyio
ON = today() + SOON
AT = datetime(2026, 11, 22, tzinfo=UTC)
ONE = WhatIf(
    id=1, number=2, title="T", digest="d", force_id=None, force=None, begins_on=ON, days=(ON,), state=WhatIfState.WAITING,
    people=9, done=3, problem=None, asked_by="Nora", asked_at=AT, finished_at=None, attached_at=None, is_draft=True,
    draft_changed=False, world_changed=False, day_has_passed=False, seconds_left=None,
)  # fmt: skip
NUMBERED = re.compile(r'href="(/policy/what-ifs/people\?[^"]+)">([\d,]+)<')


async def half_done(number: int) -> int:
    """Ask for a what-if over the nation, and have one of its two chunks done."""
    what_if_id = await ask_what_if(actor=NORA, wanted=Wanted(number, ON, (ON,)))
    async with as_the_worker():
        with pytest.raises(ConnectionError):
            await work_out(what_if_id, BreaksOff(1))
    return what_if_id


async def taken_up_again(what_if_id: int) -> None:
    async with as_the_worker():
        await work_out(what_if_id, Alone())


async def named() -> int:
    row = await fetch_one("SELECT count(*) FROM licence.what_if_person")
    return int(row[0]) if row else 0


@pytest.fixture
async def drafted(database: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """A force that two chunks hold, and a draft."""
    await a_force()
    people = (await fetch("SELECT count(*) FROM people.person"))[0][0]
    monkeypatch.setattr("licence.whatif.actions.SIZE", people // 2 + 1)
    return await draft_with_ppst_every(24, ON)


async def test_a_what_if_is_watched_and_stopped_by_whoever_may_run_it(app: Watched, drafted: int) -> None:
    nora, giver = await officer("Nora"), await officer("Gil")
    await grant_role(nora, "standards body", by=giver)
    what_if_id = await half_done(drafted)
    where = f"/policy/what-ifs/{what_if_id}"
    assert await named() > 0
    async with calling(app, await holder_of("licensing desk")) as clerk:
        listed = await clerk.get(f"/policy/what-ifs/people?what_if={what_if_id}")
        assert "Only a what-if that is finished has its list." in listed.text
        assert "0 people of your force" in listed.text
    async with calling(app, nora) as client, calling(app, await holder_of("force lead")) as lead:
        shown = await client.get(where)
        assert re.search(r'<progress class="app-progress" max="\d+" value="[1-9]\d*"', shown.text)
        assert "progress" in shown.text[: shown.text.index("</head>")], "the script that looks again"
        assert "Stop it" in shown.text
        assert "Stop it" not in (await lead.get(where)).text, "the nation’s is not a force’s to stop"
        assert (await submit(lead, where, f"{where}/stop", {})).status_code == 404
        assert (await sent(client, where, {}, to=f"{where}/stop")).headers["location"] == where
        shown = await client.get(where)
        assert re.search(r"Nora [^<]*stopped it", shown.text)
        assert "Run it again" in shown.text
    with pytest.raises(AlreadyOverError):
        await stop_what_if(actor=NORA, what_if_id=what_if_id)
    await taken_up_again(what_if_id)
    found = await what_if_of(frozenset(), what_if_id)
    assert (found.state, await named()) == ("stopped", 0), "half a list is none"


async def test_a_draft_that_changes_on_the_way_ends_it_within_a_chunk(app: Watched, drafted: int) -> None:
    what_if_id = await half_done(drafted)
    where, half = f"/policy/what-ifs/{what_if_id}", await named()
    (row,) = await fetch("SELECT * FROM licence.what_if")
    trial = Trial(what_if_id, drafted, row["digest"], ON, (ON,), None)
    left = await fetch("SELECT first_id, last_id FROM licence.what_if_chunk WHERE done_at IS NULL")
    await worlds_of(trial)  # as a worker on its way knows them
    edit = Edit(
        TOP, "Renamed", "Why", lambda old: with_head(old, number=drafted, title="Other", begins_on=ON)
    )
    await revise(actor=NORA, number=drafted, seen=2, edit=edit)
    async with calling(app, await holder_of("force lead")) as lead:
        assert "The draft has been changed meanwhile." in (await lead.get(where)).text
        async with as_the_worker():
            assert await TrialChunk(trial, left[0]["first_id"], left[0]["last_id"]).carry_out() == 0
        assert await named() == half
        await taken_up_again(what_if_id)
        assert "The draft was changed while this was worked out." in (await lead.get(where)).text
    assert await named() == 0


async def test_what_has_no_first_day_to_come_says_what_to_do(app: Watched, drafted: int) -> None:
    nora, giver = await officer("Nora"), await officer("Gil")
    await grant_role(nora, "standards body", by=giver)
    what_if_id = await half_done(drafted)
    await taken_up_again(what_if_id)
    found = await what_if_of(frozenset(), what_if_id)
    assert not found.is_stale
    yesterday = today() - timedelta(days=1)
    await execute("UPDATE licence.what_if SET begins_on = $1::date, days = ARRAY[$1::date]", yesterday)
    async with calling(app, nora) as client, calling(app, await holder_of("force lead")) as lead:
        shown = await client.get(f"/policy/what-ifs/{what_if_id}")
        assert "has passed: the draft needs a new one." in shown.text
        assert f"/policy/drafts/{drafted}/rebase" in shown.text
        assert "Approve the draft" not in shown.text
        assert "/rebase" not in (await lead.get(f"/policy/what-ifs/{what_if_id}")).text


async def test_every_number_of_the_force_leads_to_so_many_people(app: Watched, drafted: int) -> None:
    what_if_id = await half_done(drafted)
    await taken_up_again(what_if_id)
    async with calling(app, await holder_of("licensing desk")) as clerk:
        shown = (await clerk.get(f"/policy/what-ifs/{what_if_id}")).text
        assert "names of those alone who would stand otherwise" in shown
        cards = re.findall(r'app-count__number">([\d,]+)</span>\s*<a [^>]*href="([^"]+)"', shown)
        cells = [(number, href) for href, number in NUMBERED.findall(shown)]
        assert {"change", "rank", "unit", "comes_to", "leaves"} <= {
            name for _, href in (*cards, *cells) for name, _ in parse_qsl(unescape(href))
        }
        for number, href in (*cards, *cells):
            behind = await clerk.get(unescape(href))
            assert re.search(rf"\b{number} (person|people) of your force", behind.text), href
        for asked in re.findall(r'href="([^"]+requirement=[^"]+)"', shown):
            assert (await clerk.get(unescape(asked))).status_code == 200
        for odd in ("rank=x", "unit=x", "comes_to=x", "leaves=x"):
            listed = await clerk.get(f"/policy/what-ifs/people?what_if={what_if_id}&{odd}")
            assert listed.status_code == 404, odd
    nora = await officer("Nora")
    await grant_role(nora, "standards body", by=await officer("Gil"))
    async with calling(app, nora) as client, calling(app, await holder_of("force lead")) as lead:
        where = f"/policy/what-ifs/{what_if_id}"
        assert "No number leads to names" in (await client.get(where)).text
        assert "licensing desk and responsible officer see" in (await lead.get(where)).text


@pytest.mark.parametrize(
    ("state", "left", "words"),
    [
        (WhatIfState.WAITING, None, "Other work may be before it."),
        (WhatIfState.UNDER_WAY, None, "can be told in a moment"),
        (WhatIfState.UNDER_WAY, 20.0, "Less than a minute to go."),
        (WhatIfState.UNDER_WAY, 61.0, "About 2 minutes to go."),
    ],
)
def test_about_how_long_it_has_to_go_is_said_in_minutes(
    state: WhatIfState, left: float | None, words: str
) -> None:
    assert words in to_go(replace(ONE, state=state, seconds_left=left))


async def test_a_refusal_in_another_process_is_told_as_what_it_is(drafted: int) -> None:
    await ask_what_if(actor=NORA, wanted=Wanted(drafted, ON, (ON,)))
    trial = Trial(1, drafted, "another text", ON, (ON,), None)
    async with crew_of(1) as crew:
        with pytest.raises(NoSuchVersionError):
            await crew.settle([TrialChunk(trial, 1, 2)], lambda _people: None)
