"""Do the lines that go back to a force leave through the register of exports, many of them with a colleague?"""

import hashlib
from collections.abc import AsyncIterator

import pytest
from httpx2 import AsyncClient

from access.exports.errors import NeedsColleagueError
from access.identity import NOBODY, Identity
from access.readings.looks import Look, Opened, Way
from access.roles import Role
from attested.files.facts import file_of
from attested.files.taking import taken_away
from foundation.database import fetch
from foundation.requests import Watched
from tests.access.exports.test_exports import answered, colleague
from tests.builders import force_id
from tests.clients import calling, submit
from tests.files.handing_in import extract, hand_in, learner

pytestmark = pytest.mark.anyio
REASON = "To be put right in the personnel system"


async def wrong_lines(client: AsyncClient, count: int) -> str:
    """Hand in a file of which so many lines cannot be read; return where its report is."""
    content = extract(*(f"Name{number}" for number in range(count))).replace(b"01/02/2019", b"31/02/2019")
    return (await hand_in(client, content)).headers["location"]


async def test_a_few_lines_leave_at_once_and_are_listed_with_their_hash(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        place = await wrong_lines(client, 2)
        file = await client.get(f"{place}/returned.csv")
        assert (await client.get("/exports")).status_code == 404
    (row,) = await fetch("SELECT * FROM access.export")
    assert (row["kind"], row["filter"], row["rows"]) == ("lines handed back", "?file=1", 2)
    assert row["force_ids"] == [await force_id()]
    assert row["sha256"] == hashlib.sha256(file.content).hexdigest()


async def test_many_lines_leave_once_when_a_colleague_of_the_desk_agrees(app: Watched, database: str) -> None:
    one, other = await learner(), await colleague()
    async with calling(app, one) as asker, calling(app, other) as second:
        place = await wrong_lines(asker, 501)
        ask = f"{place}/returned/colleague"
        for address in (f"{place}/returned.csv", f"{place}/returned/colleague"):
            assert "501 rows" in (await asker.get(address, follow_redirects=True)).text
        assert (await asker.get(f"/api/v1{place}/returned.csv")).status_code == 409
        assert (await submit(asker, ask, ask, {"reason": ""})).status_code == 400
        assert (await submit(asker, ask, ask, {"reason": REASON})).headers["location"] == ask
        assert "Waits for a colleague" in (await asker.get(ask)).text
        assert REASON in (await second.get("/exports/1")).text
        await answered(second, 1, "agree")
        assert "Download (CSV)" in (await asker.get(ask)).text
        file = await submit(asker, ask, f"{place}/returned.csv", {})
        assert (file.status_code, len(file.text.splitlines())) == (200, 502)
        assert "What is it for?" in (await asker.get(ask)).text  # once
    (row,) = await fetch("SELECT state, agreed_by, sha256 FROM access.export")
    assert tuple(row) == ("taken", other, hashlib.sha256(file.content).hexdigest())


async def test_small_files_of_one_day_are_counted_together(app: Watched, database: str) -> None:
    async with calling(app, await learner()) as client:
        first, second = await wrong_lines(client, 300), await wrong_lines(client, 201)
        assert (await client.get(f"{first}/returned.csv")).status_code == 200
        assert (await client.get(f"{first}/returned.csv")).status_code == 200
        led = await client.get(f"{second}/returned.csv", follow_redirects=True)
    assert "you took 300 of this kind" in led.text


async def test_a_system_takes_a_few_lines_in_its_own_name_and_never_many(app: Watched, database: str) -> None:
    force = await force_id()
    feed = Identity(NOBODY, "Avon personnel system", force, {Role.HR_FEED: frozenset({force})})
    async with calling(app, await learner()) as client:
        few, many = await wrong_lines(client, 2), await wrong_lines(client, 501)
    look = Look(Opened.FILE_RETURNED, way=Way.FILE)
    given, refused = [await file_of(frozenset({force}), int(each.rpartition("/")[2])) for each in (few, many)]
    stream = await taken_away(feed, look, given)
    assert isinstance(stream.iterator, AsyncIterator)
    assert len([chunk async for chunk in stream.iterator]) == 1
    with pytest.raises(NeedsColleagueError):
        await taken_away(feed, look, refused)
    with pytest.raises(NeedsColleagueError):
        await taken_away(feed, look, refused, with_agreement=True)
    (row,) = await fetch("SELECT asked_by, machine, rows, role FROM access.export")
    assert tuple(row) == (None, "Avon personnel system", 2, "HR feed")
    async with calling(app, await colleague()) as desk:
        assert "Avon personnel system" in (await desk.get("/exports")).text
