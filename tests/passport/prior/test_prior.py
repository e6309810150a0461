"""Does earlier learning count from the day an assessor says, and never by the claimant's own word?"""

from datetime import timedelta

import pytest

from access.readings.looks import Look, Opened
from foundation.clock import today
from foundation.database import fetch
from foundation.problems import NotFoundError
from foundation.requests import Watched
from passport.prior.actions import NewClaim, accept, claim, decline, take_back
from passport.prior.errors import (
    AlreadyClaimedError,
    ClaimDecidedError,
    NoSuchRequirementError,
    NotPastError,
    OwnClaimError,
    ReasonNeededError,
)
from passport.prior.facts import Claim, claim_with
from passport.prior.reading import read_one, read_waiting
from passport.prior.rules import State
from tests.builders import evidence, force_id
from tests.clients import submit
from tests.passport.classes.test_screens import call
from tests.passport.classes.training import School, acting, at_work, held_by, known, school
from tests.passport.learning.learners import told

pytestmark = pytest.mark.anyio
ON = today()
LEARNED = ON - timedelta(days=100)
OWN, JUDGE = "/passport/earlier-learning", "/earlier-learning"


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def claimed(person_id: int, requirement: str = "FIRST-AID") -> Claim:
    new = NewClaim(await force_id(), requirement, "Ambulance service", LEARNED, "Two weeks, certificate 7")
    found = await claim_with(await claim(new, actor=acting(person_id), on=ON))
    assert found is not None
    return found


async def test_an_accepted_claim_is_verified_evidence_from_the_day_the_assessor_says(there: School) -> None:
    one = await claimed(there.ada)
    assert await held_by(there.ada) == []
    later = LEARNED + timedelta(days=10)
    await accept(one, counts_from=later, actor=acting(there.tess), on=ON)
    assert await held_by(there.ada) == [("FIRST-AID", later, True)]
    (row,) = await fetch("SELECT source, reference, recorded_by FROM passport.evidence")
    assert tuple(row) == ("earlier learning", f"claim {one.id}", there.tess)
    with pytest.raises(ClaimDecidedError):
        await decline(one, reason="Late", actor=acting(there.tim))
    assert await told(there.ada) == [f"Your claim of earlier learning was accepted: {one.title}"]


async def test_what_is_recorded_already_is_one_record(there: School) -> None:
    await evidence(there.ada, "FIRST-AID", LEARNED)
    await accept(await claimed(there.ada), counts_from=LEARNED, actor=acting(there.tess), on=ON)
    assert len(await held_by(there.ada)) == 1


async def test_nobody_judges_their_own_claim_and_a_refusal_says_why(there: School) -> None:
    own = await claimed(there.tess)
    with pytest.raises(OwnClaimError):
        await accept(own, counts_from=LEARNED, actor=acting(there.tess), on=ON)
    with pytest.raises(OwnClaimError):
        await decline(own, reason="Modesty", actor=acting(there.tess))
    with pytest.raises(NotFoundError):
        await read_one(await known(there.tess), own.id, Look(Opened.PRIOR))
    with pytest.raises(ReasonNeededError):
        await decline(own, reason="", actor=acting(there.tim))
    await decline(own, reason="No certificate", actor=acting(there.tim))
    found = await claim_with(own.id)
    assert found is not None
    assert (found.state, found.decided_reason) == (State.DECLINED, "No certificate")
    assert await told(there.tess) == [f"Your claim of earlier learning was declined: {own.title}"]
    (notice,) = await fetch("SELECT headline, body FROM people.notice")
    assert "No certificate" not in notice["headline"] + notice["body"], "why stands in the service alone"


async def test_what_makes_no_sense_is_refused(there: School) -> None:
    one = await claimed(there.ada)
    with pytest.raises(AlreadyClaimedError):
        await claimed(there.ada)
    with pytest.raises(NoSuchRequirementError):
        await claimed(there.ada, "CAKE")
    for day in (LEARNED - timedelta(days=1), ON + timedelta(days=1)):
        with pytest.raises(NotPastError):
            await accept(one, counts_from=day, actor=acting(there.tess), on=ON)
    await take_back(one, actor=acting(there.ada))
    await claimed(there.ada)


async def test_an_assessor_sees_the_claims_of_those_within_reach(there: School) -> None:
    for one in (there.ada, there.bea, there.tess):
        await claimed(one)
    seen = await read_waiting(await known(there.tess), Look(Opened.PRIOR))
    assert [one.person_id for one in seen] == [there.ada]
    assert await read_waiting(await known(there.kit), Look(Opened.PRIOR)) == []


async def test_the_pages_claim_and_judge(app: Watched, there: School) -> None:
    days = {f"when-{box}": str(getattr(LEARNED, box)) for box in ("day", "month", "year")}
    asked = {"met": "FIRST-AID", "where": "Ambulance service", "what": "Two weeks", **days}
    async with at_work(app, there.ada) as client:
        wrong = await submit(
            client, f"{OWN}/new", f"{OWN}/new", {**asked, "met": "", "when-day": "40", "what": ""}
        )
        for words in (
            "Select what you have met",
            "must be a real date",
            "Enter what you learned",
            "Ambulance service",
        ):
            assert words in wrong.text
        assert (await submit(client, f"{OWN}/new", f"{OWN}/new", asked)).headers[
            "location"
        ] == f"{OWN}?done=claimed"
        assert "claimed this already" in (await submit(client, f"{OWN}/new", f"{OWN}/new", asked)).text
        assert (await client.get(JUDGE)).status_code == 404
    (row,) = await fetch("SELECT id FROM passport.prior_claim")
    where = f"{JUDGE}/{row['id']}"
    async with at_work(app, there.tess) as client:
        assert "Ada Okafor" in (await client.get(JUDGE)).text
        assert "Say why" in (await submit(client, where, f"{where}/decision", {"answer": "declined"})).text
        early = {"answer": "accepted", "from-day": "1", "from-month": "1", "from-year": "1999"}
        assert "before the learning" in (await submit(client, where, f"{where}/decision", early)).text
        day = {f"from-{box}": str(getattr(LEARNED, box)) for box in ("day", "month", "year")}
        accepted = await submit(client, where, f"{where}/decision", {"answer": "accepted", **day})
        assert accepted.headers["location"] == f"{JUDGE}?done=accepted"
    assert await held_by(there.ada) == [("FIRST-AID", LEARNED, True)]


async def test_numbers_and_signs_that_nothing_has_are_no_fault_of_ours(app: Watched, there: School) -> None:
    async with at_work(app, there.ada) as client:
        for number in (2**31, 2**63, 10**30):
            assert (await client.post(f"{OWN}/{number}/withdrawal")).status_code == 404
        assert (await client.get("/policy?force=%00")).status_code == 400


async def test_a_program_claims_and_judges(app: Watched, there: School) -> None:
    body = {
        "requirement": "FIRST-AID",
        "where": "Ambulance service",
        "on": LEARNED.isoformat(),
        "what": "Two weeks",
    }
    async with at_work(app, there.ada) as client:
        first = await call(client, "claimEarlierLearning", body=body, status=201)
        await call(client, "takeBackEarlierLearning", claim_id=first["number"])
        told = await call(client, "claimEarlierLearning", body=body, status=201)
        assert len(await call(client, "myEarlierLearning")) == 2
    async with at_work(app, there.tess) as client:
        assert len(await call(client, "earlierLearning")) == 1
        at = told["number"]
        await call(client, "judgeEarlierLearning", claim_id=at, body={"accepted": True}, status=400)
        answer = {"accepted": True, "counts_from": LEARNED.isoformat()}
        assert (await call(client, "judgeEarlierLearning", claim_id=at, body=answer))["state"] == "accepted"
