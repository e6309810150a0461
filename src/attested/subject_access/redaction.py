"""Whose names are taken out of what somebody wrote before it is given to the person it is about?"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from asyncpg import Connection

REDACTED = "[another person]"
# Two or three words in a row that begin with a capital: what might be a name.
_MAYBE = re.compile(r"(?=(?<![\w’'-])([^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){1,2}))")
_PERSON = """
SELECT id, given_names, family_name, coalesce(known_as, '') AS known_as FROM people.person
 WHERE id <> $1 AND (id = ANY($2) OR given_names || ' ' || family_name = ANY($3) OR known_as || ' ' || family_name = ANY($3)
       OR split_part(given_names, ' ', 1) || ' ' || family_name = ANY($3))
"""


@dataclass(frozen=True, slots=True)
class Names:
    """What is taken out, the longest first."""

    words: tuple[str, ...] = ()


async def names_of_others(
    connection: Connection, person_id: int, others: Collection[int], texts: Iterable[str]
) -> Names:
    """Return the names to take out: of those known to be in the matter, by family name alone too, and of anybody named whole."""
    rows = await connection.fetch(_PERSON, person_id, list(others), sorted(maybe_names(texts)))
    own = await connection.fetchrow(
        "SELECT given_names, family_name, known_as FROM people.person WHERE id = $1", person_id
    )
    mine = (
        set()
        if own is None
        else {
            own["family_name"],
            f"{own['given_names']} {own['family_name']}",
            f"{own['known_as']} {own['family_name']}",
        }
    )
    found: set[str] = set()
    for row in rows:
        family = row["family_name"]
        firsts = {row["given_names"], row["given_names"].partition(" ")[0], row["known_as"]} - {""}
        found |= {f"{first} {family}" for first in firsts}
        if row["id"] in others:
            found.add(family)
    return Names(tuple(sorted(found - mine, key=lambda name: (-len(name), name))))


def maybe_names(texts: Iterable[str]) -> set[str]:
    """Return what in some texts might be the whole name of somebody."""
    found: set[str] = set()
    for text in texts:
        for match in _MAYBE.finditer(text):
            words = match[1].removesuffix("’s").removesuffix("'s").split(" ")
            found |= {" ".join(words), " ".join(words[:2]).removesuffix("’s").removesuffix("'s")}
    return found


def redacted(text: str, names: Names) -> str:
    """Return a text without the names."""
    for name in names.words:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", REDACTED, text)
    return text
