"""Does a session open for whom it should, for as long as it should, and for nobody else?"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from access import sessions
from access.sessions import Proof
from access.sign_in import cookie_name
from foundation.clock import today
from foundation.database import execute, fetch
from foundation.requests import Watched
from tests.builders import officer, person, post
from tests.clients import calling

pytestmark = pytest.mark.anyio


def proof(*, at: datetime, strength: str | None = None) -> Proof:
    return Proof("https://idp.test", "ada-1", "sid-1", "id.token", at, strength)


async def _aged(**columns: timedelta) -> None:
    for column, age in columns.items():
        await execute(f"UPDATE access.session SET {column} = clock_timestamp() - $1::interval", age)  # noqa: S608


async def test_an_unknown_secret_opens_nothing_and_leaves_no_trace(database: str) -> None:
    assert await sessions.open_by("whatever-a-browser-offers") is None
    assert await fetch("SELECT FROM access.session") == []


async def test_a_session_tells_whose_it_is_on_which_browser(database: str) -> None:
    ada, now = await person(), datetime.now(UTC)
    opened = await sessions.open_by(await sessions.begin(ada, browser="B" * 999, proof=proof(at=now)))
    assert opened is not None
    assert (opened.person_id, opened.proved_at, opened.acting) == (ada, now, None)
    assert opened.browser == "B" * 300


async def test_no_secret_can_be_read_from_the_database(database: str) -> None:
    secret = await sessions.begin(await person())
    (row,) = await fetch("SELECT to_jsonb(session)::text AS kept, id_hash FROM access.session")
    assert secret not in row["kept"]
    assert secret.encode() not in row["id_hash"]


@pytest.mark.parametrize(
    ("age", "lives"),
    [(timedelta(minutes=29, seconds=50), True), (timedelta(minutes=30, seconds=1), False)],
)
async def test_a_session_sleeps_in_after_half_an_hour(database: str, age: timedelta, *, lives: bool) -> None:
    secret = await sessions.begin(await person())
    await _aged(seen_at=age)
    assert (await sessions.open_by(secret) is not None) is lives


@pytest.mark.parametrize(("hours", "lives"), [(11.9, True), (12.01, False)])
async def test_a_session_ends_after_twelve_hours_however_busy(
    database: str, hours: float, *, lives: bool
) -> None:
    secret = await sessions.begin(await person())
    await _aged(began_at=timedelta(hours=hours))
    assert (await sessions.open_by(secret) is not None) is lives


async def test_being_seen_keeps_a_session_awake_without_a_write_for_every_page(database: str) -> None:
    secret = await sessions.begin(await person())
    before = await fetch("SELECT xmin FROM access.session")
    await sessions.open_by(secret)
    assert await fetch("SELECT xmin FROM access.session") == before
    await _aged(seen_at=timedelta(minutes=20))
    await sessions.open_by(secret)
    (row,) = await fetch("SELECT seen_at > clock_timestamp() - interval '5 s' AS now FROM access.session")
    assert row["now"]


async def test_a_renewed_session_has_a_new_secret_and_the_same_end(database: str) -> None:
    ada, now = await person(), datetime.now(UTC)
    secret = await sessions.begin(ada, proof=proof(at=now - timedelta(hours=2), strength="low"))
    before = await sessions.open_by(secret)
    fresh = await sessions.renew(secret, acting=None, proof=proof(at=now, strength="high"))
    assert before is not None
    assert fresh is not None
    assert await sessions.open_by(secret) is None
    after = await sessions.open_by(fresh)
    assert after is not None
    assert (after.number, after.began_at) == (before.number, before.began_at)
    assert (after.proved_at, after.strength) == (now, "high")


async def test_choosing_a_role_keeps_what_was_proved(database: str) -> None:
    now = datetime.now(UTC)
    secret = await sessions.begin(await person(), proof=proof(at=now, strength="high"))
    fresh = await sessions.renew(secret, acting=None)
    kept = await sessions.open_by(fresh or "")
    assert kept is not None
    assert (kept.proved_at, kept.strength) == (now, "high")


async def test_of_two_windows_that_renew_at_once_one_does(database: str) -> None:
    secret = await sessions.begin(await person())
    fresh = await asyncio.gather(*(sessions.renew(secret, acting=None) for _ in range(5)))
    assert len([one for one in fresh if one is not None]) == 1


async def test_ended_is_ended(database: str) -> None:
    ada = await person()
    one, other = await sessions.begin(ada), await sessions.begin(ada)
    await sessions.end(one)
    assert await sessions.open_by(one) is None
    assert await sessions.renew(one, acting=None) is None
    assert await sessions.open_by(other) is not None


async def test_one_ends_only_ones_own(database: str) -> None:
    ada, bo = await person(), await person("Bo")
    hers, his = await sessions.begin(ada), await sessions.begin(bo)
    his_number = (await sessions.sessions_of(bo))[0].number
    assert not await sessions.end_one(ada, his_number)
    assert await sessions.end_one(bo, his_number)
    assert not await sessions.end_one(bo, his_number)
    assert await sessions.open_by(his) is None
    assert await sessions.open_by(hers) is not None


async def test_all_others_end_and_this_one_goes_on(database: str) -> None:
    ada = await person()
    secrets = [await sessions.begin(ada) for _ in range(3)]
    this = await sessions.open_by(secrets[1])
    assert this is not None
    await sessions.end_all(ada, but=this.number)
    assert [one.number for one in await sessions.sessions_of(ada)] == [this.number]
    await sessions.end_all(ada)
    assert await sessions.sessions_of(ada) == ()


async def test_every_session_of_a_person_who_leaves_is_gone_with_the_next_request(database: str) -> None:
    ada = await person()
    await post(ada)
    secrets = [await sessions.begin(ada) for _ in range(2)]
    assert await sessions.open_by(secrets[0]) is not None
    await execute("UPDATE people.post SET superseded_at = clock_timestamp(), superseded_reason = 'left'")
    await post(ada, until=today() - timedelta(days=1))
    assert await sessions.open_by(secrets[0]) is None
    assert await sessions.sessions_of(ada) == ()
    (row,) = await fetch("SELECT count(*) FROM access.session WHERE ended_at IS NULL")
    assert row["count"] == 0


async def test_on_the_last_day_one_still_works(database: str) -> None:
    ada = await person()
    await post(ada, until=today())
    assert await sessions.open_by(await sessions.begin(ada)) is not None


async def test_an_attackers_cookie_is_never_taken_over(app: Watched, database: str) -> None:
    ada = await officer()
    async with calling(app) as client:
        client.cookies.set(cookie_name(), "a-secret-the-attacker-chose")
        assert (await client.get("/passport")).headers["location"].startswith("/sign-in")
    await sessions.begin(ada)
    assert await sessions.open_by("a-secret-the-attacker-chose") is None


async def test_what_the_provider_said_is_forgotten_with_the_session(database: str) -> None:
    ada, now = await person(), datetime.now(UTC)
    ended, run_out, living = [await sessions.begin(ada, proof=proof(at=now)) for _ in range(3)]
    await sessions.end(ended)
    await execute(
        "UPDATE access.session SET seen_at = now() - interval '31 minutes' WHERE id_hash = $1",
        sessions.hash_of(run_out),
    )
    await sessions.begin(ada)
    kept = await fetch("SELECT id_hash FROM access.session WHERE id_token IS NOT NULL")
    assert [row["id_hash"] for row in kept] == [sessions.hash_of(living)]
