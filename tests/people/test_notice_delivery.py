"""Every notice reaches its recipients by e-mail once; what may arrive twice after a crash has the same number."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date

import pytest
from asyncpg import Record

from foundation.database import execute, fetch, transaction
from foundation.jobs.handlers import joined
from foundation.jobs.runner import Runner
from foundation.settings import settings
from people.notices.actions import NewNotice, give
from people.notices.delivery import deliver
from people.notices.jobs import HANDLERS
from people.notices.letters import Letter, composed
from people.notices.posting import Answer, PostOfficeClosedError
from people.notices.rules import Rung
from tests import owner
from tests.attested.local.processes import ROOT
from tests.builders import line, officer
from tests.people.mail_server import MailServer, hang_up, killing, mail_server

pytestmark = pytest.mark.anyio
TODAY = date(2026, 6, 1)
DELIVERS = """
import asyncio, os
from foundation.database import DATABASE
from people.notices.delivery import deliver
async def main():
    await DATABASE.open(os.environ["DATABASE_URL"], size=2)
    input()
    await deliver()
asyncio.run(main())
"""


@pytest.fixture
async def server(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    async with mail_server() as (taking, port):
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(port))
        monkeypatch.setenv("PUBLIC_URL", "https://attested.example")
        settings.cache_clear()
        yield taking
    monkeypatch.undo()
    settings.cache_clear()


async def told(person_id: int, *, rung: Rung = Rung.DAYS_30, headline: str = "Ada: first aid is due") -> None:
    notice = NewNotice(person_id, "FA-1", date(2026, 7, 1), rung, headline, "It holds through 1 July 2026.")
    async with transaction() as connection:
        await give(connection, [notice], created_for=TODAY)


async def telling(number: int) -> None:
    for index in range(number):
        await told(await officer(f"Ada{index}", email=f"ada{index}@avon.test"))


async def deliveries() -> list[Record]:
    return list(await fetch("SELECT * FROM people.notice_delivery WHERE channel = 'e-mail' ORDER BY id"))


async def let_pass(column: str, value: str) -> None:
    await execute(f"UPDATE people.notice_delivery SET {column} = {value} WHERE channel = 'e-mail'")  # noqa: S608


async def test_a_notice_is_mailed_once_to_the_person_and_to_their_supervisor(server: MailServer) -> None:
    ada, sam = await officer("Ada", email="ada@avon.test"), await officer("Sam", email="sam@avon.test")
    await line(ada, sam)
    await told(ada)
    await told(ada)
    await Runner(joined(HANDLERS)).drain()
    assert await deliver() == Counter()
    assert sorted(str(letter["To"]) for letter in server.letters) == ["ada@avon.test", "sam@avon.test"]
    assert len(set(server.numbers)) == 2
    assert {row["state"] for row in await deliveries()} == {"sent"}


async def test_a_letter_says_what_the_inbox_says_and_the_way_there(server: MailServer) -> None:
    await told(await officer(email="ada@avon.test"), headline="Ada: <first aid>\nis due")
    await deliver()
    (letter,) = server.letters
    assert letter["Subject"] == "Ada: <first aid> is due"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"] == "Attested <no-reply@attested.test>"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert (
        plain.get_content()
        .replace("\r", "")
        .startswith("It holds through 1 July 2026.\n\nRead it in your inbox: ")
    )
    assert "https://attested.example/inbox" in plain.get_content()
    assert "&lt;first aid&gt;" in html.get_content()
    assert '<a href="https://attested.example/inbox">' in html.get_content()


async def test_racing_deliverers_send_each_letter_once(server: MailServer) -> None:
    await telling(30)
    answers = await asyncio.gather(*(deliver() for _ in range(4)))
    assert sum(answers, Counter()) == Counter({Answer.TAKEN: 30})
    assert len(server.numbers) == len(set(server.numbers)) == 30


async def test_one_connection_serves_a_whole_batch(server: MailServer) -> None:
    await telling(5)
    await deliver()
    assert server.connections == 1


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
async def test_a_letter_not_wanted_now_is_sent_later(server: MailServer, step: str) -> None:
    server.replies[step] = "451 greylisted, come again"
    await telling(1)
    assert await deliver() == Counter({Answer.NOT_NOW: 1})
    assert await deliver() == Counter(), "not before its time"
    (row,) = await deliveries()
    assert (row["state"], row["attempt"], row["last_error"]) == ("due", 1, "451 greylisted, come again")
    server.replies.clear()
    await let_pass("due_at", "clock_timestamp()")
    await deliver()
    (row,) = await deliveries()
    assert (row["state"], row["attempt"], row["last_error"]) == ("sent", 2, None)
    assert len(server.letters) == 1


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
async def test_a_letter_refused_for_good_is_not_sent_again(server: MailServer, step: str) -> None:
    server.replies[step] = "550 nobody of that name"
    await telling(1)
    assert await deliver() == Counter({Answer.REFUSED: 1})
    (row,) = await deliveries()
    assert (row["state"], row["last_error"]) == ("failed", "550 nobody of that name")
    assert row["finished_at"] is not None


async def test_one_bad_address_holds_up_nobody(server: MailServer) -> None:
    server.replies["ada1@avon.test"] = "550 no"
    server.replies["ada2@avon.test"] = "451 later"
    await telling(3)
    await told(await officer(email="not an address\nBcc: all@avon.test"))
    await told(await officer(email="bee@avon.test"))
    await deliver()
    assert [row["state"] for row in await deliveries()] == ["sent", "failed", "due", "failed", "sent"]
    assert [str(letter["To"]) for letter in server.letters] == ["ada0@avon.test", "bee@avon.test"]


async def test_a_server_that_goes_after_taking_a_letter_gets_it_again_under_its_number(
    server: MailServer,
) -> None:
    server.after_data = hang_up
    await telling(1)
    assert await deliver() == Counter({Answer.NOT_NOW: 1})
    server.after_data = None
    await let_pass("due_at", "clock_timestamp()")
    assert await deliver() == Counter({Answer.TAKEN: 1})
    assert server.numbers == ["<notice-1@attested.test>"] * 2


async def test_a_sender_killed_before_it_noted_the_answer_repeats_one_letter_under_its_number(
    server: MailServer, database: str
) -> None:
    await telling(3)
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "DATABASE_URL": database}
    with subprocess.Popen([sys.executable, "-c", DELIVERS], env=environment, stdin=subprocess.PIPE) as sender:  # noqa: ASYNC220
        server.after_data = killing(sender.pid)
        assert sender.stdin is not None
        sender.stdin.write(b"\n")
        sender.stdin.close()
        await asyncio.to_thread(sender.wait)
    assert sender.returncode == -9
    server.after_data = None
    assert await deliver() == Counter({Answer.TAKEN: 2}), "the others go at once, the first keeps its lease"
    await let_pass("lease_until", "lease_until - interval '1 hour'")
    assert await deliver() == Counter({Answer.TAKEN: 1})
    times = Counter(server.numbers)
    assert sorted(times.values()) == [1, 1, 2]
    assert times[server.numbers[0]] == 2


async def test_without_an_address_nothing_is_sent_and_it_says_so(server: MailServer) -> None:
    await told(await officer(email=None))
    await deliver()
    assert [row["state"] for row in await deliveries()] == ["no address"]
    assert server.connections == 0


@pytest.mark.parametrize("step", ["MAIL", "nobody listens"])
async def test_a_server_that_takes_nothing_costs_no_letter_a_try(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    server.replies["MAIL"] = "530 sign in first"
    if step != "MAIL":
        monkeypatch.setenv("SMTP_PORT", "1")
        settings.cache_clear()
    await telling(2)
    with pytest.raises(PostOfficeClosedError):
        await deliver()
    assert [(row["state"], row["attempt"], row["lease_until"]) for row in await deliveries()] == [
        ("due", 0, None)
    ] * 2
    await Runner(joined(HANDLERS)).drain()
    jobs = await fetch("SELECT state, last_error FROM foundation.job WHERE name = 'notices.deliver'")
    assert {row["state"] for row in jobs} == {"waiting"}
    assert all(row["last_error"].startswith("PostOfficeClosedError") for row in jobs)


async def test_while_no_server_is_set_letters_wait_for_a_week_at_most(database: str) -> None:
    await telling(1)
    await deliver()
    assert [row["state"] for row in await deliveries()] == ["due"]
    await owner.execute("UPDATE people.notice SET created_at = created_at - interval '8 days'")
    await deliver()
    (row,) = await deliveries()
    assert (row["state"], row["last_error"]) == ("failed", "not sent within a week")
    inbox = await fetch("SELECT state FROM people.notice_delivery WHERE channel = 'inbox'")
    assert [row["state"] for row in inbox] == ["sent"]


async def test_a_letter_that_is_never_wanted_is_given_up_after_a_day(server: MailServer) -> None:
    server.replies["RCPT"] = "451 later"
    await telling(1)
    await let_pass("attempt", "23")
    await deliver()
    assert [row["state"] for row in await deliveries()] == ["failed"]


def test_a_number_never_changes_with_the_attempt() -> None:
    first, later = (
        composed(Letter(7, attempt, "a@b.test", "H", "B"), sender="X <x@y.test>", service="http://s")
        for attempt in (1, 9)
    )
    assert first["Message-ID"] == later["Message-ID"] == "<notice-7@y.test>"
