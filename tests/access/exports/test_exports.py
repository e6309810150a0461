"""Is every export listed with its filter and hash, and does a colleague stand before many rows?"""

import asyncio
import hashlib
from collections.abc import Sequence

import asyncpg
import pytest
from asyncpg import Record
from httpx2 import AsyncClient, Response

from access.exports.rules import Kind
from foundation.database import as_owner, execute, fetch, fetch_one
from foundation.requests import Watched
from tests.access.readings.conftest import failing_audit
from tests.builders import listed, officer
from tests.clients import calling, grant_role, submit
from tests.licence.desk.standings import clerk, holder, many

pytestmark = pytest.mark.anyio
ASK = "/desk/licences/colleague"
REASON = "The yearly audit of the force"


async def exports() -> Sequence[Record]:
    return await fetch("SELECT * FROM access.export ORDER BY id")


async def colleague(given: str = "Cole", role: str = "licensing desk") -> int:
    """Enter a second person of the same desk."""
    one, other = await officer(given, "Second"), await officer("Grant", "Giver")
    third = await officer("Third", "Person")
    await grant_role(one, role, by=other, approved_by=third if role == "privacy officer" else None)
    return one


async def asked(client: AsyncClient, query: str = "", reason: str = REASON) -> Response:
    return await submit(client, f"{ASK}{query}", f"{ASK}{query}", {"reason": reason})


async def answered(client: AsyncClient, number: int, word: str) -> Response:
    return await submit(client, f"/exports/{number}", f"/exports/{number}/{word}", {})


async def taken(client: AsyncClient, query: str = "") -> Response:
    return await submit(client, "/exports", f"/desk/licences.csv{query}", {})


async def test_a_small_export_leaves_at_once_and_is_listed_with_its_filter_and_hash(
    app: Watched, database: str
) -> None:
    await holder("Ada", "Okafor")
    await listed()
    async with calling(app, await clerk()) as client:
        file = await client.get("/desk/licences.csv?standing=active&after=2020-01-01~1")
        page = (await client.get("/exports")).text
        document = (await client.get("/api/v1/exports")).json()
    (row,) = await exports()
    assert (row["kind"], row["filter"], row["rows"], row["state"]) == (
        "licences", "?standing=active", 1, "taken",
    )  # fmt: skip
    assert row["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert "Standing active" in page
    assert [one["sha256"] for one in document["exports"]] == [row["sha256"]]
    event = await fetch_one("SELECT detail->>'sha256' AS sha256, is_reading FROM foundation.audit_event")
    assert event is not None
    assert (event["sha256"], event["is_reading"]) == (row["sha256"], True)


async def test_five_hundred_rows_leave_alone_and_one_more_needs_a_colleague(
    app: Watched, database: str
) -> None:
    await many(500)
    async with calling(app, await clerk()) as client:
        assert (await client.get("/desk/licences.csv")).status_code == 200
        await many(1)
        led = await client.get("/desk/licences.csv?standing=active")
        assert (led.status_code, led.headers["location"]) == (303, f"{ASK}?standing=active")
        assert (await client.get("/api/v1/desk/licences.csv")).status_code == 409
        assert (await taken(client)).headers["location"] == ASK
        assert "501 rows" in (await client.get(ASK)).text
    assert [row["rows"] for row in await exports()] == [500]


async def test_a_colleague_agrees_and_it_is_taken_once_with_the_same_filter(
    app: Watched, database: str
) -> None:
    await many(501)
    one, other = await clerk(), await colleague()
    await listed()
    async with calling(app, one) as asker, calling(app, other) as second:
        assert (await asked(asker, "?standing=active", "")).status_code == 400
        led = await asked(asker, "?standing=active")
        assert (led.status_code, led.headers["location"]) == (303, "/exports/1?done=asked")
        assert (await taken(asker, "?standing=active")).status_code == 303
        waiting = (await second.get("/exports")).text
        assert "These wait for your agreement" in waiting
        assert REASON in (await second.get("/exports/1")).text
        assert (await answered(second, 1, "agree")).status_code == 303
        assert "Download (CSV)" in (await asker.get("/exports/1")).text
        assert "Download (CSV)" not in (await second.get("/exports/1")).text
        assert (await taken(asker)).status_code == 303  # another filter
        assert (await taken(second, "?standing=active")).status_code == 303  # another person
        file = await taken(asker, "?standing=active")
        again = await taken(asker, "?standing=active")
    assert file.status_code == 200
    assert len(file.text.splitlines()) == 502
    assert again.status_code == 303
    (row,) = await exports()
    assert (row["state"], row["rows"], row["agreed_by"]) == ("taken", 501, other)
    assert row["sha256"] == hashlib.sha256(file.content).hexdigest()


async def test_of_two_who_take_it_at_once_one_does(app: Watched, database: str) -> None:
    await many(501)
    one, other = await clerk(), await colleague()
    await listed()
    async with calling(app, one) as asker, calling(app, other) as second:
        await asked(asker)
        await answered(second, 1, "agree")
        headers = {"x-csrftoken": asker.cookies.get("attested-form") or ""}
        answers = await asyncio.gather(
            *(asker.post("/api/v1/desk/licences.csv", headers=headers) for _ in range(4))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_nobody_agrees_to_their_own_nor_in_another_force(app: Watched, database: str) -> None:
    await many(501)
    one, other = await clerk(), await officer("Kent", "Desk")
    await execute(
        """INSERT INTO access.role_grant (person_id, role, force_id, valid_from, granted_by)
           SELECT $1, 'licensing desk', id, '2020-01-01', $2 FROM people.force WHERE code = 'E23000032'""",
        other,
        one,
    )
    await listed()
    async with calling(app, one) as asker, calling(app, other) as afar:
        await asked(asker)
        own = await submit(asker, "/exports", "/exports/1/agree", {})
        assert own.status_code == 409
        assert "cannot agree" in own.text
        assert (await afar.get("/exports/1")).status_code == 404
        assert "Nothing has left" in (await afar.get("/exports")).text
    assert [row["state"] for row in await exports()] == ["asked"]
    with pytest.raises(asyncpg.CheckViolationError):
        await execute("UPDATE access.export SET agreed_by = asked_by, agreed_at = now(), state = 'agreed'")


async def test_what_was_refused_has_run_out_or_has_grown_does_not_leave(app: Watched, database: str) -> None:
    await many(501)
    one, other = await clerk(), await colleague(role="privacy officer")
    await listed()
    async with calling(app, one) as asker, calling(app, other) as second:
        await asked(asker)
        await answered(second, 1, "refuse")
        assert (await taken(asker)).status_code == 303
        await asked(asker)
        await answered(second, 2, "agree")
        async with as_owner() as owner:
            await owner.execute(
                "UPDATE access.export SET agreed_at = agreed_at - interval '25 hours' WHERE id = 2"
            )
        assert (await taken(asker)).status_code == 303
        assert "Ran out" in (await asker.get("/exports/2")).text
        await asked(asker)
        await answered(second, 3, "agree")
        await many(1)
        assert (await taken(asker)).status_code == 303
        late = await answered(second, 3, "refuse")
        assert late.status_code == 409
    assert [row["state"] for row in await exports()] == ["refused", "agreed", "agreed"]


async def test_nothing_leaves_while_it_cannot_be_written_down(app: Watched, database: str) -> None:
    await holder("Ada", "Okafor")
    await listed()
    async with calling(app, await clerk()) as client, failing_audit():
        answer = await client.get("/desk/licences.csv")
    assert answer.status_code == 503
    assert "Okafor" not in answer.text
    assert await exports() == []


async def test_whoever_is_not_of_the_desk_finds_no_exports(app: Watched, database: str) -> None:
    async with calling(app, await officer("Nobody")) as client:
        for address in ("/exports", "/exports/1", ASK, "/api/v1/exports"):
            assert (await client.get(address)).status_code == 404


async def test_what_is_split_into_small_files_is_counted_over_a_day(app: Watched, database: str) -> None:
    await many(300)
    for number in range(201):
        await holder("Ada", f"Second{number}", "lapsed")
    one, other = await clerk(), await colleague()
    await listed()
    async with calling(app, one) as asker, calling(app, other) as second:
        assert (await asker.get("/desk/licences.csv?standing=active")).status_code == 200
        assert (
            await asker.get("/desk/licences.csv?standing=active")
        ).status_code == 200  # the same file again
        led = await asker.get("/desk/licences.csv?standing=lapsed")
        assert (led.status_code, led.headers["location"]) == (303, f"{ASK}?standing=lapsed")
        assert (await asker.get("/api/v1/desk/licences.csv?standing=lapsed")).status_code == 409
        page = (await asker.get(f"{ASK}?standing=lapsed")).text
        assert "201 rows" in page
        assert "you took 300 of this kind" in page
        assert (
            await second.get("/desk/licences.csv?standing=lapsed")
        ).status_code == 200  # another person's day
        await asked(asker, "?standing=lapsed")
        assert (await answered(second, 4, "agree")).status_code == 303
        assert (await taken(asker, "?standing=lapsed")).status_code == 200
        async with as_owner() as owner:
            await owner.execute("UPDATE access.export SET taken_at = taken_at - interval '24 hours'")
        assert (await asker.get("/desk/licences.csv?standing=lapsed")).status_code == 200
    assert [(row["rows"], row["agreed_by"]) for row in await exports()] == [
        (300, None), (300, None), (201, None), (201, other), (201, None),
    ]  # fmt: skip


async def test_two_halves_taken_at_once_are_no_way_round_a_colleague(app: Watched, database: str) -> None:
    await many(300)
    for number in range(201):
        await holder("Ada", f"Second{number}", "lapsed")
    one = await clerk()
    await listed()
    async with calling(app, one) as asker:
        answers = await asyncio.gather(
            *(asker.get(f"/api/v1/desk/licences.csv?standing={each}") for each in ("active", "lapsed"))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    with pytest.raises(asyncpg.CheckViolationError, match="second person"):
        await execute(
            """INSERT INTO access.export (kind, force_ids, filter, rows, state, asked_by, role, sha256, taken_at)
               VALUES ('licences', '{1}', '', 500, 'taken', $1, 'licensing desk', repeat('0', 64), now())""",
            one,
        )


async def test_every_kind_that_can_leave_is_one_the_database_knows(database: str) -> None:
    rows = await fetch("SELECT kind, most_alone FROM access.export_kind")
    assert {row["kind"]: row["most_alone"] for row in rows} == {
        Kind.DESK_LICENCES: 500,
        Kind.RETURNED_LINES: 500,
        Kind.NATIONAL_FIGURES: None,
        Kind.TRAINING_DEMAND: None,
        Kind.WHAT_IF_PEOPLE: 500,
    }
