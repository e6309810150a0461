"""Which what-ifs are there, how far has each come, and is it still about what the draft says?"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
from asyncpg import Record

from foundation.clock import today
from foundation.database import fetch, fetch_one
from licence.whatif.counting import Counted
from licence.whatif.errors import NoSuchWhatIfError
from passport.policy.book import Book
from passport.policy.facts import book

PAGE = 20


class WhatIfState(StrEnum):
    """How far a what-if has come."""

    WAITING = "waiting"
    UNDER_WAY = "under way"
    FINISHED = "finished"
    REFUSED = "refused"
    STOPPED = "stopped"


OVER = frozenset({WhatIfState.FINISHED, WhatIfState.REFUSED, WhatIfState.STOPPED})
"""Nothing more comes of a what-if in one of these."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A what-if: of which draft in which form, over whom, in force from when, on which days, and how far it has come.

    `draft_changed`, `world_changed` and `day_has_passed` say that no approval can rest on it, and why; `is_draft` that the
    version is one still. `seconds_left` is how long it has to go, by the pace of its latest chunks; `force` is the one force
    it is about, or None.
    """

    id: int
    number: int
    title: str
    digest: str
    force_id: int | None
    force: str | None
    begins_on: date
    days: tuple[date, ...]
    state: WhatIfState
    people: int
    done: int
    problem: str | None
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    attached_at: datetime | None
    is_draft: bool
    draft_changed: bool
    world_changed: bool
    day_has_passed: bool
    seconds_left: float | None

    @property
    def is_stale(self) -> bool:
        """Say whether it is about something else than would be approved now."""
        return self.draft_changed or self.world_changed or self.day_has_passed

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will come of it."""
        return self.state in OVER


_WHAT_IFS = """
SELECT what_if.id, what_if.number, version.title, what_if.digest, what_if.force_id, named.name AS force, begins_on, days,
       what_if.state, what_if.people, done, problem, asked_name, asked_at, finished_at, attached_at, world,
       version.digest AS digest_now, version.state AS version_state,
       greatest(0, what_if.people - done) * pace.took / pace.people AS seconds_left
  FROM licence.what_if JOIN passport.policy_version AS version ON version.number = what_if.number
  LEFT JOIN LATERAL (SELECT name FROM people.force_name WHERE force_id = what_if.force_id
                      ORDER BY valid_from DESC LIMIT 1) AS named ON true
  LEFT JOIN LATERAL (SELECT extract(epoch FROM max(done_at) - min(done_at))::float AS took,
                            nullif(sum(people) * (count(*) - 1) / count(*), 0)::float AS people
                       FROM (SELECT people, done_at FROM licence.what_if_chunk WHERE what_if_id = what_if.id AND people > 0
                              ORDER BY done_at DESC NULLS LAST LIMIT 20) AS latest) AS pace ON what_if.state = 'under way'
"""
# Whose figures somebody may see: of a what-if over the nation everybody's own part, of one over a force that force's.
_WITHIN = "(what_if.force_id IS NULL OR what_if.force_id = ANY($1::smallint[]))"


def world_of(opened: Book) -> str:
    """Return what tells everything that is approved at one moment from what is at another."""
    return hashlib.sha256(msgspec.json.encode((opened.state.versions, opened.state.overrides))).hexdigest()


async def what_ifs(
    force_ids: Collection[int], *, number: int | None = None, before: int | None = None
) -> Sequence[WhatIf]:
    """Return the what-ifs within reach, newest first, of one draft or of all."""
    rows = await fetch(
        f"""{_WHAT_IFS} WHERE {_WITHIN} AND ($2::int IS NULL OR what_if.number = $2)
              AND ($3::int IS NULL OR what_if.id < $3) ORDER BY what_if.id DESC LIMIT {PAGE + 1}""",
        sorted(force_ids),
        number,
        before,
    )
    world = world_of(await book())
    return [_what_if(row, world) for row in rows]


async def what_if_of(force_ids: Collection[int], what_if_id: int) -> WhatIf:
    """Return a what-if within reach.

    :raises NoSuchWhatIfError: there is none of this number.
    """
    row = await fetch_one(f"{_WHAT_IFS} WHERE {_WITHIN} AND what_if.id = $2", sorted(force_ids), what_if_id)
    if row is None:
        raise NoSuchWhatIfError
    return _what_if(row, world_of(await book()))


async def counted_of(what_if_id: int) -> Sequence[Counted]:
    """Return what every chunk of a what-if came to."""
    rows = await fetch(
        "SELECT counted::text FROM licence.what_if_chunk WHERE what_if_id = $1 AND done_at IS NOT NULL",
        what_if_id,
    )
    return [msgspec.json.decode(row[0], type=Counted) for row in rows]


def _what_if(row: Record, world: str) -> WhatIf:
    is_draft = row["version_state"] == "draft"
    return WhatIf(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        digest=row["digest"],
        force_id=row["force_id"],
        force=row["force"],
        begins_on=row["begins_on"],
        days=tuple(row["days"]),
        state=WhatIfState(row["state"]),
        people=row["people"],
        done=row["done"],
        problem=row["problem"],
        asked_by=row["asked_name"],
        asked_at=row["asked_at"],
        finished_at=row["finished_at"],
        attached_at=row["attached_at"],
        is_draft=is_draft,
        draft_changed=row["digest_now"] != row["digest"],
        world_changed=is_draft and row["world"] != world,
        day_has_passed=is_draft and row["begins_on"] < today(),
        seconds_left=row["seconds_left"],
    )
