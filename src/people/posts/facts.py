"""Which post does a person hold on a day, and which did they hold before, as known now or at an instant?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from foundation.database import fetch
from people.posts.rules import Kind, Period, Place, Rank, RankBasis
from people.records import as_known

COLUMNS = """post.id, person_id, force_id, unit_id, kind, rank, rank_basis, profiles, job_title, fte,
             valid_from, valid_until"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A person's place for a period; `id` numbers the record that says so."""

    id: int
    person_id: int
    place: Place
    period: Period


_ON_A_DAY = f"""
SELECT {COLUMNS} FROM people.post
 WHERE person_id = ANY($1) AND valid_from <= $2 AND coalesce(valid_until >= $2, true) AND {as_known("$3")}
"""  # noqa: S608 - our own names
_EVER = f"""
SELECT {COLUMNS} FROM people.post WHERE person_id = $1 AND {as_known("$2")} ORDER BY valid_from
"""  # noqa: S608 - our own names


async def post_on(person_id: int, day: date, *, known: datetime | None = None) -> HeldPost | None:
    """Return the post a person holds on a day, or None; `known` asks what the records said at an instant."""
    return (await posts_on([person_id], day, known=known)).get(person_id)


async def posts_on(
    person_ids: Sequence[int], day: date, *, known: datetime | None = None
) -> dict[int, HeldPost]:
    """Return the post that each of many people holds on a day; those who hold none are left out."""
    return {row["person_id"]: held(row) for row in await fetch(_ON_A_DAY, list(person_ids), day, known)}


async def posts_of(person_id: int, *, known: datetime | None = None) -> tuple[HeldPost, ...]:
    """Return every post of a person, earliest first."""
    return tuple(held(row) for row in await fetch(_EVER, person_id, known))


def held(row: Record) -> HeldPost:
    """Read a post from a row of `COLUMNS`."""
    place = Place(
        force_id=row["force_id"],
        unit_id=row["unit_id"],
        kind=Kind(row["kind"]),
        rank=Rank(row["rank"]) if row["rank"] else None,
        rank_basis=RankBasis(row["rank_basis"]),
        profiles=tuple(row["profiles"]),
        job_title=row["job_title"],
        fte=row["fte"],
    )
    return HeldPost(row["id"], row["person_id"], place, Period(row["valid_from"], row["valid_until"]))
