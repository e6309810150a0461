"""Is a licence told to the last letter alike, whatever somebody went through and whatever vetting holds of them?"""

from collections.abc import Mapping
from datetime import date

import pytest

from access.roles import Role
from foundation.clock import today
from foundation.database import as_owner, fetch
from foundation.requests import Watched
from licence.projection.sweep import refresh
from passport.policy.actions import set_up
from tests import owner
from tests.builders import evidence, force_id, grant, line, listed, offer, officer
from tests.clients import calling, grant_role
from tests.house.tree import ROOT

pytestmark = pytest.mark.anyio

POLICY = ROOT / "policies" / "2026-1-national.toml"
OFFERED = date(2026, 3, 2)
# Each changes what lies behind a wall, and nothing of what is published from it.
TRAUMA = (
    """INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on)
       SELECT $1, $2, 'death of a child', day FROM generate_series(date '2026-01-01', '2026-03-01', '1 day') AS day""",
    """INSERT INTO wellbeing.check_response (person_id, force_id, offered_on, answer)
       SELECT $1, $2, '2026-03-02', 'refused' FROM generate_series(1, 5)""",
    """INSERT INTO wellbeing.treatment (person_id, force_id, clinician_id, valid_from)
       SELECT $1, $2, id, '2026-03-02' FROM people.person WHERE given_names = 'Cleo'""",
    """INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text)
       SELECT $1, $2, id, 'cannot sleep' FROM people.person WHERE given_names = 'Cleo'""",
    "UPDATE wellbeing.check_offer SET recorded_by = NULL, force_id = force_id % 43 + 1 WHERE person_id = $1 AND $2 > 0",
    """INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
       SELECT 1, $1, $2, 'MV', '2026-03-02', id FROM people.person WHERE given_names = 'Cleo'""",
    """INSERT INTO vetting.case_material (case_number, person_id, kind, text, recorded_by)
       SELECT 1, $1, 'adverse material', 'a debt', id FROM people.person WHERE given_names = 'Cleo' AND $2 > 0""",
)


async def answers(app: Watched, ada: int, sergeant: int, desk: int) -> Mapping[str, bytes]:
    """Return every answer that tells of Ada's licence, byte for byte, and what is stored of it."""
    row = (await fetch("SELECT national_id FROM people.person WHERE id = $1", ada))[0]
    person = f"/api/v1/people/{row['national_id']}/decision"
    told = {}
    for asker, addresses in (
        (ada, ("/api/v1/me/decision",)),
        (sergeant, (person, "/api/v1/team")),
        (desk, (person, "/api/v1/desk/counts", "/api/v1/desk/licences")),
    ):
        async with calling(app, asker) as client:
            for address in addresses:
                answer = await client.get(address)
                assert answer.status_code == 200, address
                told[f"{address} {asker}"] = answer.content
    stored = await fetch(
        "SELECT to_jsonb(kept) - 'decided_at' FROM licence.licence_standing AS kept ORDER BY person_id"
    )
    return {**told, "stored": repr([tuple(one) for one in stored]).encode()}


async def test_whatever_changes_behind_a_wall_changes_no_letter_of_a_licence(
    app: Watched, database: str
) -> None:
    await set_up(text=POLICY.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    ada, sergeant, desk = await officer(), await officer("Sunil", rank="sergeant"), await officer("Desi")
    await officer("Cleo", "Clinic")
    await line(ada, sergeant)
    await grant_role(desk, Role.LICENSING_DESK, by=sergeant)
    for code in ("PPST", "FIRST-AID", "JRFT"):
        await evidence(ada, code, date(2026, 5, 4))
    await grant(ada, date(2024, 1, 8))
    await offer(ada, OFFERED)
    await listed()
    await refresh(today())
    before = await answers(app, ada, sergeant, desk)
    assert before == await answers(app, ada, sergeant, desk), "two answers to one question are the same"

    avon = await force_id()
    for change in TRAUMA:
        async with as_owner() as connection:
            await connection.execute("SET LOCAL session_replication_role = replica")
            assert not (await connection.execute(change, ada, avon)).endswith(" 0"), change
        assert await fetch("SELECT FROM people.change") == [], "nothing is even decided again"
        await refresh(today())
        assert await answers(app, ada, sergeant, desk) == before, change

    # The test can fail: what is published does count, for the officer.
    await owner.execute("INSERT INTO people.check_offered VALUES ($1, $2, now())", ada, today())
    await refresh(today())
    assert await answers(app, ada, sergeant, desk) != before
