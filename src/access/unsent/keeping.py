"""How is what somebody sent when nobody was signed in any more kept for them, so that nothing typed is lost?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile

from access.confiding import reading_as, writing_as
from access.facts import identity_of
from access.sessions import whose
from foundation.answers import API
from foundation.audit import Actor, Event
from foundation.clock import today
from foundation.database import execute
from foundation.requests import EXACT, request_id_of

TYPED = "typed"
"""What a route's opt calls the form that people type there. What is behind a wall of its own is kept by no such form."""
FILE, TOKEN = "file", "_csrf_token"
MOST_SIGNS, MOST_KEPT = 200_000, 10
PURPOSE = "own forms"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was sent when its session had ended: what it was, where it goes, and every answer as it was typed."""

    number: int
    path: str
    what: str
    answers: Sequence[tuple[str, str]]
    kept_at: datetime

    @property
    def texts(self) -> Sequence[str]:
        """Return what somebody wrote in words; the rest are days, numbers and ticks."""
        return [value for name, value in self.answers if name != FILE and len(value.split()) > 1]

    @property
    def file(self) -> str | None:
        """Return the name of the file that was selected: it itself is not kept."""
        return next((value for name, value in self.answers if name == FILE and value), None)


async def kept_for(
    connection: ASGIConnection[Any, Any, Any, Any],
    opt: Mapping[str, Any],
    *,
    secret: str | None = None,
    person_id: int | None = None,
) -> int | None:
    """Keep the form that was sent for whoever's session has just run out, or for who is known; return its number, or None.

    The session's secret still tells whose form it is, though it opens nothing any more.
    """
    what = opt.get(TYPED)
    if not isinstance(connection, Request) or what is None or connection.scope["path"].startswith(API):
        return None
    if person_id is None and secret:
        person_id = await whose(secret)
    identity = await identity_of(person_id, today()) if person_id else None
    answers = await _typed(connection) if identity else ()
    if identity is None or not answers:
        return None
    query = connection.url.query
    path = connection.url.path + (f"?{query}" if query else "")
    actor = Actor(identity.person_id, identity.name, request_id_of(connection.scope))
    async with writing_as(actor, Event("unsent form kept", PURPOSE, identity.person_id)) as database:
        number = await database.fetchval(
            "INSERT INTO access.unsent_form (person_id, path, what, answers) VALUES ($1, $2, $3, $4) RETURNING id",
            identity.person_id, path, what, msgspec.json.encode(answers).decode(),
        )  # fmt: skip
        await database.execute(_NO_MORE, identity.person_id)
    return int(number)


async def unsent(person_id: int, number: int) -> Unsent | None:
    """Return a form of somebody's own that is still kept: the database shows nobody else's."""
    async with reading_as(person_id) as connection:
        row = await connection.fetchrow(
            "SELECT id, path, what, answers, kept_at FROM access.unsent_form WHERE id = $1",
            min(number, EXACT),
        )
    if row is None:
        return None
    answers = msgspec.json.decode(row["answers"], type=tuple[tuple[str, str], ...])
    return Unsent(row["id"], row["path"], row["what"], answers, row["kept_at"])


async def let_go(actor: Actor, number: int) -> str | None:
    """Let go of a form of one's own, sent again or thrown away; return where it goes, or None if it had gone before."""
    event = Event("unsent form let go", PURPOSE, actor.person_id)
    async with writing_as(actor, event) as connection:
        path = await connection.fetchval(
            "DELETE FROM access.unsent_form WHERE id = $1 RETURNING path", min(number, EXACT)
        )
    return None if path is None else str(path)


async def drop_old() -> str:
    """Drop what was not sent again within a day; return what the database says of it."""
    return await execute("DELETE FROM access.unsent_form WHERE kept_at < now() - interval '1 day'")


async def _typed(request: Request[Any, Any, Any]) -> Sequence[tuple[str, str]]:
    """Return the answers of a form, of a file its name; none where there is more than anybody types."""
    found = []
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            await value.close()
            found.append((FILE, value.filename))
        elif isinstance(value, str) and name != TOKEN:
            found.append((name.replace("\0", ""), value.replace("\0", "")))
    is_fit = sum(len(name) + len(value) for name, value in found) <= MOST_SIGNS
    return found if is_fit and any(value.strip() for _, value in found) else ()


_NO_MORE = f"""
DELETE FROM access.unsent_form WHERE person_id = $1 AND id NOT IN (
    SELECT id FROM access.unsent_form WHERE person_id = $1 ORDER BY id DESC LIMIT {MOST_KEPT})
"""  # noqa: S608 - our own constant
