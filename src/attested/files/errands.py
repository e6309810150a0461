"""How is a large file judged, or kept, while nobody waits: as a job, whose progress anybody of its force may look up?"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from asyncpg import Record

from attested import importing
from foundation.audit import Actor, Event, recorded
from foundation.database import execute, fetch, fetch_one
from foundation.intake.actions import PURPOSE
from foundation.intake.errors import IntakeEndedError, IntakeNotFoundError
from foundation.intake.facts import report
from foundation.intake.survey import FOR_PAGES
from foundation.jobs.asking import ask
from foundation.jobs.handlers import Handler, Work
from foundation.problems import BusyError, Problem

JUDGE, KEEP = "judge", "keep"
WAITING, FINISHED, REFUSED = "waiting", "finished", "refused"
MANY = 10_000
"""From so many lines on a file is judged, and kept, as a job: half a minute's work is too long to sit before."""
TELLING = 1.0  # seconds between two words on how far it has come
_READ = """
SELECT errand.id, step, force_code, file_name, intake_id, errand.state, done, total, problem
  FROM foundation.intake_errand AS errand JOIN people.force ON force.code = force_code WHERE force.id = ANY($1::smallint[])
"""


@dataclass(frozen=True, slots=True)
class Errand:
    """A file on its way: the step, and how far it has come; `problem` says why it was refused."""

    id: int
    step: str
    force_code: str
    file_name: str
    intake_id: int | None
    state: str
    done: int
    total: int
    problem: str | None


async def ask_to_judge(asked: importing.Asked, lines: int, *, actor: Actor) -> int:
    """Have a file of so many lines judged as a job, and return the number of the errand."""
    content = await asyncio.to_thread(asked.path.read_bytes)
    return await _asked(
        """INSERT INTO foundation.intake_errand
                  (asked_by, asked_name, request_id, step, kind, force_code, file_name, effective_on, content, total)
           VALUES ($1, $2, $3, 'judge', $4, $5, $6, $7, $8, $9) RETURNING id""",
        (asked.kind, asked.force, asked.name or asked.path.name, asked.on, content, lines),
        actor=actor,
    )


async def ask_to_keep(intake_id: int, *, actor: Actor) -> int:
    """Have what is new or changed in a file kept as a job, and return the number of the errand."""
    return await _asked(
        """INSERT INTO foundation.intake_errand
                  (asked_by, asked_name, request_id, step, kind, force_code, file_name, effective_on, intake_id)
           SELECT $1, $2, $3, 'keep', kind, force_code, file_name, effective_on, id
             FROM foundation.intake WHERE id = $4 RETURNING id""",
        (intake_id,),
        actor=actor,
    )


async def _asked(sql: str, values: Sequence[object], *, actor: Actor) -> int:
    async with recorded(actor, Event("intake.job asked", PURPOSE)) as connection:
        number = await connection.fetchval(sql, actor.person_id, actor.name, actor.request_id, *values)
        await ask(connection, "intake.errand", {"errand": number}, effect_key=f"intake.errand {number}")
    return int(number)


async def errand_of(force_ids: Collection[int], number: int) -> Errand:
    """Return an errand of a force.

    :raises IntakeNotFoundError: there is none of this number within reach.
    """
    row = await fetch_one(f"{_READ} AND errand.id = $2", sorted(force_ids), number)
    if row is None:
        raise IntakeNotFoundError
    return Errand(*row)


async def under_way(force_ids: Collection[int]) -> Sequence[Errand]:
    """Return the errands of some forces that are not at their end, oldest first."""
    rows = await fetch(f"{_READ} AND errand.state = 'waiting' ORDER BY errand.id", sorted(force_ids))
    return [Errand(*row) for row in rows]


async def carry_out(work: Work) -> None:
    """Judge or keep a file, once, and say what became of it; what it held is let go of."""
    row = await fetch_one("SELECT * FROM foundation.intake_errand WHERE id = $1", work.payload["errand"])
    if row is None or row["state"] != WAITING:
        return
    actor = Actor(row["asked_by"], row["asked_name"], row["request_id"])
    try:
        intake_id = await (_judged(row, actor) if row["step"] == JUDGE else _kept(row, actor))
    except BusyError:
        raise
    except Problem as refusal:
        await _end(row["id"], REFUSED, row["intake_id"], refusal.detail)
    else:
        await _end(row["id"], FINISHED, intake_id)


async def _judged(row: Record, actor: Actor) -> int:
    before = await fetch_one(  # by a worker that died before it could say so
        """SELECT id FROM foundation.intake WHERE staged_by = $1 AND file_name = $2 AND kind = $3 AND staged_at > $4
              AND state = 'staged'""",
        row["asked_by"], row["file_name"], row["kind"], row["asked_at"],
    )  # fmt: skip
    if before is not None:
        return int(before["id"])
    reached = _Reached(row["id"])
    with TemporaryDirectory(prefix="attested-") as folder:
        path = Path(folder) / "handed-in"
        await asyncio.to_thread(path.write_bytes, row["content"])
        asked = importing.Asked(
            row["kind"], path, row["force_code"], row["effective_on"], row["file_name"], FOR_PAGES
        )
        async with reached.told():
            return (await importing.stage(asked, actor=actor, progress=reached)).intake_id


async def _kept(row: Record, actor: Actor) -> int:
    number = int(row["intake_id"])
    try:
        await importing.commit(number, actor=actor)
    except IntakeEndedError:
        if (await report(number)).state != "committed":
            raise
    return number


async def _end(number: int, state: str, intake_id: int | None, problem: str | None = None) -> None:
    await execute(
        """UPDATE foundation.intake_errand SET state = $2, intake_id = $3, problem = $4, content = NULL,
                  ended_at = clock_timestamp() WHERE id = $1""",
        number, state, intake_id, problem,
    )  # fmt: skip


class _Reached:
    """How far a file has been judged; told now and then on a connection of its own, for its transaction is not seen."""

    def __init__(self, number: int) -> None:
        self._number, self._done = number, 0

    def __call__(self, done: int, _of: int) -> None:
        self._done = done

    @asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        telling = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(TELLING)
            await execute(
                "UPDATE foundation.intake_errand SET done = least($2::integer, total) WHERE id = $1",
                self._number,
                self._done,
            )


HANDLERS = (Handler("intake.errand", carry_out, longest=timedelta(minutes=30)),)
