"""Does the end of a provider's licence cast doubt on what it delivered afterwards, and settle nothing by itself?"""

from datetime import date, timedelta

import pytest

from access.readings.looks import Look, Opened
from foundation.clock import now, today
from foundation.database import fetch
from foundation.problems import NotFoundError
from foundation.requests import Watched
from foundation.wording import as_date
from passport.classes.actions import NewClass, ToTeach, add_people, make_class, sign
from passport.classes.facts import Sheet, class_of, places_on
from passport.classes.particulars import Particulars, put_right
from passport.classes.rules import Outcome
from passport.providers.actions import answer, end_licence, enter, license_for
from passport.providers.errors import (
    BackwardsError,
    EndedAlreadyError,
    LicensedAlreadyError,
    NamedAlreadyError,
    NoSuchRequirementError,
    NotInDoubtError,
    ReasonNeededError,
)
from passport.providers.facts import Doubt, Provider, in_doubt, provider_of
from passport.providers.reading import read_doubt, read_doubts
from passport.providers.rules import Answer
from people.persons.facts import person
from tests.builders import force_id, requirement
from tests.clients import calling, submit
from tests.passport.classes.test_screens import call
from tests.passport.classes.training import School, acting, at_work, held_by, known, school
from tests.passport.learning.learners import told

pytestmark = pytest.mark.anyio
ON = today()
DAY = timedelta(days=1)
LAST = ON - 30 * DAY
LOOK = Look(Opened.DOUBTS)


@pytest.fixture
async def there(database: str) -> School:
    return await school()


async def provider(there: School) -> Provider:
    """Enter a provider that was licensed for a year, and whose licence is about to end."""
    number = await enter(await force_id(), "Safe Hands Ltd", actor=acting(there.tess))
    found = await read(number)
    await license_for(found, "FIRST-AID", since=ON - 365 * DAY, until=None, actor=acting(there.tess))
    return await read(number)


async def read(number: int) -> Provider:
    return await provider_of([await force_id()], number)


async def delivered(person_id: int, by: Provider, on: date, code: str = "FIRST-AID") -> int:
    rows = await fetch(
        """INSERT INTO passport.evidence (person_id, requirement_id, completed_on, is_verified, source, provider_id)
           VALUES ($1, $2, $3, true, 'class sheet', $4) RETURNING id""",
        person_id, await requirement(code), on, by.id,
    )  # fmt: skip
    return int(rows[0]["id"])


async def test_a_doubt_shows_on_the_passport_and_to_a_program_as_it_was_known(
    app: Watched, there: School
) -> None:
    by = await provider(there)
    kept, late = await delivered(there.bo, by, LAST), await delivered(there.bo, by, LAST + DAY)
    before = now()
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Licence lost", actor=acting(there.tess))
    hers = f"/api/v1/people/{(await person(there.bo)).national_id}/evidence"
    async with calling(app, there.bo) as client:
        page = (await client.get("/passport")).text
        today_s = (await client.get(hers)).json()
        then = (await client.get(hers, params={"known": before.isoformat()})).json()
    assert {one["number"]: one["is_in_doubt"] for one in today_s} == {late: True, kept: False}
    assert not any(one["is_in_doubt"] for one in then)
    assert "In doubt: whoever delivered it was not licensed to on that day." in page
    assert page[page.index("Everything recorded") :].count("In doubt") == 1
    (doubt,) = await read_doubts(await known(there.tess), LOOK)
    await answer(doubt, Answer.CONFIRMED, reason="Looked at", actor=acting(there.tess))
    async with calling(app, there.bo) as client:
        assert "In doubt" not in (await client.get("/passport")).text


async def test_what_was_delivered_after_the_last_day_is_in_doubt_and_stands(there: School) -> None:
    by = await provider(there)
    await delivered(there.ada, by, LAST)
    late = await delivered(there.bo, by, LAST + DAY)
    await delivered(there.tim, by, LAST + DAY, "PPST")
    assert await in_doubt(there.bo) == frozenset()
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Licence lost", actor=acting(there.tess))
    assert await in_doubt(there.ada) == await in_doubt(there.tim) == frozenset()
    title = by.licences[0].title
    assert await told(there.bo) == [f"A record of yours is in doubt: {title}"]
    assert await told(there.ada) == await told(there.tim) == []
    (notice,) = await fetch("SELECT matter, headline || body AS text FROM people.notice")
    assert notice["matter"] == f"DOUBT:{late}"
    assert "Licence lost" not in notice["text"]
    assert await in_doubt(there.bo) == {late}
    assert len(await held_by(there.bo)) == 1, "nothing is invalid because a licence has ended"
    (doubt,) = await read_doubts(await known(there.tess), LOOK)
    assert (doubt.person_id, doubt.evidence_id, doubt.answer) == (there.bo, late, None)


async def test_whoever_signs_for_a_provider_whose_licence_has_ended_is_told_before_and_the_learner_after(
    app: Watched, there: School
) -> None:
    by, taught = await provider(there), (ToTeach("FIRST-AID", None), ToTeach("PPST", None))
    new = NewClass(by.force_id, taught, LAST, "Room 4", by.id)
    number = await make_class(new, actor=acting(there.tess))
    warning = f"Safe Hands Ltd was licensed to deliver {by.licences[0].title} through {as_date(LAST - DAY)}"
    async with at_work(app, there.tess) as client:
        await submit(client, f"/classes/{number}", f"/classes/{number}/people", {"numbers": "4003"})
        assert "was licensed to deliver" not in (await client.get(f"/classes/{number}")).text
        licence = by.licences[0].id
        await end_licence(by, licence, last_day=LAST - DAY, reason="Lost", actor=acting(there.tim))
        sheet = (await client.get(f"/classes/{number}")).text
        assert (sheet.count(warning), sheet.count("was licensed to deliver")) == (1, 1)
        said = (await client.get(f"/api/v1/classes/{number}")).json()["about"]["taught"]
        assert {one["requirement"]: one["licensed_until"] for one in said} == {
            "FIRST-AID": (LAST - DAY).isoformat(), "PPST": None,
        }  # fmt: skip
        marks = {f"outcome-{there.bo}": "passed"}
        signed = await submit(client, f"/classes/{number}", f"/classes/{number}/signature", marks)
        assert signed.headers["location"].endswith("?done=signed")
    (doubt,) = await read_doubts(await known(there.tess), LOOK)
    assert (doubt.person_id, doubt.requirement) == (there.bo, "FIRST-AID")
    assert await told(there.bo) == [f"A record of yours is in doubt: {by.licences[0].title}"]


async def test_a_class_put_right_to_a_day_after_the_licence_is_in_doubt_and_its_learner_told(
    there: School,
) -> None:
    by, tess = await provider(there), acting(there.tess)
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Lost", actor=tess)
    new = NewClass(by.force_id, (ToTeach("FIRST-AID", None),), LAST, "Room 4", by.id)
    number = await make_class(new, actor=tess)
    await add_people(await class_of([by.force_id], number), [there.bo], actor=tess)
    sheet = Sheet(await class_of([by.force_id], number), await places_on(number))
    await sign(sheet, {there.bo: Outcome.PASSED}, actor=tess, on=ON)
    assert await told(there.bo) == []
    await put_right(sheet.about, Particulars(LAST + DAY), reason="A day later", actor=tess, on=ON)
    assert f"A record of yours is in doubt: {by.licences[0].title}" in await told(there.bo)


async def test_the_officer_sees_what_of_theirs_is_in_doubt(app: Watched, there: School) -> None:
    by = await provider(there)
    late = await delivered(there.bo, by, LAST + DAY)
    async with at_work(app, there.bo) as client:
        assert "In doubt" not in (await client.get("/passport/evidence")).text
        await end_licence(by, by.licences[0].id, last_day=LAST, reason="Lost", actor=acting(there.tess))
        assert "In doubt" in (await client.get("/passport/evidence")).text
        assert "was not licensed" in (await client.get(f"/evidence/{late}")).text


async def test_a_doubt_is_confirmed_left_or_withdrawn_with_a_reason(there: School) -> None:
    by = await provider(there)
    numbers = [await delivered(one, by, LAST + DAY) for one in (there.ada, there.bo, there.tim)]
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Licence lost", actor=acting(there.tess))
    tess = await known(there.tess)
    for number, said in zip(numbers, Answer, strict=True):
        doubt = await read_doubt(tess, number, LOOK)
        with pytest.raises(ReasonNeededError):
            await answer(doubt, said, reason=" ", actor=acting(there.tess))
        await answer(doubt, said, reason="Looked into", actor=acting(there.tess))
    confirmed, again, withdrawn = numbers
    assert await in_doubt(there.ada) == frozenset()
    assert await in_doubt(there.bo) == {again}, "in doubt until they are trained again"
    assert await held_by(there.tim) == []
    (row,) = await fetch("SELECT superseded_reason FROM passport.evidence WHERE id = $1", withdrawn)
    assert row["superseded_reason"] == "Looked into"
    for number in (confirmed, withdrawn):
        with pytest.raises(NotFoundError):
            await read_doubt(tess, number, LOOK)
    gone = Doubt(withdrawn, there.tim, "", "", "", by.force_id, "", "", ON, None, None)
    with pytest.raises(NotInDoubtError):
        await answer(gone, Answer.CONFIRMED, reason="Late", actor=acting(there.tess))


async def test_a_licence_that_was_renewed_leaves_nothing_in_doubt(there: School) -> None:
    by = await provider(there)
    await delivered(there.ada, by, LAST + DAY)
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Renewed", actor=acting(there.tess))
    await license_for(await read(by.id), "FIRST-AID", since=LAST + DAY, until=None, actor=acting(there.tess))
    assert await in_doubt(there.ada) == frozenset()


async def test_nobody_answers_for_their_own_evidence_nor_another_forces(there: School) -> None:
    by = await provider(there)
    own = await delivered(there.tess, by, LAST + DAY)
    await end_licence(by, by.licences[0].id, last_day=LAST, reason="Licence lost", actor=acting(there.tess))
    for reader in (there.tess, there.kit):
        with pytest.raises(NotFoundError):
            await read_doubt(await known(reader), own, LOOK)
    assert (await read_doubt(await known(there.tim), own, LOOK)).person_id == there.tess
    with pytest.raises(NotFoundError):
        await provider_of([await force_id("E23000032")], by.id)


async def test_what_makes_no_sense_is_refused(there: School) -> None:
    by, tess = await provider(there), acting(there.tess)
    with pytest.raises(NamedAlreadyError):
        await enter(by.force_id, by.name, actor=tess)
    with pytest.raises(LicensedAlreadyError):
        await license_for(by, "FIRST-AID", since=ON, until=None, actor=tess)
    with pytest.raises(NoSuchRequirementError):
        await license_for(by, "CAKE", since=ON, until=None, actor=tess)
    with pytest.raises(BackwardsError):
        await license_for(by, "PPST", since=ON, until=ON - DAY, actor=tess)
    licence = by.licences[0].id
    with pytest.raises(BackwardsError):
        await end_licence(by, licence, last_day=ON - 400 * DAY, reason="x", actor=tess)
    with pytest.raises(ReasonNeededError):
        await end_licence(by, licence, last_day=ON, reason="", actor=tess)
    await end_licence(by, licence, last_day=ON, reason="x", actor=tess)
    with pytest.raises(EndedAlreadyError):
        await end_licence(by, licence, last_day=ON, reason="x", actor=tess)


async def test_the_pages_enter_license_end_and_answer(app: Watched, there: School) -> None:
    def day(name: str, on: date) -> dict[str, str]:
        return {f"{name}-{box}": str(getattr(on, box)) for box in ("day", "month", "year")}

    async with at_work(app, there.tess) as client:
        assert "Enter a name" in (await submit(client, "/providers", "/providers", {"called": ""})).text
        where = (
            (await submit(client, "/providers", "/providers", {"called": "Safe Hands"}))
            .headers["location"]
            .partition("?")[0]
        )
        wrong = await submit(client, where, f"{where}/licences", {"meets": "FIRST-AID", "since-day": "40"})
        assert ("The first day" in wrong.text, 'value="40"' in wrong.text) == (True, True)
        licensed = await submit(
            client, where, f"{where}/licences", {"meets": "FIRST-AID", **day("since", ON - 99 * DAY)}
        )
        assert licensed.headers["location"] == f"{where}?done=licensed"
        by = await read(int(where.rpartition("/")[2]))
        late = await delivered(there.bo, by, ON)
        ended = {"ends": str(by.licences[0].id), **day("last", ON - DAY)}
        assert "Say why" in (await submit(client, where, f"{where}/licences/end", ended)).text
        done = await submit(client, where, f"{where}/licences/end", {**ended, "because": "Lost"})
        assert done.headers["location"] == f"{where}?done=ended"
        over = (await client.get(where)).text
        assert "Every licence of this provider has ended" in over
        assert f"{where}/licences/end" not in over
        assert "Bo Bright" in (await client.get("/providers")).text
        doubt = f"/providers/doubts/{late}"
        assert "Select what becomes of it" in (await submit(client, doubt, doubt, {"because": "Seen"})).text
        answered = await submit(client, doubt, doubt, {"said": "withdrawn", "because": "Nobody was taught"})
        assert answered.headers["location"] == "/providers?done=answered"
    async with at_work(app, there.ada) as client:
        assert (await client.get("/providers")).status_code == 404
    assert await held_by(there.bo) == []


async def test_a_program_keeps_providers_and_answers_doubts(app: Watched, there: School) -> None:
    async with at_work(app, there.tess) as client:
        at = (await call(client, "enterProvider", body={"name": "Safe Hands"}, status=201))["number"]
        since = {"requirement": "FIRST-AID", "since": (ON - 99 * DAY).isoformat()}
        told = await call(client, "licenseProvider", provider_id=at, body=since, status=201)
        licence = told["licences"][0]["number"]  # type: ignore[index]
        late = await delivered(there.bo, await read(int(str(at))), ON)
        body = {"last_day": (ON - DAY).isoformat(), "reason": "Lost"}
        await call(client, "endProviderLicence", provider_id=at, licence_id=licence, body=body)
        assert len(await call(client, "doubts")) == 1
        assert len(await call(client, "providers")) == 1
        await call(client, "answerDoubt", evidence_id=late, body={"answer": "confirmed", "reason": "Seen"})
    assert await in_doubt(there.bo) == frozenset()
