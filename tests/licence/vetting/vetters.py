"""A vetting unit of three, somebody to vet, and whoever else might like to look."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx2 import AsyncClient

from access import sessions
from access.roles import Role
from access.sign_in import cookie_name, form_cookie_name
from foundation.database import as_owner, fetch_one
from foundation.requests import Watched
from tests.builders import AVON, force_id, line, listed, officer, person, post
from tests.clients import calling, grant_role, proof

KENT = "E23000032"
PURPOSE = "?purpose=renewing+a+clearance"


@dataclass(frozen=True, slots=True)
class Unit:
    """Vera, Vik and Val vet; Ada is vetted, Bea supervises her; Desi is of HR, Kit vets in Kent. Each with a grant."""

    vera: int
    vik: int
    val: int
    ada: int
    bea: int
    desi: int
    kit: int
    grants: dict[int, int]


async def unit() -> Unit:
    """Enter everybody, with their roles."""
    giver, second = await officer("Grant", "Giver"), await officer("Sam", "Second")
    vera, vik, val = (
        await officer("Vera", "Vetter"),
        await officer("Vik", "Vetter"),
        await officer("Val", "Vetter"),
    )
    ada, bea, desi = (
        await officer("Ada", "Okafor"),
        await officer("Bea", "Boss"),
        await officer("Desi", "Desk"),
    )
    await line(ada, bea)
    kit = await person("Kit", "Kent")
    await post(kit, force=KENT)
    grants = {
        one: await grant_role(one, Role.VETTING_OFFICER, by=giver, approved_by=second)
        for one in (vera, vik, val, ada)
    }
    grants[kit] = await grant_role(kit, Role.VETTING_OFFICER, force=KENT, by=giver, approved_by=second)
    grants[desi] = await grant_role(desi, Role.LICENSING_DESK, by=giver)
    await listed()
    return Unit(vera, vik, val, ada, bea, desi, kit, grants)


async def session_of(there: Unit, person_id: int, *, proved: bool = True) -> str:
    """Begin a session that acts in the role granted to a person, if one was."""
    secret = await sessions.begin(person_id)
    fresh = await sessions.renew(
        secret, acting=there.grants.get(person_id), proof=proof(person_id) if proved else None
    )
    assert fresh is not None
    return fresh


@asynccontextmanager
async def at_work(
    app: Watched, there: Unit, person_id: int, *, proved: bool = True
) -> AsyncIterator[AsyncClient]:
    """Call the application as somebody who acts in the role they were granted; programs' tokens are sent along."""
    async with calling(app) as client:
        client.cookies.set(cookie_name(), await session_of(there, person_id, proved=proved))
        await client.get("/passport/vetting")
        client.headers["x-csrftoken"] = client.cookies.get(form_cookie_name()) or ""
        yield client


async def case(there: Unit, *, officers: tuple[int, ...], about: int | None = None) -> int:
    """Enter a case about Ada, on which the officers are, each proposed by Val and agreed to by somebody else."""
    about = there.ada if about is None else about
    async with as_owner() as owner:
        number = int(await owner.fetchval("SELECT nextval('vetting.case_number')"))
        avon = await force_id(AVON)
        await owner.execute(
            """INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
               VALUES ($1, $2, $3, 'recruitment vetting', '2026-03-02', $4)""",
            number, about, avon, there.val,
        )  # fmt: skip
        for one in officers:
            await owner.execute("SELECT set_config('app.person', $1, true)", str(there.desi))
            await owner.execute(
                """INSERT INTO vetting.case_assignment
                          (case_number, person_id, force_id, officer_id, valid_from, opened_by, agreed_by, agreed_at)
                   VALUES ($1, $2, $3, $4, '2026-03-02', $5, $6, now())""",
                number, about, avon, one, there.val, there.desi,
            )  # fmt: skip
    return number


async def clearance(
    person_id: int, *, until: str, level: str = "recruitment vetting", status: str = "held"
) -> None:
    """Enter a clearance that somebody holds, or held."""
    async with as_owner() as owner:
        await owner.execute(
            """INSERT INTO vetting.clearance
                      (person_id, force_id, level, valid_from, valid_until, status, recorded_by, agreed_by)
               SELECT $1, force_id, $3, '2016-01-01', $2::text::date, $4, NULL, NULL FROM people.directory
                WHERE person_id = $1""",
            person_id, until, level, status,
        )  # fmt: skip


async def national_id(person_id: int) -> str:
    """Return somebody's national identifier."""
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row is not None
    return str(row["national_id"])
