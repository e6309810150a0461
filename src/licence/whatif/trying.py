"""How is a chunk of people decided under what is approved and under a draft, and what comes of it kept?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from asyncpg import Connection

from foundation.database import transaction
from licence.standing.facts import read
from licence.standing.policies import in_force, of_book
from licence.whatif.counting import Affected, Tally, Worlds
from passport.policy.facts import book, book_if

SIZE = 2000
"""People to a transaction, as a sweep has them."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: a draft in one form, in force from a day, on some days, over everybody or one force."""

    what_if_id: int
    number: int
    digest: str
    begins_on: date
    days: tuple[date, ...]
    force_id: int | None


@dataclass(frozen=True, slots=True)
class TrialChunk:
    """Some people of a trial, from one number to another."""

    trial: Trial
    first_id: int
    last_id: int
    waits: bool = False

    async def carry_out(self) -> int:
        """Decide the people both ways and keep what comes of it, as one transaction; return how many they were."""
        worlds = await worlds_of(self.trial)
        async with transaction() as connection:
            # A what-if has all the time it needs; the pages' patience of a few seconds is not for it.
            await connection.execute("SET LOCAL statement_timeout = 0")
            take = _TAKE if self.waits else f"{_TAKE} SKIP LOCKED"
            is_mine = await connection.fetchval(take, self.trial.what_if_id, self.first_id)
            if not is_mine:
                return 0
            person_ids = await people_of(connection, self)
            tally = await tried(person_ids, worlds, self.trial.days)
            counted = tally.counted(worlds.then.codes, worlds.then.force_duties | worlds.now.force_duties)
            await _keep(connection, self.trial.what_if_id, tally.affected, worlds.then.codes)
            await connection.execute(
                _DONE,
                self.trial.what_if_id,
                self.first_id,
                len(person_ids),
                msgspec.json.encode(counted).decode(),
            )
        return len(person_ids)


_KNOWN: dict[tuple[Trial, int], Worlds] = {}


async def worlds_of(trial: Trial) -> Worlds:
    """Return what is approved, and what would be with the draft; the same objects while neither changes.

    :raises NoSuchVersionError: the draft has changed since the trial was asked for.
    """
    opened = await book()
    key = (trial, id(opened))
    if key not in _KNOWN:
        _KNOWN.clear()
        then = of_book(await book_if(trial.number, trial.digest, trial.begins_on))
        _KNOWN[key] = Worlds(await in_force(), then)
    return _KNOWN[key]


async def people_of(connection: Connection, chunk: TrialChunk) -> list[int]:
    """Return the people of a chunk."""
    if chunk.trial.force_id is None:
        rows = await connection.fetch(
            "SELECT id FROM people.person WHERE id BETWEEN $1 AND $2 ORDER BY id",
            chunk.first_id,
            chunk.last_id,
        )
    else:
        rows = await connection.fetch(
            """SELECT DISTINCT person_id FROM people.post
                WHERE person_id BETWEEN $1 AND $2 AND force_id = $3 AND superseded_at IS NULL
                  AND valid_from <= $5 AND coalesce(valid_until >= $4, true) ORDER BY person_id""",
            chunk.first_id,
            chunk.last_id,
            chunk.trial.force_id,
            min(chunk.trial.days),
            max(chunk.trial.days),
        )
    return [row[0] for row in rows]


async def tried(person_ids: Sequence[int], worlds: Worlds, days: Iterable[date]) -> Tally:
    """Decide people both ways on some days, keeping nothing."""
    found = await read(person_ids)
    known = found.facts(worlds.now.force_duties | worlds.then.force_duties)
    tally = Tally()
    for day in days:
        for facts in known.values():
            tally.look_at(facts, worlds, day)
    return tally


async def _keep(
    connection: Connection, what_if_id: int, affected: Sequence[Affected], codes: Mapping[int, str]
) -> None:
    def named(numbers: tuple[int, ...]) -> list[str]:
        return [codes[number] for number in numbers]

    await connection.copy_records_to_table(
        "what_if_person",
        schema_name="licence",
        columns=COLUMNS,
        records=[
            (
                what_if_id, one.day, one.person_id, one.force_id, one.unit_id, one.rank, one.effect.change,
                one.effect.before, one.effect.after, named(one.effect.owes), named(one.effect.owed),
                list(one.effect.stopped), list(one.effect.regained),
            )
            for one in affected
        ],
    )  # fmt: skip


COLUMNS = (
    "what_if_id", "day", "person_id", "force_id", "unit_id", "rank", "change", "before", "after", "owes", "owed",
    "stopped", "regained",
)  # fmt: skip
# A worker and the command line share the chunks: what the one holds is left to it first, and waited for in the end. None
# is begun once somebody has stopped the what-if, or written another word into the draft.
_TAKE = """
SELECT done_at IS NULL AND what_if.state = 'under way' AND version.digest = what_if.digest
  FROM licence.what_if_chunk AS chunk JOIN licence.what_if ON what_if.id = chunk.what_if_id
  JOIN passport.policy_version AS version ON version.number = what_if.number
 WHERE what_if_id = $1 AND first_id = $2 FOR UPDATE OF chunk
"""
_DONE = """
WITH done AS (UPDATE licence.what_if_chunk SET people = $3, counted = $4::jsonb, done_at = clock_timestamp()
               WHERE what_if_id = $1 AND first_id = $2)
UPDATE licence.what_if SET done = done + $3 WHERE id = $1
"""
