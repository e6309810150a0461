"""Who asks, and who stands to them in every way there is?

Two forces, two units, a line with its ends. Everybody has a name that nobody else has, so that it tells in any answer
whose record is in it.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, cycle

from httpx2 import ASGITransport, AsyncClient, Response

from access import sessions
from access.matrix import Stance
from access.roles import Role
from access.sign_in import cookie_name
from foundation.clock import today
from foundation.database import fetch, fetch_one
from foundation.requests import Watched
from licence.planning.counting import count_coming
from licence.projection.sweep import sweep
from passport.policy.actions import set_up
from people.persons.rules import national_id
from tests.access.matrix.secrets import Secret, heard_in, in_confidence
from tests.builders import AVON, evidence, grant, identifier, line, listed, person, post, unit
from tests.clients import LOOPBACK, grant_role, proof
from tests.house.tree import ROOT

KENT = "E23000032"
NEAR, AFAR, HIDDEN = "Response North", "Response South", "Covert Policing"
NATIONAL = ROOT / "policies" / "2026-1-national.toml"
DAY = timedelta(days=1)
# No name is like another, nor like a word of a page: a search by likeness must not find one for the other.
NAMES = cycle(
    (
        "Abernathy", "Bluestone", "Cranwhistle", "Dunmorrow", "Eddlethorpe", "Farnsworth", "Gillyhoo", "Huxtable",
        "Inverquirk", "Jolyondale", "Kvistgaard", "Lymanstoft", "Mockridge", "Nwachukwu", "Oglebury", "Pocklington",
        "Quillfeather", "Ravenscroft", "Svarovitch", "Tolpuddler", "Umpleby", "Vandeleur", "Wychwood", "Xanthakis",
        "Yarborough", "Zglobicki", "Amarasekara", "Bjornebo", "Czartor", "Dhaliwal", "Enkhbayar", "Fitzwarine",
    )
)  # fmt: skip


# Whatever anybody was told in confidence, in any answer to any question of these modules.
HEARD: "dict[Asker, set[Secret]]" = {}


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody a record is about."""

    id: int
    national_id: str
    name: str

    def is_told_in(self, text: str) -> bool:
        """Say whether an answer speaks of them, by name or by number."""
        return self.name in text or self.national_id in text


@dataclass(frozen=True, slots=True, eq=False)
class Asker:
    """Somebody who asks, in the roles they then hold; `unit` binds the role acted in to one."""

    label: str
    id: int
    roles: frozenset[Role]
    stances: Mapping[int, Stance]
    grant: int | None = None
    bound_to: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everybody."""

    askers: Sequence[Asker]
    subjects: Sequence[Subject]
    absent: str
    units: Mapping[int, str]
    giver: int
    treated: int

    def about(self, person_id: int) -> Subject:
        return next(one for one in self.subjects if one.id == person_id)

    def asker(self, label: str) -> Asker:
        return next(one for one in self.askers if one.label == label)


async def world() -> World:
    """Enter everybody, and bring what is stored about them to today."""
    await set_up(text=NATIONAL.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    giver, second = await _somebody(unit_name=AFAR), await _somebody(unit_name=AFAR)
    manager = await _somebody(unit_name=AFAR)
    others = {
        manager: Stance.MANAGER,
        await _somebody(unit_name=NEAR): Stance.SAME_UNIT,
        await _somebody(unit_name=AFAR): Stance.SAME_FORCE,
        await _somebody(unit_name=NEAR, protected=True): Stance.PROTECTED_NEAR,
        await _somebody(unit_name=HIDDEN, protected=True): Stance.PROTECTED_AFAR,
        await _somebody(force=KENT, unit_name="Medway"): Stance.ANOTHER_FORCE,
        await _somebody(force=None): Stance.IN_NO_FORCE,
        giver: Stance.SAME_FORCE,
        second: Stance.SAME_FORCE,
    }
    olive, sue, sam = [await _somebody(unit_name=NEAR) for _ in range(3)]
    for one in (olive, sue, sam):
        await line(one, manager)
    led = {sue: await _led_by(sue), sam: await _led_by(sam)}
    everyone = {**others, **dict.fromkeys((olive, sue, sam), Stance.SAME_UNIT)}
    everyone |= {number: Stance.SAME_FORCE for under in led.values() for number in under}
    stances = {one: {**everyone, **led.get(one, {}), one: Stance.ONESELF} for one in (olive, sue, sam)}
    await listed()
    treated = next(iter(led[sam]))
    await in_confidence(sam, treated=treated, assigned=treated, by=(giver, second))
    await sweep(today())
    await count_coming(today())
    subjects = await _subjects()
    askers = (
        Asker("an officer", olive, frozenset({Role.OFFICER}), stances[olive]),
        Asker("a supervisor", sue, frozenset({Role.OFFICER, Role.SUPERVISOR}), stances[sue]),
        *[one async for one in _acting(sam, stances[sam], giver, second)],
    )
    return World(askers, subjects, _absent(), await _units(), giver, treated)


async def _somebody(*, force: str | None = AVON, unit_name: str = NEAR, protected: bool = False) -> int:
    number = await person("Canary", next(NAMES), protected=protected)
    if force is not None:
        await post(number, force=force, unit_name=unit_name)
        await identifier(number, f"C{number:05}", force=force)
    await grant(number, today() - 400 * DAY)
    await evidence(number, "PPST", today() - 100 * DAY)
    return number


async def _led_by(supervisor: int) -> dict[int, Stance]:
    """Enter people on each side of both ends of a line; whoever is not led today is a former, or a future, report."""
    report, covered, former, uncovered, to_come = [await _somebody(unit_name=AFAR) for _ in range(5)]
    await line(report, supervisor)
    await line(covered, supervisor, since=today() - DAY, until=today(), cover=True)
    await line(former, supervisor, until=today() - DAY)
    await line(uncovered, supervisor, since=today() - 9 * DAY, until=today() - DAY, cover=True)
    await line(to_come, supervisor, since=today() + DAY)
    return {
        report: Stance.REPORT,
        covered: Stance.COVERED,
        former: Stance.FORMER,
        uncovered: Stance.FORMER,
        to_come: Stance.FORMER,
    }


async def _acting(one: int, stances: Mapping[int, Stance], giver: int, second: int) -> AsyncIterator[Asker]:
    """Give one supervisor every role there is to give; they act in one at a time."""
    for role in Role:
        if role.follows_from_records or role.is_machine:
            continue
        number = await grant_role(one, role, by=giver, approved_by=second if role.needs_approval else None)
        held = {Role.OFFICER, role} | (set() if role.is_confidential else {Role.SUPERVISOR})
        asker = Asker(f"{role}, who leads people", one, frozenset(held), stances, number)
        yield asker
        if role in {Role.LICENSING_DESK, Role.RESPONSIBLE_OFFICER}:
            bound = await _bound_grant(one, role, giver)
            yield replace(asker, label=f"{role} of one unit", grant=bound, bound_to=AFAR)


async def _bound_grant(person_id: int, role: Role, giver: int) -> int:
    row = await fetch_one(
        """INSERT INTO access.role_grant (person_id, role, force_id, unit_id, valid_from, granted_by)
           SELECT $1, $2, force_id, id, $4, $5 FROM people.unit WHERE id = $3 RETURNING id""",
        person_id, role, await unit(AFAR), today() - DAY, giver,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def _subjects() -> Sequence[Subject]:
    rows = await fetch(
        "SELECT id, national_id, family_name FROM people.person WHERE given_names = 'Canary' ORDER BY id"
    )
    return [Subject(*row) for row in rows]


async def _units() -> Mapping[int, str]:
    rows = await fetch("SELECT person_id, name FROM people.post JOIN people.unit ON unit.id = unit_id")
    return {row["person_id"]: row["name"] for row in rows}


def _absent() -> str:
    """Return a national identifier that could be somebody's, and is nobody's."""
    return next(found for number in count(9_000_000_000) if (found := national_id(number)) is not None)


@asynccontextmanager
async def asking(app: Watched, asker: Asker) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody who acts in the role they chose, having just proved who they are."""
    lately = proof(asker.id)
    secret = await sessions.begin(asker.id, proof=lately)
    if asker.grant is not None:
        secret = await sessions.renew(secret, acting=asker.grant, proof=lately) or secret

    async def listen(answer: Response) -> None:
        await answer.aread()
        HEARD.setdefault(asker, set()).update(heard_in(answer.text))

    transport = ASGITransport(app=app, client=LOOPBACK)  # type: ignore[arg-type]
    async with AsyncClient(
        transport=transport,
        base_url="http://localhost",
        cookies={cookie_name(): secret},
        event_hooks={"response": [listen]},
    ) as client:
        yield client


def pairs(made: World) -> Iterator[tuple[Asker, Subject]]:
    """Everybody who asks, with everybody there is to ask about."""
    return ((asker, one) for asker in made.askers for one in made.subjects)
