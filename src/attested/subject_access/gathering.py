"""How is everything that lies before the walls gathered for whoever asked for it?"""

import hashlib
from collections.abc import Mapping

import msgspec
from asyncpg import Connection

from access.confiding import see_as
from access.readings.looks import NOT_TOLD, told_to_subject
from access.roles import Role
from attested.subject_access.catalogue import By, Held, Part, catalogue
from attested.subject_access.contents import Contents
from attested.subject_access.copying import Copied, Section, copied, told
from foundation.audit import CONCERNS
from foundation.clock import today

_LONDON = "(at AT TIME ZONE 'Europe/London')::date"
# What whoever works behind a wall writes down is judged there; what would warn somebody is not told at all.
UNTOLD = (
    *NOT_TOLD,
    "retention hold set",
    "retention hold ended",
    "reader's name held back",
    "reader's name told",
)
CONFIDENTIAL = tuple(role for role in Role if role.is_confidential)
_OPEN = "event <> ALL($2::text[]) AND (is_reading OR coalesce(role <> ALL($3::text[]), true))"
_STATEMENTS: Mapping[By, str] = {
    By.AUDIT_ABOUT: f"""
        SELECT {_LONDON} AS day, event, purpose, coalesce(role, 'the service'), count(*)::integer AS times,
               ARRAY[]::integer[] AS people, 0 AS key, detail->>'way' AS way FROM foundation.audit_event
         WHERE {CONCERNS.format(person="$1")} AND actor_id IS DISTINCT FROM $1 AND {_OPEN}
         GROUP BY {_LONDON}, event, purpose, role, detail->>'way' ORDER BY 1, 2, 3""",  # noqa: S608 - our own words
    By.AUDIT_BY: f"""
        SELECT {_LONDON} AS day, event, purpose, coalesce(role, 'officer'), count(*)::integer AS times,
               ARRAY[]::integer[] AS people, 0 AS key, NULL AS way FROM foundation.audit_event
         WHERE actor_id = $1 AND $2::text[] IS NOT NULL AND $3::text[] IS NOT NULL
         GROUP BY {_LONDON}, event, purpose, role ORDER BY 1, 2, 3""",  # noqa: S608 - our own words
    By.WORDS_ABOUT: f"""
        SELECT {_LONDON} AS day, event, text, coalesce(role, 'the service'), ARRAY[actor_id]::integer[] AS people, 0 AS key,
               NULL AS way
          FROM foundation.audit_text JOIN foundation.audit_event ON audit_event.id = event_id
         WHERE subject_id = $1 AND erased_at IS NULL AND {_OPEN} AND coalesce(role <> ALL($3::text[]), true)
         ORDER BY event_id""",  # noqa: S608 - our own words
}  # fmt: skip
_HEADINGS: Mapping[By, Mapping[str, str]] = {
    By.AUDIT_ABOUT: {"day": "On", "event": "What", "purpose": "For", "role": "In the role", "times": "Times"},
    By.AUDIT_BY: {"day": "On", "event": "What", "purpose": "For", "role": "In the role", "times": "Times"},
    By.WORDS_ABOUT: {"day": "On", "event": "About", "text": "Words", "role": "In the role"},
}


async def gathered(connection: Connection, person_id: int) -> Contents:
    """Return what is held on a person before the walls."""
    await see_as(connection, person_id)
    found = [await _section(connection, held, person_id) for held in catalogue().of(Part.GENERAL)]
    return Contents(Part.GENERAL, today(), tuple(one.section for one in found if one.section.rows))


async def keep(connection: Connection, request_id: int, person_id: int, contents: Contents) -> None:
    """Keep a part of a copy where the person alone finds it again."""
    written = msgspec.json.encode(contents)
    await connection.execute(
        """INSERT INTO access.subject_part (request_id, person_id, part, sha256, gathered_on, content)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        request_id, person_id, contents.part, hashlib.sha256(written).digest(), contents.gathered_on, written.decode(),
    )  # fmt: skip


async def _section(connection: Connection, held: Held, person_id: int) -> Copied:
    if held.by is None:
        return await copied(connection, held, person_id)
    rows = await connection.fetch(_STATEMENTS[held.by], person_id, list(UNTOLD), list(CONFIDENTIAL))
    named = msgspec.structs.replace(held, columns=_HEADINGS[held.by], as_role={}, free=("text",))
    found = await told(connection, named, person_id, rows)
    ways = [row["way"] for row in rows]
    return _in_plain_words(found, ways) if held.by is By.AUDIT_ABOUT else found


def _in_plain_words(found: Copied, ways: list[str | None]) -> Copied:
    section = found.section
    rows = tuple(
        (row[0], told_to_subject(str(row[1]), way), *row[2:])
        for row, way in zip(section.rows, ways, strict=True)
    )
    plain = Section(section.kind, section.title, section.words, section.columns, rows)
    return Copied(found.held, plain, found.keys)
