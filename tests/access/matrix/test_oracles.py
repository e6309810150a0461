"""Can somebody learn that a person exists whom they may not see, by trying to write about them? (Threat 32.)"""

import pytest
from httpx2 import AsyncClient

from access.matrix import Stance
from access.sign_in import form_cookie_name
from foundation.clock import today
from foundation.requests import Watched
from tests.access.matrix.asking import likeness, stances_of
from tests.access.matrix.rows import changed, rows
from tests.access.matrix.world import Asker, World, asking

pytestmark = pytest.mark.anyio
OUT_OF_REACH = (Stance.ANOTHER_FORCE, Stance.IN_NO_FORCE, Stance.PROTECTED_AFAR)


def unseen(made: World, asker: Asker) -> list[str]:
    return [made.about(stances_of(asker)[stance][0]).national_id for stance in OUT_OF_REACH]


async def tokens(client: AsyncClient) -> dict[str, str]:
    await client.get("/passport")
    return {"x-csrftoken": client.cookies[form_cookie_name()]}


async def test_glass_before_nobody_is_refused_as_glass_before_somebody_who_may_not_be_opened(
    app: Watched, made: World
) -> None:
    """Of whom glass may be broken one learns that they exist, seen by the privacy officer; of the others nothing."""
    sue = made.asker("a supervisor")
    closed = [Stance.IN_NO_FORCE, Stance.PROTECTED_AFAR, Stance.MANAGER, Stance.ONESELF]
    before = await rows()
    async with asking(app, sue) as client:
        headers = await tokens(client)
        answers = {}
        for person in (made.absent, *(made.about(stances_of(sue)[one][0]).national_id for one in closed)):
            wanted = {"person": person, "why": "other", "words": "As tested, and for long enough"}
            answers[person] = likeness(
                await client.post("/api/v1/glass", json=wanted, headers=headers), person
            )
    assert changed(before, await rows()) == {}
    assert "/cannot-open" in answers[made.absent][1]
    assert set(map(str, answers.values())) == {str(answers[made.absent])}


async def test_care_for_somebody_out_of_reach_is_refused_as_care_for_nobody(
    app: Watched, made: World
) -> None:
    clinician = made.asker("occupational health, who leads people")
    before = await rows()
    async with asking(app, clinician) as client:
        headers = await tokens(client)
        answers = {}
        for person in (made.absent, *unseen(made, clinician)):
            path = f"/api/v1/care/people/{person}/offers?purpose=the+routine+check"
            asked = {"offered_on": today().isoformat()}
            answers[person] = likeness(await client.post(path, json=asked, headers=headers), person)
    assert changed(before, await rows()) == {}
    assert answers[made.absent][0] == 404
    assert set(map(str, answers.values())) == {str(answers[made.absent])}
