"""What did people show of their leadership, what was judged of it, and which programmes have they completed?"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Connection, Record

from access.confiding import reading_as
from access.identity import Identity
from access.permissions import Permission
from access.scope import scope
from foundation.database import fetch, fetch_one
from foundation.requests import EXACT
from passport.attachments.facts import Attachment, Shelf, beside
from passport.leadership.rules import Capacity, Example, Judgement, Programme, Verdict
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policy_for
from passport.policy.rules import LicencePolicy

MOST = 100
FILES = Shelf("passport.leadership_attachment", "example_id")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose example was offered after whoever asks last judged them."""

    person_id: int
    national_id: str
    name: str
    unit: str | None
    offered: int
    last_offered_at: datetime


async def own_examples(person_id: int, *, discarded: bool = False) -> Sequence[Example]:
    """Return every example of one's own, the newest first; those put aside only if asked for."""
    async with reading_as(person_id) as connection:
        rows = await connection.fetch(
            """SELECT * FROM passport.leadership_example
                WHERE person_id = $1 AND (discarded_at IS NOT NULL) = $2 ORDER BY id DESC LIMIT 500""",
            person_id,
            discarded,
        )
    return [_example(row) for row in rows]


async def own_example(connection: Connection, person_id: int, example_id: int) -> Example | None:
    """Return one example of one's own."""
    row = await connection.fetchrow(
        "SELECT * FROM passport.leadership_example WHERE id = $1 AND person_id = $2",
        min(example_id, EXACT),
        person_id,
    )
    return None if row is None else _example(row)


async def files_beside(reader_id: int, example_ids: Collection[int]) -> Mapping[int, tuple[Attachment, ...]]:
    """Return the files beside examples that are the reader's own or were offered: the database shows no others."""
    async with reading_as(reader_id) as connection:
        return await beside(connection, FILES, example_ids)


async def example_with(file_id: int) -> tuple[int, int] | None:
    """Return whose offered example a file lies beside, and its number: the database shows nobody’s drafts here."""
    row = await fetch_one(
        "SELECT person_id, example_id FROM passport.leadership_attachment WHERE attachment_id = $1",
        min(file_id, EXACT),
    )
    return None if row is None else (row["person_id"], row["example_id"])


async def offered_by(person_id: int) -> Sequence[Example]:
    """Return what somebody offered, the newest first."""
    rows = await fetch(
        """SELECT * FROM passport.leadership_example
            WHERE person_id = $1 AND offered_at IS NOT NULL ORDER BY id DESC LIMIT 500""",
        person_id,
    )
    return [_example(row) for row in rows]


async def judgements_of(
    person_ids: Sequence[int], *, on: date | None = None
) -> Mapping[int, Sequence[Judgement]]:
    """Return everything that was judged of people, oldest first; `on` leaves out what was judged after a day."""
    rows = await fetch(
        """SELECT person_id, id, standard, verdict, words, capacity, judged_by, recorded_at
             FROM passport.leadership_judgement
            WHERE person_id = ANY($1)
              AND ($2::date IS NULL OR (recorded_at AT TIME ZONE 'Europe/London')::date <= $2) ORDER BY id""",
        list(person_ids),
        on,
    )
    found: dict[int, list[Judgement]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(_judgement(row))
    return found


_PROGRAMMES = """
SELECT person_id, code, completed_on, is_verified FROM passport.evidence
  JOIN passport.requirement ON requirement.id = requirement_id
 WHERE person_id = ANY($1) AND code = ANY($2) AND superseded_at IS NULL AND completed_on <= $3
 ORDER BY is_verified, completed_on
"""


async def programmes_of(
    person_ids: Sequence[int], codes: Sequence[str], *, force_id: int | None, on: date
) -> Mapping[int, Mapping[str, Programme]]:
    """Return which programmes people have completed by a day; policy says which higher one also counts."""
    counting = {code: (code, *higher) for code, higher in (await _higher(codes, force_id, on)).items()}
    every = sorted({code for among in counting.values() for code in among})
    done: dict[int, dict[str, Record]] = defaultdict(dict)
    for row in await fetch(_PROGRAMMES, list(person_ids), every, on):
        done[row["person_id"]][row["code"]] = row
    return {
        person_id: {code: _programme(code, counting[code], rows) for code in codes}
        for person_id, rows in done.items()
    }


def _programme(code: str, counting: Sequence[str], rows: Mapping[str, Record]) -> Programme:
    """Return how a programme stands: verified evidence before any other, its own before a higher one's."""
    found = [rows[one] for one in counting if one in rows]
    best = next((one for one in found if one["is_verified"]), found[0] if found else None)
    if best is None:
        return Programme(code)
    return Programme(code, best["completed_on"], best["is_verified"], best["code"])


async def _higher(codes: Sequence[str], force_id: int | None, on: date) -> Mapping[str, Sequence[str]]:
    try:
        policy: LicencePolicy | None = await policy_for(force_id, on)
    except NoPolicyInForceError:
        policy = None
    by_code = {one.code: one for one in policy.requirements} if policy else {}
    return {
        code: [policy.by_id[one].code for one in by_code[code].satisfied_by if one in policy.by_id]
        if policy and code in by_code
        else []
        for code in codes
    }


_WAITING = """
SELECT subject.person_id, person.national_id, subject.name, unit.name AS unit, count(*)::integer AS offered,
       max(offered_at) AS last_offered_at
  FROM people.directory AS subject JOIN people.person ON person.id = subject.person_id
  JOIN passport.leadership_example AS example ON example.person_id = subject.person_id AND offered_at IS NOT NULL
  LEFT JOIN people.unit ON unit.id = subject.unit_id
 WHERE {condition} AND offered_at > coalesce(
       (SELECT max(recorded_at) FROM passport.leadership_judgement AS judgement
         WHERE judgement.person_id = example.person_id AND judged_by = $9), '-infinity')
 GROUP BY subject.person_id, person.national_id, subject.name, unit.name
 ORDER BY last_offered_at, subject.person_id LIMIT $10
"""


async def waiting_for(identity: Identity, *, on: date) -> Sequence[Waiting]:
    """Return who within reach offered something since whoever asks last judged them, those who wait longest first."""
    reach = scope(identity, Permission.LEADERSHIP_READ)
    rows = await fetch(
        _WAITING.format(condition=reach.CONDITION), *reach.values, on, identity.person_id, MOST
    )
    return [Waiting(*row) for row in rows]


def _example(row: Record) -> Example:
    return Example(**{**row, "standards": tuple(row["standards"])})


def _judgement(row: Record) -> Judgement:
    return Judgement(
        row["id"], row["standard"], Verdict(row["verdict"]), row["words"], Capacity(row["capacity"]),
        row["judged_by"], row["recorded_at"],
    )  # fmt: skip
