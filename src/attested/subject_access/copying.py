"""How do the rows that a table holds on a person become a section of their copy, with everybody else left unnamed?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import msgspec
from asyncpg import Connection, Record

from attested.subject_access.catalogue import Held
from attested.subject_access.redaction import Names, names_of_others, redacted

Value = str | float | bool | None

# What a number of ours stands for.
LOOKED_UP = {
    "force_id": """(SELECT named.name FROM people.force_name AS named WHERE named.force_id = held.force_id
                     ORDER BY named.valid_from DESC LIMIT 1)""",
    "unit_id": "(SELECT unit.name FROM people.unit AS unit WHERE unit.id = held.unit_id)",
    "sha256": "encode(held.sha256, 'hex')",
    "requirement_id": "(SELECT code FROM passport.requirement AS asked WHERE asked.id = held.requirement_id)",
}


@dataclass(frozen=True, slots=True)
class Section:
    """What one table holds on a person: a heading for each column, and the rows, each as long as the headings."""

    kind: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A section, and the number of each of its rows."""

    held: Held
    section: Section
    keys: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        """Return the hash of what would be given."""
        return hashlib.sha256(msgspec.json.encode(self.section)).digest()


async def copied(connection: Connection, held: Held, person_id: int) -> Copied:
    """Return what a table holds on a person, as it may be given to them."""
    rows = await connection.fetch(statement(held), person_id)
    return await told(connection, held, person_id, rows)


async def told(connection: Connection, held: Held, person_id: int, rows: Sequence[Record]) -> Copied:
    """Put rows in words, and leave out the names of other people in what somebody wrote freely.

    A row has a value for each heading, then `people`, the numbers of others in it, and `key`.
    """
    free = tuple(place for place, column in enumerate(held.columns) if column in held.free)
    texts = [row[place] for row in rows for place in free if row[place]]
    others = {number for row in rows for number in row["people"] if number}
    names = await names_of_others(connection, person_id, others, texts) if texts else Names()
    headings = (*held.columns.values(), *(_capitalised(words) for words in _roles(held)))
    section = Section(
        held.kind,
        held.section,
        held.words,
        headings,
        tuple(_row(row, len(headings), free, names) for row in rows),
    )
    return Copied(held, section, tuple(str(row["key"]) for row in rows))


def statement(held: Held) -> str:
    """Return what reads the rows of a table that are about $1."""
    given = [LOOKED_UP.get(column, f"held.{column}") for column in held.columns]
    roles = [
        f"CASE WHEN held.{column} = $1 THEN 'you' WHEN held.{column} IS NOT NULL THEN '{words}' END"
        for column, words in held.as_role.items()
    ]
    people = ", ".join(f"held.{column}" for column in held.as_role) or "NULL"
    key = f"held.{held.key}" if held.part != "general" else "0"
    values = ", ".join(f"{sql} AS v{place}" for place, sql in enumerate((*given, *roles)))
    return f"""SELECT {values}, ARRAY[{people}]::integer[] AS people, {key} AS key
                 FROM {held.table} AS held WHERE held.{held.whose} = $1 ORDER BY 1, key"""  # noqa: S608 - our own names


def _roles(held: Held) -> Sequence[str]:
    return [column.removesuffix("_id").replace("_", " ") for column in held.as_role]


def _row(row: Record, width: int, free: tuple[int, ...], names: Names) -> tuple[Value, ...]:
    return tuple(
        redacted(str(row[place]), names) if place in free and row[place] is not None else plain(row[place])
        for place in range(width)
    )


def plain(value: object) -> Value:
    """Return a value of the database as it goes into a copy: dates as 2026-11-22, instants in UTC."""
    match value:
        case datetime():
            return value.isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case list() | tuple():
            return ", ".join(str(plain(one)) for one in value)
    return value if isinstance(value, str | float | int | None) else str(value)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
