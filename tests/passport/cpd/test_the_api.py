"""Does every operation about development answer with exactly the fields written down, and publish no more than titles?"""

import pytest

from foundation.requests import Watched
from passport.cpd.published import shared_by
from tests.api.confidential import DEVELOPMENT
from tests.api.test_confidential_shapes import check
from tests.passport.cpd.learners import WHOLE, entry, shared, station, writing

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_development_answers_as_it_is_written_down(app: Watched) -> None:
    there = await station()
    done = []
    async with writing(app, there.ada) as client:
        written = await check(client, "writeCpd", body=WHOLE)
        assert isinstance(written, dict)
        one = {"entry_id": written["id"]}
        for operation in ("myCpd", "myCpdEntry", "putCpdAside", "bringCpdBack"):
            await check(client, operation, at=one)
        await check(client, "changeCpd", at=one, body=WHOLE)
        given = await check(client, "shareCpd", at=one, body={})
        assert isinstance(given, dict)
        await check(client, "addToCpd", at=one, body={"text": "And then"})
        await check(client, "takeBackCpd", at={**one, "share_id": given["shares"][0]["id"]})
        await check(client, "shareCpd", at=one, body={})
        done += ["writeCpd", "myCpd", "myCpdEntry", "putCpdAside", "bringCpdBack", "changeCpd", "shareCpd"]
        done += ["addToCpd", "takeBackCpd"]
    async with writing(app, there.bea) as client:
        await check(client, "sharedCpd")
        await check(client, "sharedCpdEntry", at=one)
        await check(client, "verifyCpd", at=one, body={"words": "Seen"})
        await check(client, "sharedCpdEntry", at=one)
        done += ["sharedCpd", "sharedCpdEntry", "verifyCpd"]
    assert sorted(done) == sorted(DEVELOPMENT)


async def test_a_conversation_is_prepared_with_titles_that_were_shared_and_nothing_else(app: Watched) -> None:
    there = await station()
    number = await entry(app, there.ada)
    await entry(app, there.ada, title="For nobody")
    await shared(app, there.ada, number)
    (shown,) = await shared_by(there.ada, with_reader=there.bea)
    assert (shown.title, shown.href, shown.is_verified) == (WHOLE["title"], f"/cpd/{number}", False)
    assert await shared_by(there.ada, with_reader=there.nora) == []
    assert await shared_by(there.ada, with_reader=there.bea, since=shown.shared_at) == []
