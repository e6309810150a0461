"""Does a right end when it ends, in the middle of a session that began with it?"""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from httpx2 import AsyncClient

from access.matrix import Stance
from access.roles import Role
from foundation.clock import today
from foundation.requests import Watched
from tests import owner
from tests.access.matrix.asking import likeness, stances_of
from tests.access.matrix.world import NEAR, Asker, World, asking
from tests.builders import post
from tests.clients import calling

pytestmark = pytest.mark.anyio
LIST = "/api/v1/desk/licences"


def record(made: World, person_id: int) -> str:
    return f"/api/v1/people/{made.about(person_id).national_id}/decision"


async def is_absent(client: AsyncClient, path: str) -> bool:
    return likeness(await client.get(path)) == likeness(await client.get("/api/v1/no-such-thing"))


def one_who_is(asker: Asker, stance: Stance) -> int:
    return stances_of(asker)[stance][0]


async def test_a_role_that_is_taken_away_is_gone_with_the_next_request(app: Watched, made: World) -> None:
    desk = made.asker("licensing desk, who leads people")
    async with asking(app, desk) as client:
        assert (await client.get(LIST)).status_code == 200
        await owner.execute(
            "UPDATE access.role_grant SET ended_at = now(), ended_by = $2 WHERE id = $1",
            desk.grant,
            made.giver,
        )
        assert await is_absent(client, LIST)
        assert await is_absent(client, record(made, one_who_is(desk, Stance.SAME_FORCE)))
        assert (await client.get("/api/v1/me/decision")).status_code == 200


async def test_a_role_through_a_day_is_gone_on_the_next(app: Watched, made: World) -> None:
    responsible = made.asker("responsible officer, who leads people")
    async with asking(app, responsible) as client:
        path = record(made, one_who_is(responsible, Stance.SAME_FORCE))
        await owner.execute(
            "UPDATE access.role_grant SET valid_until = $2 WHERE id = $1", responsible.grant, today()
        )
        assert (await client.get(path)).status_code == 200
        await owner.execute(
            "UPDATE access.role_grant SET valid_until = $2 WHERE id = $1",
            responsible.grant,
            today() - timedelta(days=1),
        )
        assert await is_absent(client, path)


async def test_a_role_nobody_agreed_to_opens_nothing(app: Watched, made: World) -> None:
    vetter = made.asker("vetting officer, who leads people")
    async with asking(app, vetter) as client:
        assert (await client.get("/api/v1/vetting/cases")).status_code == 200
        await owner.execute(
            "UPDATE access.role_grant SET approved_at = NULL, approved_by = NULL WHERE id = $1", vetter.grant
        )
        assert await is_absent(client, "/api/v1/vetting/cases")


async def test_a_line_and_a_cover_open_a_record_from_their_first_day_through_their_last(
    app: Watched, made: World
) -> None:
    sue = made.asker("a supervisor")
    covered = one_who_is(sue, Stance.COVERED)
    former, uncovered, to_come = stances_of(sue)[Stance.FORMER]
    async with asking(app, sue) as client:
        assert (await client.get(record(made, covered))).status_code == 200
        for one in (former, uncovered, to_come):
            assert await is_absent(client, record(made, one))
    with time_machine.travel(datetime.combine(today() + timedelta(days=1), time(9), UTC)):
        async with asking(app, sue) as client:
            assert await is_absent(client, record(made, covered))
            assert (await client.get(record(made, to_come))).status_code == 200


async def test_whoever_is_moved_to_another_supervisor_is_gone_with_the_next_request(
    app: Watched, made: World
) -> None:
    sue = made.asker("a supervisor")
    report = one_who_is(sue, Stance.REPORT)
    async with asking(app, sue) as client:
        assert (await client.get(record(made, report))).status_code == 200
        await owner.execute(
            "UPDATE people.line SET superseded_at = now() WHERE person_id = $1 AND supervisor_id = $2",
            report,
            sue.id,
        )
        assert await is_absent(client, record(made, report))


async def test_somebody_who_becomes_protected_is_gone_with_the_next_request(
    app: Watched, made: World
) -> None:
    case_officer = made.asker("national case officer, who leads people")
    afar = one_who_is(case_officer, Stance.ANOTHER_FORCE)
    async with asking(app, case_officer) as client:
        assert (await client.get(record(made, afar))).status_code == 200
        await owner.execute("UPDATE people.person SET is_protected = true WHERE id = $1", afar)
        assert await is_absent(client, record(made, afar))


async def test_a_confidential_role_is_never_acted_in_unasked(app: Watched, made: World) -> None:
    """The accident: whoever holds it signs in for something else, and reads on as if they had chosen it."""
    sam = made.asker("occupational health, who leads people").id
    await owner.execute(
        "UPDATE access.role_grant SET ended_at = now() WHERE person_id = $1 AND role <> ALL($2)",
        sam,
        [role.value for role in Role if role.is_confidential],
    )
    async with calling(app, sam) as client:
        page = await client.get("/team")
        assert page.status_code == 200
        assert await is_absent(client, "/api/v1/vetting/cases")


async def test_whoever_has_left_is_signed_out(app: Watched, made: World) -> None:
    olive = made.asker("an officer").id
    async with calling(app, olive) as client:
        assert (await client.get("/api/v1/me/decision")).status_code == 200
        await owner.execute("UPDATE people.post SET superseded_at = now() WHERE person_id = $1", olive)
        await post(olive, unit_name=NEAR, until=today() - timedelta(days=1))
        assert (await client.get("/api/v1/me/decision")).status_code == 401
