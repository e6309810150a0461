"""Who asked for what is held on them, when is it due, and how far has it come?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from asyncpg import Record

from access.roles import Role
from attested.subject_access.catalogue import Part
from attested.subject_access.contents import Contents
from foundation.clock import london_day
from foundation.database import fetch, fetch_one, transaction

LARGEST = 2**31 - 1
MOST = 200
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; the name of a protected person is told to nobody, their number is."""

    id: int
    person_id: int
    force_id: int | None
    name: str | None
    national_id: str
    asked_at: datetime
    asked_on: date
    due_on: date
    extended_to: date | None
    extension_reason: str | None
    gathered_at: datetime | None
    health_judged_at: datetime | None
    vetting_judged_at: datetime | None
    complete_at: datetime | None
    purged_at: datetime | None

    @property
    def last_day(self) -> date:
        """Return the day by which it is to be answered."""
        return self.extended_to or self.due_on

    @property
    def waiting(self) -> tuple[Part, ...]:
        """Return the parts that are not there yet."""
        ends = zip(Part, (self.gathered_at, self.health_judged_at, self.vetting_judged_at), strict=True)
        return tuple(part for part, end in ends if end is None)

    def is_open_to_download(self, on: date) -> bool:
        """Say whether the person may still fetch what there is of it: until 30 days after its last part."""
        if self.gathered_at is None or self.purged_at is not None:
            return False
        return self.complete_at is None or (on - london_day(self.complete_at)).days <= KEPT_DAYS


_REQUESTS = """
SELECT request.*, person.national_id,
       CASE WHEN NOT person.is_protected THEN coalesce(known_as, given_names) || ' ' || family_name END AS name
  FROM access.subject_request AS request JOIN people.person ON person.id = request.person_id
"""


async def latest_of(person_id: int) -> Asked | None:
    """Return somebody's last request."""
    row = await fetch_one(
        f"{_REQUESTS} WHERE request.person_id = $1 ORDER BY request.id DESC LIMIT 1", person_id
    )
    return None if row is None else _asked(row)


async def request_of(number: int) -> Asked | None:
    """Return one request, or None."""
    row = await fetch_one(f"{_REQUESTS} WHERE request.id = $1", number) if number <= LARGEST else None
    return None if row is None else _asked(row)


async def open_in(force_ids: Collection[int], *, but: Collection[int]) -> Sequence[Asked]:
    """Return the requests of some forces that are not answered yet, the most urgent first, leaving out some people's."""
    rows = await fetch(
        f"""{_REQUESTS} WHERE request.force_id = ANY($1::smallint[]) AND complete_at IS NULL AND request.person_id <> ALL($2::int[])
             ORDER BY coalesce(extended_to, due_on), request.id LIMIT {MOST}""",
        sorted(force_ids),
        sorted(but),
    )
    return [_asked(row) for row in rows]


async def answered_in(force_ids: Collection[int], *, but: Collection[int]) -> Sequence[Asked]:
    """Return the last requests of some forces that were answered."""
    rows = await fetch(
        f"""{_REQUESTS} WHERE request.force_id = ANY($1::smallint[]) AND complete_at IS NOT NULL AND request.person_id <> ALL($2::int[])
             ORDER BY complete_at DESC LIMIT 20""",
        sorted(force_ids),
        sorted(but),
    )
    return [_asked(row) for row in rows]


async def parts_of(person_id: int, request_id: int) -> tuple[Contents, ...]:
    """Return what somebody may fetch of their own request: the database shows it to them alone, and for 30 days."""
    async with transaction() as connection:
        await connection.execute(
            "SELECT set_config('app.person', $1, true), set_config('app.role', $2, true)",
            str(person_id),
            Role.OFFICER.value,
        )
        rows = await connection.fetch(
            "SELECT content FROM access.subject_part WHERE request_id = $1 ORDER BY array_position($2, part)",
            request_id,
            [part.value for part in Part],
        )
    return tuple(msgspec.json.decode(row["content"], type=Contents) for row in rows)


def _asked(row: Record) -> Asked:
    return Asked(**{name: row[name] for name in Asked.__slots__})
