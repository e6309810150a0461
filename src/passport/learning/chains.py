"""What does a record say, what did it say before, who changed it, when and why, and which files are attached to it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Record

from foundation.database import fetch, fetch_one
from passport.attachments.facts import Attachment, attachments
from passport.learning.rules import Said, State, Step, author_of, state_of, steps_of

LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Chain:
    """A record with all that it ever said, the first word first, and the files attached on the way."""

    code: str
    said: tuple[Said, ...]
    files: tuple[Attachment, ...]

    @property
    def last(self) -> Said:
        """Return what it says now, or said at its end."""
        return self.said[-1]

    @property
    def number(self) -> int:
        """Return the number under which the whole chain is found: that of its first link, which never changes."""
        return self.said[0].id

    @property
    def person_id(self) -> int:
        """Return whom it is about."""
        return self.last.person_id

    @property
    def state(self) -> State:
        """Return how it stands."""
        return state_of(self.last)

    @property
    def steps(self) -> Sequence[Step]:
        """Return what each link did."""
        return steps_of(self.said)

    @property
    def author_id(self) -> int | None:
        """Return whose words it says."""
        return author_of(self.said)

    @property
    def people(self) -> set[int]:
        """Return everybody whose name is needed to tell of it."""
        named = (
            {self.person_id}
            | {one.recorded_by for one in self.said}
            | {one.superseded_by for one in self.said}
        )
        named |= {file.added_by for file in self.files} | {file.gone_by for file in self.files}
        return {one for one in named if one is not None}

    @property
    def links(self) -> list[int]:
        """Return the numbers of its links, each of which names the whole chain."""
        return [one.id for one in self.said]

    @property
    def files_there(self) -> set[int]:
        """Return the numbers of the files that can be had beside it."""
        return {file.id for file in self.files if file.is_there}

    def file(self, attachment_id: int) -> Attachment | None:
        """Return one of its files."""
        return next((one for one in self.files if one.id == attachment_id), None)


# Back to the first link and on from there: a chain never forks, for nothing is superseded twice.
_CHAIN = """
WITH RECURSIVE back AS (
    SELECT id, supersedes FROM passport.evidence WHERE id = $1
    UNION ALL SELECT before.id, before.supersedes FROM back JOIN passport.evidence AS before ON before.id = back.supersedes
), onward AS (
    SELECT id FROM back WHERE supersedes IS NULL
    UNION ALL SELECT later.id FROM onward JOIN passport.evidence AS later ON later.supersedes = onward.id
)
SELECT evidence.id, person_id, completed_on, hours, source, reference, is_verified, recorded_by, recorded_at,
       superseded_by, superseded_at, superseded_reason, intake_id IS NOT NULL AS is_from_file, code
  FROM onward JOIN passport.evidence ON evidence.id = onward.id JOIN passport.requirement ON requirement.id = requirement_id
 ORDER BY evidence.id
"""


async def chain_of(evidence_id: int) -> Chain | None:
    """Return the chain that any link of it names, or None if there is none."""
    rows = await fetch(_CHAIN, min(evidence_id, LARGEST))
    if not rows:
        return None
    said = tuple(_said(row) for row in rows)
    linked = await fetch(
        "SELECT attachment_id FROM passport.evidence_attachment WHERE evidence_id = ANY($1)",
        [one.id for one in said],
    )
    files = await attachments(row["attachment_id"] for row in linked)
    return Chain(rows[0]["code"], said, tuple(files.values()))


async def person_of(evidence_id: int) -> int | None:
    """Return whom a record is about, or None if there is none."""
    row = await fetch_one("SELECT person_id FROM passport.evidence WHERE id = $1", min(evidence_id, LARGEST))
    return row["person_id"] if row else None


async def standing_record(person_id: int, code: str, completed_on: date) -> Chain | None:
    """Return what stands recorded for a person, a requirement and a day, what is verified before what waits."""
    row = await fetch_one(
        """SELECT evidence.id FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
            WHERE person_id = $1 AND code = $2 AND completed_on = $3 AND superseded_at IS NULL
            ORDER BY is_verified DESC LIMIT 1""",
        person_id, code, completed_on,
    )  # fmt: skip
    return await chain_of(row["id"]) if row else None


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list."""

    id: int
    code: str
    completed_on: date
    source: str
    state: State
    is_own_word: bool


_LINES = """
SELECT evidence.id, code, completed_on, source, is_verified, recorded_by, superseded_at, superseded_by, person_id,
       (SELECT author FROM passport.author_of(evidence.id) AS author) IS NOT DISTINCT FROM person_id AS is_own_word
  FROM passport.evidence JOIN passport.requirement ON requirement.id = requirement_id
 WHERE person_id = $1 AND (superseded_at IS NULL OR recorded_by = person_id AND NOT is_verified AND NOT EXISTS (
       SELECT FROM passport.evidence AS later WHERE later.supersedes = evidence.id))
 ORDER BY completed_on DESC, evidence.id DESC
"""


async def lines_of(person_id: int) -> Sequence[Line]:
    """Return what stands recorded of a person, and what they recorded themselves that was declined or withdrawn."""
    return [_line(row) for row in await fetch(_LINES, person_id)]


def _line(row: Record) -> Line:
    if row["superseded_at"] is None:
        state = State.VERIFIED if row["is_verified"] else State.AWAITING
    else:
        state = State.WITHDRAWN if row["superseded_by"] == row["person_id"] else State.DECLINED
    return Line(row["id"], row["code"], row["completed_on"], row["source"], state, row["is_own_word"])


def _said(row: Record) -> Said:
    return Said(**{name: value for name, value in row.items() if name != "code"})
