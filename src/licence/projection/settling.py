"""How is what is kept of some people brought to a day: walked, told and stored, in the caller's transaction?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from asyncpg import Connection

from licence.projection.notices import Tidings, tidings
from licence.projection.rows import Stored, differs, kept_of
from licence.projection.storing import ToStore, hold, store
from licence.projection.telling import worded
from licence.projection.walking import Move, walk
from licence.standing.decisions import Decision, LicenceFacts
from licence.standing.facts import read
from licence.standing.policies import Governing, in_force
from licence.standing.rules import outline
from people.notices.actions import give


@dataclass(slots=True)
class Tally:
    """What came of settling people: how many were looked at and stored, which standings moved, how many notices."""

    looked_at: int = 0
    stored: int = 0
    notices: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.looked_at += other.looked_at
        self.stored += other.stored
        self.notices += other.notices
        self.moves.update(other.moves)
        self.failed += other.failed


@dataclass(frozen=True, slots=True)
class _Settled:
    """One person's row to store, and what there is to tell of them."""

    row: ToStore
    news: tuple[Tidings, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The day that people are brought to, the policies on the way there, and for whom more than time may have moved."""

    on: date
    governing: Governing
    may_differ: frozenset[int]


async def settle(connection: Connection, person_ids: Sequence[int], on: date, *, may_differ: bool) -> Tally:
    """Bring what is kept of people to a day, and take their changes off the list.

    The rows are held before the facts are read: whoever changes a fact afterwards waits, and settles it again.
    """
    held = await hold(connection, person_ids)
    stored = held.stored
    changed = held.changed | await _take_changes(connection, [one for one in person_ids if one not in stored])
    found = await read(person_ids)
    governing = await in_force(found.policy_mark)
    known = found.facts(governing.force_duties)
    stretch = _Stretch(on, governing, frozenset(person_ids) if may_differ else changed)
    tally = Tally(looked_at=len(known))
    settled = _settled(known, stored, stretch)
    tally.notices = await _tell(connection, settled, on)
    written = await store(connection, [one.row for one in settled])
    tally.stored = len(written)
    tally.moves = Counter(
        _named(move) for one in settled if _id(one) in written for move in one.row.walk.moves
    )
    # A newcomer whom somebody else stored meanwhile is looked at again: they may not have known what we know.
    left = sorted(changed - written - stored.keys())
    if left:
        await connection.execute(
            "INSERT INTO people.change (person_id) SELECT person_id FROM unnest($1::int[]) AS person_id", left
        )
    return tally


async def _take_changes(connection: Connection, person_ids: Sequence[int]) -> frozenset[int]:
    """Take the changes noted of newcomers by now off the list; those noted while we work stay for the next time."""
    if not person_ids:
        return frozenset()
    rows = await connection.fetch(
        """DELETE FROM people.change WHERE ctid = ANY (ARRAY(
               SELECT ctid FROM people.change WHERE person_id = ANY($1) FOR UPDATE SKIP LOCKED)) RETURNING person_id""",
        person_ids,
    )
    return frozenset(row[0] for row in rows)


def _settled(known: dict[int, LicenceFacts], stored: dict[int, Stored], stretch: _Stretch) -> list[_Settled]:
    ones = (_settle_one(facts, stored.get(number), stretch) for number, facts in known.items())
    return [one for one in ones if one is not None]


def _settle_one(facts: LicenceFacts, stored: Stored | None, stretch: _Stretch) -> _Settled | None:
    walked = walk(
        partial(decided, facts, stretch.governing),
        stretch.on,
        stored.said if stored else None,
        may_differ=facts.person_id in stretch.may_differ,
    )
    kept = kept_of(walked.last, facts, stretch.governing)
    if stored is not None and not differs(stored, walked, kept):
        return None
    news = tidings(walked, facts, stretch.governing.of(facts, walked.last.on))
    return _Settled(ToStore(walked, kept, stretch.governing, stored), tuple(news))


def decided(facts: LicenceFacts, governing: Governing, day: date) -> Decision:
    """Decide for a day under the policy that governs the person on it."""
    return outline(facts, governing.of(facts, day), day)


async def _tell(connection: Connection, settled: Sequence[_Settled], on: date) -> int:
    news = [one for person in settled for one in person.news]
    if not news:
        return 0
    rows = await connection.fetch(
        "SELECT id, coalesce(known_as, given_names) || ' ' || family_name FROM people.person WHERE id = ANY($1)",
        sorted({one.person_id for one in news}),
    )
    names = {row[0]: row[1] for row in rows}
    return await give(connection, [worded(one, names[one.person_id]) for one in news], created_for=on)


def _id(one: _Settled) -> int:
    return one.row.walk.last.person_id


def _named(move: Move) -> tuple[str, str]:
    return str(move.before or ""), str(move.after)


async def refresh_person(connection: Connection, person_id: int, on: date) -> None:
    """Decide one person again within the transaction that changed their facts, so that no list is ever behind it.

    Call it last: the person's row is held from here on, before the facts are read.
    """
    await settle(connection, [person_id], on, may_differ=True)
