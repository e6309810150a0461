"""Does a system find what it sent, all of it and nothing else, by every question that xAPI knows?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.database import fetch
from foundation.problems import InvalidError
from passport.statements.actions import receive, told
from passport.statements.indexing import key_of
from passport.statements.judging import alone
from passport.statements.listing import Sender, complete_until, kept_under, listed
from passport.statements.querying import query
from passport.statements.shapes import Document
from tests.builders import force_id
from tests.passport.classes.training import school
from tests.passport.statements.sending import (
    COMPLETED,
    ETHICS,
    FEED,
    HOME,
    MIRS,
    PASSED,
    sent,
    statement,
    voiding,
)

pytestmark = pytest.mark.anyio
REGISTRATION = str(uuid4())
ADA, TRAINER = ({"account": {"homePage": HOME, "name": name}} for name in ("1000001", "trainer"))
PATH = "/xapi/statements"


@pytest.fixture
async def asker(database: str) -> Sender:
    await school()
    return Sender(await force_id(), FEED.name, key_of("us Avon learning feed"))


async def found(asker: Sender, **asked: str) -> list[str]:
    return [str(one.id) for one in (await listed(asker, query(asked)))[0]]


def about_ada(**more: object) -> Document:
    """Word a statement of Bo, taught by the trainer, within a course that Ada takes."""
    context = {
        "registration": REGISTRATION,
        "instructor": {"objectType": "Agent", **TRAINER},
        "contextActivities": {"parent": [{"id": f"{HOME}/year"}], "category": {"id": f"{HOME}/kind"}},
    }
    return statement("1000002", MIRS, COMPLETED, context=context, **more)


async def test_the_latest_is_first_and_pages_go_on_where_they_ended(asker: Sender) -> None:
    every = [
        *(await sent(statement(), statement("1000002"))),
        *(await sent(statement())),
        *(await sent(statement())),
    ]
    assert await found(asker) == every[::-1]
    assert await found(asker, ascending="true", limit="0") == every
    asked, seen, last = {"limit": "3", "ascending": "true"}, [], None
    for _ in range(2):
        page, last = await listed(asker, query(asked))
        seen += [str(one.id) for one in page]
        if last is not None:
            more = query(asked).more(last, PATH)
            assert more.startswith(f"{PATH}?limit=3&ascending=true&after=")
            asked["after"] = str(last)
    assert seen == every
    assert last is None


async def test_each_question_finds_what_it_asks_for_and_no_more(asker: Sender) -> None:
    (one,) = await sent(statement())
    (other,) = await sent(about_ada())
    (group,) = await sent(statement(actor={"objectType": "Group", "member": [ADA, TRAINER]}, activity=MIRS))
    inner = {
        "objectType": "SubStatement",
        "actor": ADA,
        "verb": {"id": PASSED},
        "object": {"id": f"{HOME}/planned"},
    }
    (plan,) = await sent(statement("9", object=inner))
    asked: list[tuple[Mapping[str, str], list[str]]] = [
        ({"agent": json.dumps(ADA)}, [group, one]),
        ({"agent": json.dumps(ADA), "related_agents": "true"}, [plan, group, one]),
        ({"agent": json.dumps(TRAINER)}, [group]),
        ({"agent": json.dumps(TRAINER), "related_agents": "true"}, [group, other]),
        ({"agent": json.dumps({"mbox": "mailto:ada@avon.test"})}, []),
        ({"verb": COMPLETED}, [other]),
        ({"activity": ETHICS}, [one]),
        ({"activity": f"{HOME}/year"}, []),
        ({"activity": f"{HOME}/year", "related_activities": "true"}, [other]),
        ({"activity": f"{HOME}/kind", "related_activities": "true"}, [other]),
        ({"activity": f"{HOME}/planned", "related_activities": "true"}, [plan]),
        ({"registration": REGISTRATION}, [other]),
        ({"activity": MIRS, "verb": PASSED}, [group]),
    ]
    for question, expected in asked:
        assert await found(asker, **question) == expected, question


async def test_time_is_asked_for_to_the_microsecond(asker: Sender) -> None:
    every = [(await sent(statement()))[0] for _ in range(3)]
    rows = await fetch("SELECT stored_at FROM passport.statement ORDER BY stored_at")
    middle = rows[1]["stored_at"].isoformat()
    assert await found(asker, since=middle) == [every[2]]
    assert await found(asker, until=middle) == [every[1], every[0]]
    assert await found(asker, since=middle, until=middle) == []


async def test_what_refers_to_a_statement_is_found_with_it_and_what_is_voided_is_not(asker: Sender) -> None:
    one = statement()
    void = voiding(one)
    void["actor"] = TRAINER
    reply = {**statement("9"), "object": {"objectType": "StatementRef", "id": void["id"]}}
    await sent(one)
    await sent(void)
    await sent(reply)
    assert await found(asker, activity=ETHICS) == [reply["id"], void["id"]]
    kept = await kept_under(asker, told([one])[0].id)
    assert kept is not None
    assert kept.is_voided


async def test_a_system_is_shown_what_it_sent_itself(asker: Sender) -> None:
    one = statement()
    await sent(one)
    await receive(asker.force_id, told([statement()]), actor=Actor(None, "Driving simulator"))
    assert await found(asker) == [one["id"]]
    other = Sender(asker.force_id, "Driving simulator", asker.authority)
    assert await kept_under(other, told([one])[0].id) is None
    assert len(await found(other)) == 1
    authority = json.dumps({"account": {"homePage": "https://us.test", "name": FEED.name}})
    assert await found(asker, agent=authority, related_agents="true") == []
    ours = Sender(asker.force_id, FEED.name, key_of(f"https://us.test {FEED.name}"))
    assert await found(ours, agent=authority, related_agents="true") == [one["id"]]


async def test_while_a_batch_is_kept_all_is_there_up_to_the_one_before(asker: Sender, database: str) -> None:
    await sent(statement())
    (row,) = await fetch("SELECT stored_at FROM passport.statement")
    assert await complete_until(asker) > row["stored_at"]
    batch = await asyncpg.connect(database)
    async with batch.transaction():
        await alone(batch, asker.force_id)
        assert await complete_until(asker) == row["stored_at"]
        assert await complete_until(replace(asker, force_id=asker.force_id + 1)) > row[
            "stored_at"
        ] - timedelta(hours=2)
    await batch.close()
    assert await complete_until(asker) > row["stored_at"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("agent", "ada"), ("agent", '{"mbox":"ada"}'), ("agent", '{"objectType":"Group","member":[]}'),
        ("agent", "[" * 5000), ("verb", "passed"), ("activity", "x"), ("registration", "7"), ("since", "yesterday"),
        ("until", "0001-01-01T00:00:00+14:00"), ("limit", "-1"), ("limit", "٣"), ("limit", "9" * 40),
        ("ascending", "yes"), ("related_agents", "1"), ("after", "x_y"), ("after", "2026-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_a_question_that_is_none_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        query({name: text})
    assert [one.partition(".")[0] for one in refusal.value.errors] == [name]
