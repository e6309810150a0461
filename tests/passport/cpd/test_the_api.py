"""Does every operation about development answer with exactly the fields written down, and publish no more than titles?"""

import pytest

from foundation.requests import Watched
from passport.cpd.published import shared_by
from tests.api.confidential import DEVELOPMENT
from tests.api.test_confidential_shapes import check
from tests.passport.cpd.learners import WHOLE, entry, shared, station, writing
from tests.vaults import PDF

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "files_kept")]


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
        filed = await check(client, "attachToCpd", at=one, file=PDF)
        assert isinstance(filed, dict)
        file = {**one, "file_id": filed["files"][0]["number"]}
        await check(client, "takeBackCpd", at={**one, "share_id": given["shares"][0]["id"]})
        await check(client, "shareCpd", at=one, body={})
        done += ["writeCpd", "myCpd", "myCpdEntry", "putCpdAside", "bringCpdBack", "changeCpd", "shareCpd"]
        await check(client, "myCpdFile", at=file)
        done += ["addToCpd", "takeBackCpd", "attachToCpd", "myCpdFile"]
    async with writing(app, there.bea) as client:
        await check(client, "sharedCpd")
        await check(client, "sharedCpdEntry", at=one)
        await check(client, "sharedCpdEntry", at=one)
        await check(client, "sharedCpdFile", at=file)
        done += ["sharedCpd", "sharedCpdEntry", "sharedCpdFile"]
    async with writing(app, there.ada) as client:
        await check(client, "takeCpdFileAway", at=file, body={"reason": "As tested"})
    async with writing(app, there.bea) as client:
        await check(client, "verifyCpd", at=one, body={"words": "Seen"})
        await check(client, "sharedCpdEntry", at=one)
        done += ["takeCpdFileAway", "verifyCpd"]
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
