"""Does what was met elsewhere, or at a higher level, count under the policy that is shipped?"""

from datetime import date, timedelta

import pytest

from foundation.clock import today
from foundation.database import fetch
from licence.standing.deciding import decide_person
from licence.standing.decisions import Finding, State
from passport.policy.actions import set_up
from tests.builders import evidence, grant, listed, person, post
from tests.house.tree import ROOT

pytestmark = pytest.mark.anyio
POLICY = ROOT / "policies" / "2026-1-national.toml"
KENT = "E23000032"
ON = today()
BEFORE = ON - timedelta(days=200)


async def finding(person_id: int, code: str) -> Finding:
    (row,) = await fetch("SELECT id FROM passport.requirement WHERE code = $1", code)
    decision = await decide_person(person_id, ON)
    return next(one for one in decision.findings if one.requirement_id == row["id"])


async def transferee() -> int:
    """Enter a response driver who came from Kent a month ago."""
    await set_up(text=POLICY.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    one, moved = await person(), ON - timedelta(days=30)
    await post(one, force=KENT, unit_name="Medway", until=moved - timedelta(days=1))
    await post(one, since=moved, profiles=("response",))
    await grant(one, ON - timedelta(days=900))
    await listed()
    return one


async def test_what_was_met_in_another_force_is_met_here(database: str) -> None:
    one = await transferee()
    assert (await finding(one, "PPST")).met_on is None
    await evidence(one, "PPST", BEFORE)
    found = await finding(one, "PPST")
    assert (found.state, found.met_on) == (State.MET, BEFORE)


@pytest.mark.parametrize("lower", ["DRIVE-RESPONSE", "DRIVE-BASIC"])
async def test_an_advanced_driver_meets_what_is_asked_of_any_driver(database: str, lower: str) -> None:
    one = await transferee()
    await evidence(one, "DRIVE-ADVANCED", BEFORE)
    found = await finding(one, lower)
    (higher,) = await fetch("SELECT id FROM passport.requirement WHERE code = 'DRIVE-ADVANCED'")
    assert (found.state, found.met_by, found.met_on) == (State.MET, higher["id"], BEFORE)
