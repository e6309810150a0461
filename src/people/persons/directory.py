"""How is a person found by what somebody remembers of their name or number?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Connection, Record

from foundation.database import connection, fetch, fetch_one

MOST_WORDS = 6
SHORTEST = 2
# Two letters of six that changed places, as in Okafro, leave this much of a name alike.
ALIKE = 0.5
# What a search is held to: a force, the unit that asks, how many, the only unit, and whom nothing finds.
Within = tuple[int | None, int | None, int, int | None, list[int]]
FIRST_WORD = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A person as the directory shows them."""

    person_id: int
    name: str
    numbers: str
    force_id: int
    unit_id: int | None


# A person stands where they stand today; who has not yet begun, where they will; who has left, where they last did.
_REFRESH = """
WITH placed AS (
    SELECT DISTINCT ON (person_id) person_id, force_id, unit_id FROM people.post
     WHERE superseded_at IS NULL AND {whom}
     ORDER BY person_id, valid_from <= $1 DESC, abs(valid_from - $1)
), numbered AS (
    SELECT person_id, string_agg(DISTINCT value, ' ' ORDER BY value) AS numbers FROM people.identifier
     WHERE superseded_at IS NULL AND valid_from <= $1 AND coalesce(valid_until >= $1, true) AND {whom}
     GROUP BY person_id
)
INSERT INTO people.directory AS kept (person_id, force_id, unit_id, name, numbers, searchable, is_protected)
SELECT person_id, force_id, unit_id, coalesce(known_as, given_names) || ' ' || family_name, coalesce(numbers, ''),
       people.folded(concat_ws(' ', given_names, known_as, family_name, numbers,
                               national_id, replace(national_id, '-', ''))), is_protected
  FROM placed LEFT JOIN numbered USING (person_id) JOIN people.person ON person.id = person_id
 ORDER BY person_id
    ON CONFLICT (person_id) DO UPDATE
   SET force_id = excluded.force_id, unit_id = excluded.unit_id, name = excluded.name, numbers = excluded.numbers,
       searchable = excluded.searchable, is_protected = excluded.is_protected
 WHERE (kept.force_id, kept.unit_id, kept.name, kept.numbers, kept.searchable, kept.is_protected) IS DISTINCT FROM
       (excluded.force_id, excluded.unit_id, excluded.name, excluded.numbers, excluded.searchable, excluded.is_protected)
"""
_FORGET = """
DELETE FROM people.directory WHERE {whom}
   AND NOT EXISTS (SELECT FROM people.post WHERE post.person_id = directory.person_id AND superseded_at IS NULL)
"""


async def refresh(writing: Connection, person_ids: Sequence[int] | None = None, *, on: date) -> None:
    """Bring the directory to what is recorded of some people, or of everyone, within the caller's transaction."""
    if person_ids is None:
        await writing.execute("LOCK TABLE people.directory IN SHARE ROW EXCLUSIVE MODE")
        await writing.execute(_REFRESH.format(whom="true"), on)
        await writing.execute(_FORGET.format(whom="true"))
        return
    # Locked first and read afterwards, so that of two writers the later one also sees what the earlier wrote.
    ids = list(person_ids)
    await writing.execute("SELECT FROM people.person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", ids)
    await writing.execute(_REFRESH.format(whom="person_id = ANY($2)"), on, ids)
    await writing.execute(_FORGET.format(whom="person_id = ANY($1)"), ids)


async def find(
    text: str,
    *,
    force_id: int | None = None,
    from_unit: int | None = None,
    only_unit: int | None = None,
    closed: Collection[int] = (),
    limit: int = 20,
) -> tuple[Found, ...]:
    """Find people by the beginnings of their names or numbers, in any order, or else by what sounds alike.

    Protected people are found only by those of their own unit, which `from_unit` names; `only_unit` finds nobody
    outside a unit, and `closed` names whom nothing finds. Text of a single letter finds nobody.
    """
    scope = (force_id, from_unit, limit, only_unit, list(closed))
    rows = await fetch(_BY_BEGINNINGS, *scope, text, MOST_WORDS, SHORTEST)
    # A number is right or wrong: one that looks like it is another person's.
    if not rows and not any(sign.isdigit() for sign in text):
        rows = await _by_likeness(text, scope)
    return tuple(Found(*row) for row in rows)


async def _by_likeness(text: str, scope: Within) -> list[Record]:
    folded = await fetch_one("SELECT people.folded($1) AS words", text)
    words = folded["words"].split()[:MOST_WORDS] if folded else []
    if len("".join(words)) < SHORTEST:
        return []
    numbers = range(FIRST_WORD, FIRST_WORD + len(words))
    matches = " AND ".join(f"${number} <% searchable" for number in numbers)
    order = " + ".join(f"(${number} <<-> searchable)" for number in numbers)
    sql = _FIND.format(matches=matches, order=f"{order}, name, person_id")
    async with connection() as lent, lent.transaction():
        await lent.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}")
        return list(await lent.fetch(sql, *scope, *words))


_FIND = """
SELECT person_id, name, numbers, force_id, unit_id
  FROM people.directory
 WHERE {matches} AND ($1::smallint IS NULL OR force_id = $1)
   AND (NOT is_protected OR unit_id = $2)
   AND ($4::integer IS NULL OR unit_id = $4) AND person_id <> ALL($5::integer[])
 ORDER BY {order} LIMIT $3
"""
# The words are folded where they are looked for: one round trip, and a plan that knows how rare they are.
_BY_BEGINNINGS = _FIND.format(
    matches="people.words_of(searchable, force_id) @@ people.beginnings($6, $1, $7, $8)",
    order="name, person_id",
)
