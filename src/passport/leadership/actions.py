"""How is an example written, offered and put aside, and how is a standard judged?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from asyncpg import Connection

from access.confiding import reading_as, writing_as
from access.identity import Identity
from access.permissions import Permission
from foundation.audit import Actor, Event, recorded
from foundation.clock import today
from foundation.problems import NotFoundError
from passport.leadership.errors import (
    AsideError,
    NoStandardError,
    NoWordsError,
    OfferedError,
    UnfinishedExampleError,
)
from passport.leadership.facts import own_example
from passport.leadership.reading import reached
from passport.leadership.rules import LONGEST_TEXT, Example, Verdict
from passport.leadership.telling import tell_judged
from passport.standards.book import leadership_standards

OWN = "own leadership"
JUDGING = "judging leadership"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody writes of an example."""

    title: str
    happened_on: date | None = None
    text: str = ""
    standards: tuple[str, ...] = ()


async def write(actor: Actor, draft: Draft) -> int:
    """Keep a new example, which its author alone sees until they offer it; return its number."""
    async with writing_as(actor, Event("leadership example written", OWN, actor.person_id)) as connection:
        return int(
            await connection.fetchval(
                """INSERT INTO passport.leadership_example (person_id, title, happened_on, text, standards)
                   VALUES ($1, $2, $3, $4, $5) RETURNING id""",
                actor.person_id, draft.title, draft.happened_on, draft.text, list(draft.standards),
            )
        )  # fmt: skip


async def change(actor: Actor, example_id: int, draft: Draft) -> None:
    """Change a draft of one's own.

    :raises NotFoundError: there is none. :raises OfferedError: it was offered. :raises AsideError: it is put aside.
    """
    async with holding(actor, example_id, "leadership example changed") as (connection, _):
        await connection.execute(
            """UPDATE passport.leadership_example
                  SET title = $2, happened_on = $3, text = $4, standards = $5, changed_at = clock_timestamp()
                WHERE id = $1""",
            example_id, draft.title, draft.happened_on, draft.text, list(draft.standards),
        )  # fmt: skip


async def offer(actor: Actor, example_id: int) -> None:
    """Offer an example to those who judge: from then on it is evidence, and stays as it is.

    :raises UnfinishedExampleError: something is missing from it. :raises OfferedError: it was offered before.
    """
    async with holding(actor, example_id, "leadership example offered") as (connection, example):
        if example.missing:
            raise UnfinishedExampleError
        await connection.execute(
            "UPDATE passport.leadership_example SET offered_at = clock_timestamp() WHERE id = $1", example_id
        )


async def discard(actor: Actor, example_id: int) -> None:
    """Put a draft aside; it can be brought back.

    :raises NotFoundError: there is none. :raises OfferedError: it was offered.
    """
    async with holding(actor, example_id, "leadership example put aside") as (connection, _):
        await connection.execute(
            "UPDATE passport.leadership_example SET discarded_at = clock_timestamp() WHERE id = $1",
            example_id,
        )


async def restore(actor: Actor, example_id: int) -> None:
    """Bring a draft back that was put aside.

    :raises NotFoundError: there is none.
    """
    example = await own(actor, example_id)
    if example.discarded_at is None:
        return
    async with writing_as(actor, _event("leadership example brought back", example)) as connection:
        await connection.execute(
            "UPDATE passport.leadership_example SET discarded_at = NULL WHERE id = $1", example_id
        )


async def own(actor: Actor, example_id: int) -> Example:
    """Return one's own example.

    :raises NotFoundError: it is another's, or there is none: the one looks exactly like the other.
    """
    person_id = actor.person_id or 0
    async with reading_as(person_id) as connection:
        found = await own_example(connection, person_id, example_id)
    if found is None:
        raise NotFoundError
    return found


async def judge(
    identity: Identity, actor: Actor, national_id: str, *, standard: str, verdict: Verdict, words: str
) -> None:
    """Judge one leadership standard of somebody, as their supervisor or as an assessor; what was said before stays.

    :raises NotFoundError: they are out of reach; one's own record always is.
    :raises NoStandardError: there is no such leadership standard. :raises NoWordsError: nothing says why.
    """
    on = today()
    about, capacity = await reached(identity, national_id, Permission.LEADERSHIP_JUDGE, on=on, look=None)
    if capacity is None or about.id == identity.person_id:
        raise NotFoundError
    if standard not in leadership_standards():
        raise NoStandardError
    if not 0 < len(words) <= LONGEST_TEXT:
        raise NoWordsError
    detail = {"standard": standard, "verdict": str(verdict), "capacity": str(capacity)}
    async with recorded(
        actor, Event("leadership standard judged", JUDGING, about.id, detail, role=identity.acts_as)
    ) as connection:
        await connection.execute(
            """INSERT INTO passport.leadership_judgement (person_id, standard, verdict, words, capacity, judged_by)
               VALUES ($1, $2, $3, $4, $5, $6)""",
            about.id, standard, verdict, words, capacity, identity.person_id,
        )  # fmt: skip
        await tell_judged(
            connection, person_id=about.id, by=identity.name, capacity=capacity, standard=standard, on=on
        )


@asynccontextmanager
async def holding(actor: Actor, example_id: int, name: str) -> AsyncIterator[tuple[Connection, Example]]:
    """Lend a connection that writes, and one's own draft as it stands until the transaction ends.

    :raises NotFoundError: there is none. :raises OfferedError: it was offered. :raises AsideError: it is put aside.
    """
    found = _still_a_draft(await own(actor, example_id))
    async with writing_as(actor, _event(name, found)) as connection:
        await connection.execute(
            "SELECT FROM passport.leadership_example WHERE id = $1 FOR UPDATE", example_id
        )
        example = await own_example(connection, found.person_id, example_id)
        if example is None:
            raise NotFoundError
        yield connection, _still_a_draft(example)


def _still_a_draft(example: Example) -> Example:
    if example.offered_at is not None:
        raise OfferedError
    if example.discarded_at is not None:
        raise AsideError
    return example


def _event(name: str, example: Example) -> Event:
    return Event(name, OWN, example.person_id, {"example": example.id})
