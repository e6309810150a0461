"""What waits to be verified by whoever asks, the longest first?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from access.identity import Identity
from access.permissions import Permission
from access.readings.looks import Look
from access.readings.recording import note_listed
from access.scope import Scope, scope
from foundation.database import fetch

PAGE = 50
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of what waits begins: beyond what was recorded at an instant, under a number."""

    recorded_at: datetime
    id: int

    def __str__(self) -> str:
        """Write it as it stands in an address."""
        return f"{self.recorded_at.astimezone(UTC).isoformat().replace('+00:00', 'Z')}.{self.id}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits; `is_own_word` says that the asker wrote what it says, so that somebody else verifies it."""

    id: int
    person_id: int
    national_id: str
    name: str
    code: str
    completed_on: date
    source: str
    files: int
    recorded_at: datetime
    is_own_word: bool

    @property
    def place(self) -> Place:
        """Return where it stands in the list."""
        return Place(self.recorded_at, self.id)


# Whoever leads a few people is not made to wait while the whole country is looked through for them.
_TEAM = """evidence.person_id IN (SELECT person_id FROM people.line WHERE supervisor_id = ANY($2::int[])
    AND superseded_at IS NULL AND valid_from <= $8::date AND coalesce(valid_until >= $8::date, true)) AND"""
_WAITING = """
SELECT evidence.id, evidence.person_id, person.national_id, subject.name, code, completed_on, source,
       (SELECT count(*) FROM passport.evidence_attachment JOIN passport.attachment ON attachment.id = attachment_id
         WHERE evidence_id = evidence.id AND gone_at IS NULL)::integer AS files, evidence.recorded_at,
       passport.author_of(evidence.id) IS NOT DISTINCT FROM $11 AS is_own_word
  FROM passport.evidence JOIN people.directory AS subject ON subject.person_id = evidence.person_id
  JOIN people.person ON person.id = evidence.person_id JOIN passport.requirement ON requirement.id = requirement_id
 WHERE superseded_at IS NULL AND NOT is_verified AND (evidence.recorded_at, evidence.id) > ($9, $10) AND {team} {scope}
 ORDER BY evidence.recorded_at, evidence.id LIMIT {limit}
"""
_FIRST = Place(datetime(1, 1, 1, tzinfo=UTC), 0)


async def read_waiting(
    reader: Identity, look: Look, *, on: date, after: Place | None = None
) -> tuple[Sequence[Waiting], bool]:
    """Return a page of what waits for whoever asks, and whether there is more, once it is written down that they look.

    :raises NotRecordedError: that they look cannot be written down.
    """
    found = await _waiting(reader, scope(reader, Permission.EVIDENCE_VERIFY), after or _FIRST, on=on)
    shown = found[:PAGE]
    await note_listed(reader, Permission.EVIDENCE_VERIFY, [one.person_id for one in shown], look)
    return shown, len(found) > PAGE


async def _waiting(reader: Identity, within: Scope, after: Place, *, on: date) -> Sequence[Waiting]:
    team = "" if within.force_ids else _TEAM
    rows = await fetch(
        _WAITING.format(team=team, scope=Scope.CONDITION, limit=PAGE + 1),
        *within.values, on, after.recorded_at, after.id, reader.person_id,
    )  # fmt: skip
    return [Waiting(**row) for row in rows]


def read_place(text: str) -> Place | None:
    """Return the place that an address means, or none: an old bookmark still shows the beginning."""
    at, _, number = text.rpartition(".")
    try:
        place = Place(datetime.fromisoformat(at), int(number))
    except ValueError:
        return None
    return place if place.recorded_at.tzinfo is not None and 0 <= place.id <= LARGEST else None
