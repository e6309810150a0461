"""How is a what-if asked for, worked out chunk by chunk, and brought to its end?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Connection

from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import today
from foundation.database import execute, fetch, fetch_one, transaction
from foundation.jobs.asking import ask
from foundation.problems import BusyError, Problem
from licence.projection.crew import Hands
from licence.whatif.errors import AlreadyOverError, DaysError
from licence.whatif.facts import OVER, WhatIfState, world_of
from licence.whatif.trying import SIZE, Trial, TrialChunk
from passport.policy.errors import AlreadyDecidedError, InThePastError, NoSuchVersionError
from passport.policy.facts import VersionState, book, book_if, version

PURPOSE = "trying out a draft of policy"
JOB = "licence.what_if"
MOST_DAYS = 6
LONGEST = timedelta(days=3 * 366)
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to know: of which draft, in force from when, on which days, over everybody or one force."""

    number: int
    begins_on: date
    days: tuple[date, ...]
    force_id: int | None = None


async def ask_what_if(*, actor: Actor, wanted: Wanted) -> int:
    """Ask for a what-if and return its number; the worker works it out. The same question again is the same what-if.

    :raises NoSuchVersionError: there is no such version. :raises AlreadyDecidedError: it is no draft.
    :raises DaysError: the days make no sense. :raises InThePastError: the draft's day has passed.
    :raises DayTakenError: another version is in force from that very day.
    """
    days = _days(wanted)
    found = await version(wanted.number)
    if found.state is not VersionState.DRAFT:
        raise AlreadyDecidedError
    await book_if(wanted.number, found.digest, wanted.begins_on)
    world = world_of(await book())
    values = (wanted.number, found.digest, world, wanted.force_id, wanted.begins_on, list(days))
    known = await fetch_one(_SAME, *values)
    if known is not None:
        return int(known["id"])
    detail: Detail = {"policy": wanted.number, "digest": found.digest, "from": wanted.begins_on.isoformat()}
    async with recorded(actor, Event("what-if asked for", PURPOSE, detail=detail)) as connection:
        number = int(await connection.fetchval(_ASK, *values, actor.person_id, actor.name))
        await ask(connection, JOB, {"what_if": number}, effect_key=f"{JOB} {number}")
    return number


async def stop_what_if(*, actor: Actor, what_if_id: int) -> None:
    """Stop a what-if that is on its way: its worker leaves off within a chunk, and nothing of it is kept.

    :raises AlreadyOverError: it is over.
    """
    async with recorded(
        actor, Event("what-if stopped", PURPOSE, detail={"what_if": what_if_id})
    ) as connection:
        if await connection.fetchval(_STOP, what_if_id, f"{actor.name} stopped it.") is None:
            raise AlreadyOverError


async def work_out(what_if_id: int, hands: Hands, told: Told | None = None) -> None:
    """Work a what-if out, going on where an earlier try was broken off; at its end it is finished, or refused with why."""
    row = await fetch_one("SELECT * FROM licence.what_if WHERE id = $1", what_if_id)
    if row is None or row["state"] in OVER:
        await execute(_FORGET_HALVES, what_if_id)
        return
    trial = Trial(
        what_if_id, row["number"], row["digest"], row["begins_on"], tuple(row["days"]), row["force_id"]
    )
    try:
        await book_if(trial.number, trial.digest, trial.begins_on)
        if row["state"] == WhatIfState.WAITING:
            await _begin(trial)
        await _chunks(trial, hands, told)
        await _check_whole(trial)
        await book_if(trial.number, trial.digest, trial.begins_on)
    except BusyError:
        raise
    except NoSuchVersionError:
        await _end(what_if_id, WhatIfState.REFUSED, "The draft was changed while this was worked out.")
    except Problem as refusal:
        await _end(what_if_id, WhatIfState.REFUSED, refusal.detail)
    else:
        await _end(what_if_id, WhatIfState.FINISHED)


async def _begin(trial: Trial) -> None:
    """Cut everybody into chunks, by their numbers."""
    async with transaction() as connection:
        row = await connection.fetchrow("SELECT min(id) AS first, max(id) AS last FROM people.person")
        firsts = range(row["first"], row["last"] + 1, SIZE) if row and row["first"] is not None else range(0)
        await connection.executemany(
            """INSERT INTO licence.what_if_chunk (what_if_id, first_id, last_id, people) VALUES ($1, $2, $3, 0)
               ON CONFLICT DO NOTHING""",
            [(trial.what_if_id, first, first + SIZE - 1) for first in firsts],
        )
        await connection.execute(
            "UPDATE licence.what_if SET state = 'under way', people = $2 WHERE id = $1 AND state = 'waiting'",
            trial.what_if_id,
            await _how_many(connection, trial),
        )


async def _how_many(connection: Connection, trial: Trial) -> int:
    if trial.force_id is None:
        return int(await connection.fetchval("SELECT count(*) FROM people.person"))
    return int(
        await connection.fetchval(
            """SELECT count(DISTINCT person_id) FROM people.post WHERE force_id = $1 AND superseded_at IS NULL
                  AND valid_from <= $3 AND coalesce(valid_until >= $2, true)""",
            trial.force_id,
            min(trial.days),
            max(trial.days),
        )
    )


async def _chunks(trial: Trial, hands: Hands, told: Told | None) -> None:
    """Have the chunks tried that are not done; those that somebody else holds are waited for in the end."""
    row = await fetch_one("SELECT people, done FROM licence.what_if WHERE id = $1", trial.what_if_id)
    progress = _Progress(row["people"], row["done"], told) if row else _Progress(0, 0, None)
    for waits in (False, True):
        rows = await fetch(
            "SELECT first_id, last_id FROM licence.what_if_chunk WHERE what_if_id = $1 AND done_at IS NULL ORDER BY first_id",
            trial.what_if_id,
        )
        await hands.settle(
            [TrialChunk(trial, row["first_id"], row["last_id"], waits) for row in rows], progress.count
        )


async def _check_whole(trial: Trial) -> None:
    """Let nothing be finished that has a hole: chunks are left out while the draft says something else, were it for a moment.

    :raises NoSuchVersionError: some were.
    """
    rows = await fetch(
        "SELECT FROM licence.what_if_chunk WHERE what_if_id = $1 AND done_at IS NULL LIMIT 1",
        trial.what_if_id,
    )
    if rows:
        raise NoSuchVersionError


@dataclass(slots=True)
class _Progress:
    """How many people of how many are done."""

    people: int
    done: int
    told: Told | None

    def count(self, people: int) -> None:
        """Count a chunk that is done."""
        self.done += people
        if self.told:
            self.told(min(self.done, self.people), self.people)


async def _end(what_if_id: int, state: WhatIfState, problem: str | None = None) -> None:
    await execute(_END, what_if_id, state, problem)
    await execute(_FORGET_HALVES, what_if_id)
    if state is WhatIfState.FINISHED:
        await execute(_FORGET, what_if_id)


def _days(wanted: Wanted) -> Sequence[date]:
    days = sorted({*wanted.days})
    if wanted.begins_on < today():
        raise InThePastError
    if not days or len(days) > MOST_DAYS:
        raise DaysError
    if days[0] < wanted.begins_on or days[-1] - wanted.begins_on > LONGEST:
        raise DaysError
    return days


_SAME = """
SELECT id FROM licence.what_if
 WHERE number = $1 AND digest = $2 AND world = $3 AND force_id IS NOT DISTINCT FROM $4 AND begins_on = $5 AND days = $6
   AND (state IN ('waiting', 'under way')) ORDER BY id DESC LIMIT 1
"""
_ASK = """
INSERT INTO licence.what_if (number, digest, world, force_id, begins_on, days, asked_by, asked_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
_END = """
UPDATE licence.what_if SET state = $2, problem = $3, finished_at = clock_timestamp(),
       done = CASE WHEN $2 = 'finished' THEN people ELSE done END
 WHERE id = $1 AND state IN ('waiting', 'under way')
"""
_STOP = """
UPDATE licence.what_if SET state = 'stopped', problem = $2, finished_at = clock_timestamp()
 WHERE id = $1 AND state IN ('waiting', 'under way') RETURNING id
"""
# Half a list is none: what was stopped or refused names nobody.
_FORGET_HALVES = """
DELETE FROM licence.what_if_person WHERE what_if_id = $1
   AND EXISTS (SELECT FROM licence.what_if WHERE id = $1 AND state IN ('stopped', 'refused'))
"""
# The lists of earlier what-ifs of the same draft over the same people go, unless an approval rests on them.
_FORGET = """
DELETE FROM licence.what_if_person WHERE what_if_id IN (
    SELECT older.id FROM licence.what_if AS older JOIN licence.what_if AS this ON this.id = $1
     WHERE older.number = this.number AND older.id < this.id AND older.attached_at IS NULL
       AND older.force_id IS NOT DISTINCT FROM this.force_id)
"""
