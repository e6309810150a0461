"""How does a clinician or a vetting officer judge what of a walled record is given: recorded first, whole, and by nobody of themselves?"""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from asyncpg import Connection

from access.confidential import Asker
from access.permission_map import forces_of
from access.permissions import Permission
from access.walls import Wall, behind
from attested.subject_access.catalogue import Each, Part, catalogue
from attested.subject_access.contents import Contents, Withheld
from attested.subject_access.copying import Copied, Section, copied
from attested.subject_access.errors import ChangedError, JudgedAlreadyError, NotJudgedWholeError
from attested.subject_access.facts import Asked, open_in, request_of
from attested.subject_access.gathering import keep
from attested.subject_access.rules import HEALTH_GROUNDS, LAWS, VETTING_GROUNDS, Ground
from foundation.audit import Event, recorded
from foundation.clock import today
from foundation.jobs.asking import ask
from foundation.problems import NotFoundError

PURPOSE = "subject access"
TELL = "subject_access.tell"


@dataclass(frozen=True, slots=True)
class Desk:
    """Which part a desk judges: behind which wall, through which permission, on which grounds."""

    part: Part
    wall: Wall
    schema: str
    permission: Permission
    grounds: tuple[Ground, ...]


DESKS = {
    Part.HEALTH: Desk(
        Part.HEALTH, Wall.WELLBEING, "wellbeing", Permission.EXEMPTION_CLINICAL, HEALTH_GROUNDS
    ),
    Part.VETTING: Desk(Part.VETTING, Wall.VETTING, "vetting", Permission.EXEMPTION_VETTING, VETTING_GROUNDS),
}


@dataclass(frozen=True, slots=True)
class Item:
    """What is judged as one: all that a table holds on the person, or one row of it."""

    id: str
    section: Section


@dataclass(frozen=True, slots=True)
class ToJudge:
    """What would be given of a request's part, and the hash of it all, so that nothing is judged unseen."""

    request: Asked
    items: tuple[Item, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was judged of an item: given, unless there is a ground, which needs a reason."""

    ground: Ground | None = None
    reason: str = ""


async def waiting_for(asker: Asker, desk: Desk) -> Sequence[Asked]:
    """Return the requests whose part waits for whoever asks: never their own, nor their manager's."""
    forces = forces_of(asker.identity, desk.permission)
    found = await open_in(forces, but={asker.person_id, *asker.identity.manager_ids})
    return [one for one in found if desk.part in one.waiting]


async def within_reach(asker: Asker, desk: Desk, number: int) -> Asked:
    """Return a request whose part waits for whoever asks.

    :raises NotFoundError: there is none that they may judge.
    """
    found = await request_of(number)
    own = {asker.person_id, *asker.identity.manager_ids}
    if (
        found is None
        or found.person_id in own
        or found.force_id not in forces_of(asker.identity, desk.permission)
    ):
        raise NotFoundError
    if desk.part not in found.waiting:
        raise NotFoundError
    return found


async def look_through(asker: Asker, desk: Desk, number: int, *, purpose: str = PURPOSE) -> ToJudge:
    """Return what would be given; that it is looked at is written down first.

    :raises NotFoundError: it is not theirs to judge.
    """
    request = await within_reach(asker, desk, number)
    event = f"{desk.part} record looked through for its owner"
    async with _judging(asker, desk, request, event, purpose) as connection:
        return await _read(connection, desk, request)


async def note_no_purpose(asker: Asker, desk: Desk, number: int) -> None:
    """Write down that somebody tried to open what is held without saying what for."""
    event = Event(
        f"{desk.part} record asked for without a purpose", "none stated", detail={"request": number},
        role=asker.identity.acts_as,
    )  # fmt: skip
    async with recorded(asker.actor, event):
        pass  # that somebody tried is itself what is recorded


async def judge(
    asker: Asker, desk: Desk, number: int, *, digest: str, verdicts: Mapping[str, Verdict]
) -> None:
    """Give what of a record may be given, withhold the rest, and keep why behind the wall.

    :raises NotFoundError: it is not theirs to judge. :raises ChangedError: the record has changed since it was shown.
    :raises NotJudgedWholeError: an item has no verdict, or one without a ground of this desk and a reason.
    :raises JudgedAlreadyError: somebody was quicker.
    """
    request = await within_reach(asker, desk, number)
    async with _judging(
        asker, desk, request, f"{desk.part} record judged for its owner", PURPOSE
    ) as connection:
        await _claim(connection, desk, request)
        found = await _read(connection, desk, request)
        if found.digest != digest:
            raise ChangedError
        _check(found, verdicts, desk)
        for item in found.items:
            await _enter(connection, asker, desk, request, item=item, verdict=verdicts[item.id])
        await keep(connection, request.id, request.person_id, given(found, verdicts, desk))
        await _close(connection, desk, request)


def given(found: ToJudge, verdicts: Mapping[str, Verdict], desk: Desk) -> Contents:
    """Return the part as the person gets it: of what is withheld no trace, but where its ground lets that be said."""
    withheld = tuple(
        dict.fromkeys(
            Withheld(item.section.title, law.words, law.source)
            for item in found.items
            if (ground := verdicts[item.id].ground) and (law := LAWS[ground]).is_told
        )
    )
    sections: dict[str, Section] = {}
    for item in found.items:
        if verdicts[item.id].ground is None:
            one, known = item.section, sections.get(item.section.title)
            rows = one.rows if known is None else known.rows + one.rows
            sections[one.title] = Section(one.kind, one.title, one.words, one.columns, rows)
    return Contents(desk.part, today(), tuple(sections.values()), withheld)


@asynccontextmanager
async def _judging(
    asker: Asker, desk: Desk, request: Asked, name: str, purpose: str
) -> AsyncIterator[Connection]:
    """Step behind the wall, and open there the record of the person whose request is judged."""
    line = Event(
        name,
        purpose,
        request.person_id,
        {"request": request.id},
        role=asker.identity.acts_as,
        is_reading=True,
    )
    async with behind(desk.wall, asker.identity, line, request_id=asker.request_id) as connection:
        await connection.execute("SELECT set_config('app.subject_request', $1, true)", str(request.id))
        yield connection


async def _read(connection: Connection, desk: Desk, request: Asked) -> ToJudge:
    items: list[Item] = []
    for held in catalogue().of(desk.part):
        items.extend(_items(await copied(connection, held, request.person_id)))
    digest = hashlib.sha256(repr(items).encode()).hexdigest()
    return ToJudge(request, tuple(items), digest)


def _items(found: Copied) -> list[Item]:
    section = found.section
    if not section.rows:
        return []
    if found.held.each is Each.TABLE:
        return [Item(found.held.table, section)]
    return [
        Item(
            f"{found.held.table}:{key}",
            Section(section.kind, section.title, section.words, section.columns, (row,)),
        )
        for key, row in zip(found.keys, section.rows, strict=True)
    ]


def _check(found: ToJudge, verdicts: Mapping[str, Verdict], desk: Desk) -> None:
    for item in found.items:
        verdict = verdicts.get(item.id)
        if verdict is None or (verdict.ground and not (verdict.reason and verdict.ground in desk.grounds)):
            raise NotJudgedWholeError


async def _enter(
    connection: Connection, asker: Asker, desk: Desk, request: Asked, *, item: Item, verdict: Verdict
) -> None:
    digest = hashlib.sha256(repr(item.section).encode()).digest()
    await connection.execute(
        f"""INSERT INTO {desk.schema}.disclosure (request_id, person_id, item, sha256, ground, reason, judged_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)""",  # noqa: S608 - our own name
        request.id, request.person_id, item.id, digest, verdict.ground,
        verdict.reason if verdict.ground else None, asker.person_id,
    )  # fmt: skip


async def _claim(connection: Connection, desk: Desk, request: Asked) -> None:
    """Have whoever judges the same at this moment wait, and find it judged."""
    mine = await connection.fetchval(
        f"SELECT id FROM access.subject_request WHERE id = $1 AND {desk.part}_judged_at IS NULL FOR UPDATE",  # noqa: S608 - our own name
        request.id,
    )
    if mine is None:
        raise JudgedAlreadyError


async def _close(connection: Connection, desk: Desk, request: Asked) -> None:
    await connection.execute(
        f"UPDATE access.subject_request SET {desk.part}_judged_at = clock_timestamp() WHERE id = $1",  # noqa: S608 - our own name
        request.id,
    )
    await ask(
        connection,
        TELL,
        {"request": request.id, "part": desk.part.value},
        effect_key=f"subject access {request.id} {desk.part}",
    )
