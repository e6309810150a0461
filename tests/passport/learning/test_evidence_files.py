"""Is a file beside a record seen by whoever sees the record, written down first, and taken away for good?"""

import hashlib
import re
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from attested.subject_access.gathering import gathered
from foundation.audit import Actor
from foundation.clock import today
from foundation.database import fetch, transaction
from foundation.requests import Watched
from passport.attachments.writing import MOST_FILES
from passport.learning.actions import verify
from passport.learning.chains import chain_of
from passport.learning.errors import SupersededError
from passport.learning.filing import remove_file
from tests.clients import calling
from tests.passport.learning.learners import School, answers, number_of, recorded, school, send, token
from tests.vaults import EICAR, JPEG, PDF, PNG, setting

pytestmark = pytest.mark.anyio
LOOKS = "python3 -c \"import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())\""


@pytest.fixture
async def here(database: str, files_kept: Path) -> School:
    return await school()


async def with_file(app: Watched, here: School) -> tuple[int, str]:
    """Have Ada record something with a certificate; its number, and the address of the file."""
    async with calling(app, here.ada) as ada:
        number = number_of(await send(ada, "/passport/evidence", answers(), ("Certificate £.pdf", PDF)))
    (row,) = await fetch("SELECT attachment_id FROM passport.evidence_attachment")
    return number, f"/evidence/{number}/files/{row['attachment_id']}"


async def test_a_file_is_saved_by_whoever_sees_the_record_and_never_shown(app: Watched, here: School) -> None:
    number, address = await with_file(app, here)
    for who in (here.ada, here.sue, here.lee):
        async with calling(app, who) as client:
            assert "Certificate £.pdf" in (await client.get(f"/evidence/{number}")).text
            for path in (address, f"/api/v1{address}"):
                answer = await client.get(path)
                assert answer.content == PDF
                assert answer.headers["content-disposition"].startswith("attachment; ")
                assert "Certificate%20%C2%A3.pdf" in answer.headers["content-disposition"]
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
                assert answer.headers["cache-control"] == "no-store"
    async with calling(app, here.bea) as bea:
        assert (await bea.get(address)).status_code == 404
    rows = await fetch(
        "SELECT actor_id, count(*) FROM foundation.audit_event WHERE event = 'attachment taken' GROUP BY 1 ORDER BY 1"
    )
    assert [(row["actor_id"], row["count"]) for row in rows] == [(here.sue, 2), (here.lee, 2)]


async def test_a_file_of_another_record_is_not_found_under_this_one(app: Watched, here: School) -> None:
    _, address = await with_file(app, here)
    async with calling(app, here.sue) as sue:
        own = await recorded(sue)
        assert (await sue.get(f"/evidence/{own}/files/{address.rpartition('/')[2]}")).status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (("run.pdf", b"MZ" + bytes(90)), "not a PDF, JPEG, PNG, WebP or HEIC"),
        (("empty.pdf", b""), "The file is empty"),
        (("large.pdf", PDF + bytes(1_000_001)), "The file must be 1MB or smaller"),
        (("ill.pdf", PDF + EICAR), "something harmful was found in it"),
    ],
)
async def test_a_bad_file_is_refused_and_what_was_typed_stays(
    app: Watched, here: School, file: tuple[str, bytes], says: str
) -> None:
    with setting(ATTACHMENT_MEGABYTES="1", ATTACHMENT_SCANNER=LOOKS):
        async with calling(app, here.ada) as ada:
            refused = await send(ada, "/passport/evidence", answers(reference="KEEP-ME"), file)
    assert refused.status_code == 400
    assert says in refused.text
    assert "KEEP-ME" in refused.text
    assert await fetch("SELECT FROM passport.evidence") == []


async def test_while_nothing_can_be_looked_through_nothing_is_kept(app: Watched, here: School) -> None:
    with setting(ATTACHMENT_SCANNER="clamd:/no/such/socket"):
        async with calling(app, here.ada) as ada:
            refused = await send(ada, "/passport/evidence", answers(), ("certificate.pdf", PDF))
    assert "could not be checked for viruses" in refused.text
    assert await fetch("SELECT FROM passport.evidence") == []


async def test_more_files_are_attached_each_once_until_there_are_enough(app: Watched, here: School) -> None:
    number, _ = await with_file(app, here)
    async with calling(app, here.ada) as ada:
        there = await send(ada, f"/evidence/{number}/files", file=("again.pdf", PDF))
        assert there.status_code == 409
        assert "This very file is attached already" in there.text
        none = await send(ada, f"/evidence/{number}/files")
        assert "Select a file" in none.text
        for more in range(1, MOST_FILES):
            assert (
                await send(ada, f"/evidence/{number}/files", file=("b.png", PNG + bytes(more)))
            ).status_code == 303
        full = await send(ada, f"/evidence/{number}/files", file=("b.jpg", JPEG))
        assert "No more files can be attached" in full.text


async def test_a_file_taken_away_is_gone_for_all_and_says_why(app: Watched, here: School) -> None:
    number, address = await with_file(app, here)
    async with calling(app, here.ada) as ada:
        assert "Certificate" in (await ada.get(f"{address}/removal")).text
        assert "Enter why" in (await send(ada, f"{address}/removal", {"reason": ""})).text
        gone = await send(ada, f"{address}/removal", {"reason": "It shows my daughter"})
        assert gone.status_code == 303
        page = (await ada.get(f"/evidence/{number}")).text
        assert "It shows my daughter" in page
        assert "Certificate" not in page.partition("Files")[2]
        for path in (address, f"{address}/removal", f"/api/v1{address}"):
            assert (await ada.get(path)).status_code == 404
    (row,) = await fetch("SELECT name FROM passport.attachment")
    assert row["name"] is None


async def test_what_was_verified_with_a_file_keeps_it_until_those_who_verify_take_it(
    app: Watched, here: School
) -> None:
    number, address = await with_file(app, here)
    async with calling(app, here.sue) as sue:
        await send(sue, f"/evidence/{number}/verification", await as_read(sue, number))
    async with calling(app, here.ada) as ada:
        for path in (f"{address}/removal", f"/evidence/{number}/files"):
            answer = await send(ada, path, {"reason": "Mine"}, ("b.png", PNG))
            assert answer.status_code in {400, 409}, path
        assert "verified with the files as they are" in (await ada.get(f"{address}/removal")).text
        assert (await ada.get(address)).content == PDF
    async with calling(app, here.sue) as sue:
        assert (await send(sue, f"{address}/removal", {"reason": "Not hers"})).status_code == 303


async def test_nobody_verifies_with_files_that_they_have_not_read(app: Watched, here: School) -> None:
    """The accident: the certificate is put in another's place between the look and the word."""
    number, address = await with_file(app, here)
    async with calling(app, here.ada) as ada, calling(app, here.sue) as sue:
        read = await as_read(sue, number)
        await send(ada, f"{address}/removal", {"reason": "The wrong one"})
        for swapped in (False, True):
            if swapped:
                await send(ada, f"/evidence/{number}/files", file=("Certificate £.pdf", PDF + b"x"))
            for said in (read, {}, {"files": "none of them"}) if swapped else (read,):
                late = await send(sue, f"/evidence/{number}/verification", said)
                assert late.status_code == 409
                assert "The files beside it are not those that you read" in late.text
        by_program = f"/api/v1/evidence/{number}/verification"
        assert (await sue.post(by_program, json={}, headers=await token(sue))).status_code == 409
        there = (await sue.get(f"/api/v1/evidence/{number}")).json()["files"]
        now = [one["number"] for one in there if one["gone_at"] is None]
        assert {"files": " ".join(map(str, now))} == await as_read(sue, number)
        verified = await sue.post(by_program, json={"files": now}, headers=await token(sue))
    assert (verified.status_code, verified.json()["state"]) == (200, "verified")


async def as_read(client: AsyncClient, number: int) -> dict[str, str]:
    """Return what the page of a record sends along when it is verified."""
    found = re.search(r'name="files" value="([0-9 ]*)"', (await client.get(f"/evidence/{number}")).text)
    assert found
    return {"files": found[1]}


async def test_nobody_takes_a_file_away_from_what_is_verified_at_that_moment(
    app: Watched, here: School
) -> None:
    number, _ = await with_file(app, here)
    before = await chain_of(number)
    assert before is not None
    (file,) = before.files_there
    await verify(number, actor=Actor(here.sue, "Sue"), on=today(), files=[file])
    with pytest.raises(SupersededError):
        await remove_file(before, file, reason="Too late", actor=Actor(here.ada, "Ada"))


async def test_a_file_stays_with_the_record_through_its_corrections(app: Watched, here: School) -> None:
    number, address = await with_file(app, here)
    async with calling(app, here.ada) as ada:
        await send(ada, f"/evidence/{number}/correction", answers(hours="6", reason="Half a day"))
        assert "Certificate £.pdf" in (await ada.get(f"/evidence/{number}")).text
        assert (await ada.get(address)).content == PDF


async def test_the_copy_of_everything_held_lists_the_files(app: Watched, here: School) -> None:
    await with_file(app, here)
    async with transaction() as connection:
        contents = await gathered(connection, here.ada)
    (section,) = [one for one in contents.sections if one.title.startswith("Files attached")]
    told = dict(zip(section.columns, section.rows[0], strict=True))
    assert (told["Name"], told["Type"], told["Bytes"]) == ("Certificate £.pdf", "application/pdf", len(PDF))
    assert told["SHA-256"] == hashlib.sha256(PDF).hexdigest()
    assert told["Added by"] == "you"
