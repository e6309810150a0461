"""Is a file beside what somebody keeps to themselves as private as that, and seen by whoever sees what it lies beside?"""

import os
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from httpx2 import AsyncClient, Response

from access.confiding import reading_as
from attested.subject_access.gathering import gathered
from foundation.database import ProgramRole, execute, fetch, transaction
from foundation.requests import Watched
from passport.attachments.jobs import tidy
from tests.passport.cpd.learners import Station, entry, shared, station, writing
from tests.passport.leadership.leaders import SHOWN, force, national_id, working
from tests.vaults import EICAR, PDF, PNG, setting

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "files_kept")]
LOOKS = "python3 -c \"import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())\""
MINE, EXAMPLES = "/api/v1/me/cpd", "/api/v1/me/leadership/examples"


async def attached(
    client: AsyncClient, path: str, content: bytes = PDF, name: str = "my notes.pdf"
) -> Response:
    """Send a file to an address, as a page or a program does."""
    return await client.post(f"{path}/files", files={"file": (name, content, "application/pdf")})


async def private_file(person_id: int) -> int:
    """Enter a file that lies beside nothing."""
    async with reading_as(person_id) as connection:
        return int(
            await connection.fetchval(
                """INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by, is_private)
                   VALUES ($1, sha256('x'), 1, 'image/png', 'x.png', $1, true) RETURNING id""",
                person_id,
            )
        )


async def laid(table: str, file: int, number: int, whose: int, *, by: int) -> None:
    """Lay a file beside something, as somebody."""
    async with reading_as(by) as connection:
        await connection.execute(f"INSERT INTO passport.{table} VALUES ($1, $2, $3)", file, number, whose)  # noqa: S608 - our own names


def made_old(folder: Path) -> None:
    """Make whatever is kept look as if it had been put there long ago."""
    kept = [one for one in folder.rglob("*") if one.is_file()]
    assert kept
    for one in kept:
        os.utime(one, (0, 0))


@dataclass(frozen=True, slots=True)
class Beside:
    """Ada's entry, the file beside it, and everybody."""

    there: Station
    entry: int
    file: int


@pytest.fixture
async def kept(app: Watched) -> Beside:
    there = await station()
    number = await entry(app, there.ada)
    async with writing(app, there.ada) as ada:
        answer = await attached(ada, f"{MINE}/{number}")
        assert answer.status_code == 201, answer.text
        (file,) = answer.json()["files"]
    return Beside(there, number, file["number"])


async def test_only_its_author_finds_a_file_beside_a_private_entry(app: Watched, kept: Beside) -> None:
    there = kept.there
    for who in (there.bea, there.col, there.nora, there.ken):
        async with writing(app, who) as client:
            for path in (
                f"/passport/cpd/{kept.entry}/files/{kept.file}",
                f"/passport/cpd/{kept.entry}/files/{kept.file}/removal",
                f"/cpd/{kept.entry}/files/{kept.file}",
                f"{MINE}/{kept.entry}/files/{kept.file}",
                f"/api/v1/cpd/{kept.entry}/files/{kept.file}",
                f"/evidence/{kept.entry}/files/{kept.file}",
            ):
                assert (await client.get(path)).status_code == 404, path
            for path in (f"/passport/cpd/{kept.entry}", f"{MINE}/{kept.entry}"):
                assert (await attached(client, path, PNG)).status_code == 404, path
            gone = await client.post(
                f"{MINE}/{kept.entry}/files/{kept.file}/removal", json={"reason": "Mine"}
            )
            assert gone.status_code == 404
        async with reading_as(who) as connection:
            assert await connection.fetch("SELECT * FROM passport.attachment") == []
            assert await connection.fetch("SELECT * FROM passport.cpd_attachment") == []
    assert await fetch("SELECT * FROM passport.attachment") == [], "whoever says not who asks sees nothing"
    async with writing(app, there.ada) as ada:
        for path in (f"/passport/cpd/{kept.entry}", f"{MINE}/{kept.entry}"):
            answer = await ada.get(f"{path}/files/{kept.file}")
            assert answer.content == PDF
            assert answer.headers["content-disposition"].startswith("attachment; ")
            assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


async def test_nobody_lays_a_file_beside_anothers_entry_nor_their_own_entry_beside_anothers_file(
    app: Watched, kept: Beside
) -> None:
    ada, col = kept.there.ada, kept.there.col
    his, hers = await entry(app, col), await private_file(ada)
    for entry_id, whose, refusal in (
        (kept.entry, ada, asyncpg.InsufficientPrivilegeError),
        (his, col, asyncpg.ForeignKeyViolationError),
    ):
        with pytest.raises(refusal):
            await laid("cpd_attachment", hers, entry_id, whose, by=col)


async def test_whoever_it_is_shared_with_saves_it_which_is_written_down_and_fixes_the_words(
    app: Watched, kept: Beside
) -> None:
    there, share = kept.there, await shared(app, kept.there.ada, kept.entry)
    async with writing(app, there.bea) as bea:
        answer = await bea.get(f"/api/v1/cpd/{kept.entry}/files/{kept.file}")
        assert answer.content == PDF
    (row,) = await fetch(
        "SELECT actor_id, subject_id FROM foundation.audit_event WHERE event = 'cpd file taken'"
    )
    assert (row["actor_id"], row["subject_id"]) == (there.bea, there.ada)
    async with writing(app, there.ada) as ada:
        assert "Took away a file that you shared" in (await ada.get("/passport/readings")).text
        mine = (await ada.post(f"{MINE}/{kept.entry}/shares/{share}/end")).json()
        assert mine["is_fixed"], "the file was taken, though the words never were looked at"
    async with writing(app, there.bea) as bea:
        assert (await bea.get(f"/cpd/{kept.entry}/files/{kept.file}")).status_code == 404, "taken back"


async def test_a_file_is_added_later_and_taken_away_until_somebody_verified_it(
    app: Watched, kept: Beside
) -> None:
    there = kept.there
    await shared(app, there.ada, kept.entry)
    async with writing(app, there.ada) as ada:
        page = f"/passport/cpd/{kept.entry}"
        assert (await attached(ada, page, PNG, "whiteboard.png")).status_code == 303
        again = await attached(ada, page, PNG)
        assert again.status_code == 409
        assert "This very file is attached already" in again.text
        assert "Select a file" in (await ada.post(f"{page}/files", data={"file": ""})).text
        assert "Why do you take the file away?" in (await ada.get(f"{page}/files/{kept.file}/removal")).text
        unsaid = await ada.post(f"{page}/files/{kept.file}/removal", data={"reason": ""})
        assert "Enter why" in unsaid.text
        gone = await ada.post(f"{page}/files/{kept.file}/removal", data={"reason": "It names a witness"})
        assert gone.status_code == 303
        shown = (await ada.get(page)).text
        assert "It names a witness" in shown
        assert "my notes.pdf" not in shown
        (left,) = [one for one in (await ada.get(f"{MINE}/{kept.entry}")).json()["files"] if one["name"]]
    async with writing(app, there.bea) as bea:
        assert "whiteboard.png" in (await bea.get(f"/cpd/{kept.entry}")).text
        await bea.post(f"/api/v1/cpd/{kept.entry}/verification", json={})
    async with writing(app, there.ada) as ada:
        late = await ada.post(f"{page}/files/{left['number']}/removal", data={"reason": "I changed my mind"})
        assert late.status_code == 409
        assert "verified with this file beside it" in late.text


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"MZ" + bytes(90), "not a PDF, JPEG"), (b"", "The file is empty"), (PDF + EICAR, "something harmful")],
)
async def test_a_bad_file_is_refused_with_a_word_why(
    app: Watched, kept: Beside, content: bytes, says: str
) -> None:
    with setting(ATTACHMENT_SCANNER=LOOKS):
        async with writing(app, kept.there.ada) as ada:
            refused = await attached(ada, f"/passport/cpd/{kept.entry}", content)
            assert refused.status_code == 400
            assert says in refused.text


async def test_a_file_of_an_entry_put_aside_is_left_as_it_is(app: Watched, kept: Beside) -> None:
    async with writing(app, kept.there.ada) as ada:
        await ada.post(f"{MINE}/{kept.entry}/aside")
        assert (await attached(ada, f"{MINE}/{kept.entry}", PNG)).status_code == 409
        gone = await ada.post(f"{MINE}/{kept.entry}/files/{kept.file}/removal", json={"reason": "Gone"})
        assert gone.status_code == 409
        assert "my notes.pdf" in (await ada.get(f"/passport/cpd/{kept.entry}")).text


async def test_a_copy_of_what_is_held_names_the_files_and_tidying_keeps_their_content(
    kept: Beside, files_kept: Path
) -> None:
    async with transaction() as connection:
        copy = await gathered(connection, kept.there.ada)
    rows = {one.title: one.rows for one in copy.sections}
    assert len(rows["Which files lie beside what you wrote of your development"]) == 1
    assert "my notes.pdf" in str(rows["Files attached to what is recorded of you"])
    async with transaction() as connection:
        nobodys = await gathered(connection, kept.there.bea)
    assert "my notes.pdf" not in str(nobodys)
    made_old(files_kept)
    async with transaction() as connection:
        await connection.execute(f"SET LOCAL ROLE {ProgramRole.WORKER.value}")
        assert await tidy() == 0


async def test_an_example_is_offered_with_its_files_which_then_stay_and_whoever_judges_saves_them(
    app: Watched,
) -> None:
    there = await force()
    async with working(app, there.sasha) as sasha:
        number = (await sasha.post(EXAMPLES, json=SHOWN)).json()["id"]
        (file,) = (await attached(sasha, f"{EXAMPLES}/{number}")).json()["files"]
        assert (
            await attached(sasha, f"/passport/leadership/examples/{number}", PNG, "plan.png")
        ).status_code == 303
        other = (await sasha.get(f"{EXAMPLES}/{number}")).json()["files"][1]["number"]
    theirs = f"/people/{await national_id(there.sasha)}/leadership"
    address = f"/leadership/files/{file['number']}"
    async with working(app, there.ines) as ines:
        for path in (
            address,
            f"/api/v1{address}",
            f"/passport/leadership/examples/{number}/files/{file['number']}",
        ):
            assert (await ines.get(path)).status_code == 404, "it was not offered yet"
    async with working(app, there.sasha) as sasha:
        page = f"/passport/leadership/examples/{number}"
        assert (await sasha.get(f"{page}/files/{other}/removal")).status_code == 200
        gone = await sasha.post(f"{page}/files/{other}/removal", data={"reason": "Not mine"})
        assert gone.status_code == 303
        await sasha.post(f"{EXAMPLES}/{number}/offer")
        for refused in (
            await attached(sasha, f"{EXAMPLES}/{number}", PNG + b"!"),
            await sasha.post(f"{EXAMPLES}/{number}/files/{file['number']}/removal", json={"reason": "Late"}),
        ):
            assert refused.status_code == 409, "an example that was offered stays as it is"
        assert (await sasha.get(f"{EXAMPLES}/{number}/files/{file['number']}")).content == PDF
    for who, status in ((there.ines, 200), (there.lou, 200), (there.kim, 404), (there.col, 404)):
        async with working(app, who) as client:
            for path in (address, f"/api/v1{address}"):
                assert (await client.get(path)).status_code == status, (who, path)
            gone_too = await client.get(f"/leadership/files/{other}")
            assert gone_too.status_code == 404
    async with working(app, there.ines) as ines:
        assert "my notes.pdf" in (await ines.get(f"{theirs}?stage=2")).text
    rows = await fetch("SELECT actor_id FROM foundation.audit_event WHERE event = 'leadership file taken'")
    assert {row["actor_id"] for row in rows} == {there.ines, there.lou}


async def test_the_database_lays_nothing_beside_what_was_offered(app: Watched) -> None:
    there = await force()
    async with working(app, there.sasha) as sasha:
        number = (await sasha.post(EXAMPLES, json=SHOWN)).json()["id"]
        await sasha.post(f"{EXAMPLES}/{number}/offer")
    file = await private_file(there.sasha)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await laid("leadership_attachment", file, number, there.sasha, by=there.sasha)


async def test_nobody_hides_a_file_as_anothers_own() -> None:
    there = await station()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(
            """INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by, is_private)
               VALUES ($1, sha256('x'), 1, 'image/png', 'x.png', $1, true)""",
            there.ada,
        )
