"""Is every look at somebody else's record written down once, before it is shown, and not shown if it cannot be?"""

import pytest

from access.readings.looks import WORDS, Opened
from access.roles import Role
from foundation.requests import Watched
from tests.access.readings.conftest import People, failing_audit, readings
from tests.clients import calling

pytestmark = pytest.mark.anyio


async def test_every_look_is_written_down_exactly_once(app: Watched, people: People) -> None:
    for who, address in people.looks:
        before = len(await readings())
        async with calling(app, who) as client:
            answer = await client.get(address)
        assert answer.status_code == 200, address
        now = await readings()
        assert len(now) == before + 1, address
        assert now[-1]["actor_id"] == who, address
        assert Role(str(now[-1]["role"])), address
        assert now[-1]["request_id"] == answer.headers["x-request-id"], address


async def test_a_look_names_everybody_it_shows(app: Watched, people: People) -> None:
    for who, address in people.looks:
        async with calling(app, who) as client:
            await client.get(address)
        last = (await readings())[-1]
        if "returned" not in address:  # whose line cannot be kept is not known
            assert people.ada in (last["subject_id"], *last["subject_ids"]), address


async def test_nothing_of_anybody_is_shown_while_it_cannot_be_written_down(
    app: Watched, people: People
) -> None:
    shown = []
    for who, address in people.looks:
        async with calling(app, who) as client, failing_audit():
            answer = await client.get(address)
        if answer.status_code != 503 or "Okafor" in answer.text or people.national_id in answer.text:
            shown.append((address, answer.status_code))
    assert shown == []


async def test_ones_own_record_is_read_without_a_line(app: Watched, people: People) -> None:
    async with calling(app, people.ada) as client:
        for address in ("/passport", "/passport.pdf", "/api/v1/me/decision", "/inbox", "/passport/readings"):
            assert (await client.get(address)).status_code == 200
    assert await readings() == []


async def test_whoever_is_refused_has_read_nothing(app: Watched, people: People) -> None:
    async with calling(app, people.stranger) as client:
        for _, address in people.looks:
            await client.get(address)
    assert [row for row in await readings() if row["actor_id"] == people.stranger] == []


def test_whatever_can_be_opened_has_words() -> None:
    assert set(WORDS) == set(Opened)
