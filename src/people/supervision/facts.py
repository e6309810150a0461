"""Who supervises whom on a day, and who is left without a supervisor?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.database import fetch
from people.records import as_known


@dataclass(frozen=True, slots=True)
class Supervised:
    """A person and who supervises them on a day; `line_id` numbers the record that says so."""

    person_id: int
    supervisor_id: int
    is_cover: bool
    line_id: int


@dataclass(frozen=True, slots=True)
class Unsupervised:
    """A person in post with no line on a day, or whose supervisor is no longer in post (`gone_supervisor_id`)."""

    person_id: int
    gone_supervisor_id: int | None


# Cover stands before the ordinary line while it lasts. Parameters: people, day, known at.
SUPERVISORS = f"""
SELECT DISTINCT ON (person_id) person_id, supervisor_id, is_cover, id AS line_id FROM people.line
 WHERE person_id = ANY($1) AND valid_from <= $2 AND coalesce(valid_until >= $2, true) AND {as_known("$3")}
 ORDER BY person_id, is_cover DESC
"""  # noqa: S608 - our own names

_REPORTS = """
SELECT person_id, supervisor_id, is_cover, id AS line_id FROM people.line
 WHERE supervisor_id = $1 AND superseded_at IS NULL AND valid_from <= $2 AND coalesce(valid_until >= $2, true)
   AND (is_cover OR NOT EXISTS (
       SELECT FROM people.line AS cover
        WHERE cover.person_id = line.person_id AND cover.is_cover AND cover.superseded_at IS NULL
          AND cover.valid_from <= $2 AND cover.valid_until >= $2))
 ORDER BY person_id
"""

# The head of a force is supervised by nobody in it.
_WITHOUT = """
SELECT post.person_id, standing.supervisor_id AS gone_supervisor_id
  FROM people.post LEFT JOIN LATERAL (
       SELECT supervisor_id FROM people.line
        WHERE line.person_id = post.person_id AND superseded_at IS NULL
          AND valid_from <= $2 AND coalesce(valid_until >= $2, true)
        ORDER BY is_cover DESC LIMIT 1) AS standing ON true
 WHERE post.force_id = $1 AND post.superseded_at IS NULL AND post.person_id > $3
   AND post.valid_from <= $2 AND coalesce(post.valid_until >= $2, true)
   AND coalesce(post.rank NOT IN ('chief constable', 'commissioner'), true)
   AND NOT EXISTS (
       SELECT FROM people.post AS above
        WHERE above.person_id = standing.supervisor_id AND above.superseded_at IS NULL
          AND above.valid_from <= $2 AND coalesce(above.valid_until >= $2, true))
 ORDER BY post.person_id LIMIT $4
"""


async def supervisor_on(
    person_ids: Sequence[int], day: date, *, known: datetime | None = None
) -> dict[int, Supervised]:
    """Return who supervises each of many people on a day, cover before the ordinary line; none, left out."""
    rows = await fetch(SUPERVISORS, list(person_ids), day, known)
    return {row["person_id"]: Supervised(*row) for row in rows}


async def reports_on(supervisor_id: int, day: date) -> tuple[Supervised, ...]:
    """Return whom a person supervises on a day, by cover too; not those whom another covers that day."""
    return tuple(Supervised(*row) for row in await fetch(_REPORTS, supervisor_id, day))


async def without_supervisor(
    force_id: int, day: date, *, after: int = 0, limit: int = 100
) -> tuple[Unsupervised, ...]:
    """Return who in a force has nobody in post above them on a day, in order of their numbers beyond `after`."""
    rows = await fetch(_WITHOUT, force_id, day, after, limit)
    return tuple(Unsupervised(*row) for row in rows)
