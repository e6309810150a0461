"""A small line of supervision: who speaks with whom, who came before, who is above, and who may only see the days."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from httpx2 import AsyncClient

from access import sessions
from access.confidential import Asker
from access.facts import identity_of
from access.roles import Role
from access.sign_in import cookie_name, form_cookie_name
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.database import as_owner, fetch_one
from foundation.requests import Watched
from passport.conversations import agreeing
from passport.conversations.rules import Part
from passport.conversations.shelf import Content, NewAction
from tests.builders import line, listed, officer
from tests.clients import calling, grant_role, proof

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Line:
    """Bea supervises Ada; Olly did until yesterday; Cal is above Bea; Desi is of HR, Lena leads the force; Una is alone."""

    ada: int
    bea: int
    olly: int
    cal: int
    desi: int
    lena: int
    una: int
    grants: dict[int, int]


async def a_line() -> Line:
    """Enter everybody, under the policy that is shipped."""
    await policy_in_force(today())
    ada, bea, olly, cal, desi, lena, una = [
        await officer(given, family)
        for given, family in (
            ("Ada", "Okafor"), ("Bea", "Boss"), ("Olly", "Former"), ("Cal", "Inspector"), ("Desi", "Desk"),
            ("Lena", "Lead"), ("Una", "Alone"),
        )
    ]  # fmt: skip
    await line(ada, olly, until=today() - DAY)
    await line(ada, bea, since=today())
    for one in (bea, olly, desi, lena):
        await line(one, cal)
    grants = {
        desi: await grant_role(desi, Role.LICENSING_DESK, by=cal),
        lena: await grant_role(lena, Role.FORCE_LEAD, by=cal),
    }
    await listed()
    return Line(ada, bea, olly, cal, desi, lena, una, grants)


async def asker(person_id: int) -> Asker:
    """Return somebody as whoever asks."""
    identity = await identity_of(person_id, today())
    assert identity is not None
    return Asker(identity)


def said(words: str = "Went through the autumn.", *agreed: str, held_on: date | None = None) -> Content:
    """Return what a supervisor has written."""
    return Content(
        held_on=held_on or today(),
        words={"": words},
        covered=("wellbeing",),
        actions=tuple(NewAction(what, Part.OFFICER, today() + 4 * WEEK) for what in agreed),
    )


async def shared(supervisor_id: int, person_id: int, content: Content | None = None) -> int:
    """Let a supervisor share a conversation."""
    return await agreeing.share(
        await asker(supervisor_id), person_id=person_id, version=0, content=content or said()
    )


async def held_before(there: Line, words: str = "Olly’s own words", *agreed: str, weeks: int = 20) -> int:
    """Enter a conversation that Ada had with Olly while he supervised her."""
    row = await fetch_one(
        "INSERT INTO passport.conversation (person_id, supervisor_id, held_on) VALUES ($1, $2, $3) RETURNING id",
        there.ada,
        there.olly,
        today() - weeks * WEEK,
    )
    assert row is not None
    async with as_owner() as owner:
        await owner.execute(
            """INSERT INTO passport.conversation_entry (conversation_id, person_id, supervisor_id, author_id, kind, text)
               VALUES ($1, $2, $3, $3, 'words', $4)""",
            row["id"], there.ada, there.olly, words,
        )  # fmt: skip
        for what in agreed:
            await owner.execute(
                """INSERT INTO passport.conversation_action (conversation_id, person_id, agreed_by, falls_to, what, due_on)
                   VALUES ($1, $2, $3, 'officer', $4, $5)""",
                row["id"], there.ada, there.olly, what, today() + WEEK,
            )  # fmt: skip
    return int(row["id"])


async def session_of(there: Line, person_id: int) -> str:
    """Begin a session that acts in the role granted to a person, if one was."""
    secret = await sessions.begin(person_id)
    return await sessions.renew(secret, acting=there.grants.get(person_id), proof=proof(person_id)) or secret


@asynccontextmanager
async def at_work(app: Watched, there: Line, person_id: int) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody; a program's token is sent along."""
    async with calling(app) as client:
        client.cookies.set(cookie_name(), await session_of(there, person_id))
        await client.get("/passport/readings")
        client.headers["x-csrftoken"] = client.cookies.get(form_cookie_name()) or ""
        yield client


async def national_id(person_id: int) -> str:
    """Return somebody's national identifier."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])
