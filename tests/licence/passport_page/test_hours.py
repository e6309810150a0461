"""Are hours that add up shown on the passport, counted by the night, and told to a program?"""

from dataclasses import replace
from datetime import date

import pytest

from foundation.clock import today
from foundation.database import fetch
from foundation.requests import Watched
from licence.passport_page.view import View, view_of
from licence.projection.sweep import sweep
from licence.standing.decisions import State
from licence.standing.history import Hours
from passport.policy.rules import Effect
from tests.builders import evidence, grant, person, post
from tests.clients import calling
from tests.licence.passport_page.conftest import days_ago
from tests.licence.passport_page.samples import GRANT, POLICY, facts, passport, requirement
from tests.licence.passport_page.test_pages import seen
from tests.licence.projection.ruling import ADDS_UP, in_force, ruling

INVESTIGATION = 9
IN_HOURS = replace(
    POLICY,
    requirements=(
        *POLICY.requirements,
        requirement(
            INVESTIGATION, "PIP-HOURS", "Investigators’ training", Effect.LICENCE_CORE, grace_days=28, hours_in_all=12.0,
        ),
    ),
)  # fmt: skip
JANUARY, MAY, OCTOBER = date(2026, 1, 10), date(2026, 5, 5), date(2026, 10, 1)


def shown(done: dict[date, float | None], on: date) -> View:
    """Return the passport of somebody who did so many hours on these days."""
    every = {one.id: [date(2026, 7, 1)] for one in POLICY.requirements}
    life = facts({**every, INVESTIGATION: list(done)}, decided=(GRANT,))
    hours = Hours.of({INVESTIGATION: {day: taken for day, taken in done.items() if taken is not None}})
    told = passport(replace(life, hours=hours), on, policy=IN_HOURS)
    taken = {(INVESTIGATION, day): number for day, number in done.items()}
    records = tuple(
        one._replace(hours=taken.get((one.requirement_id, one.completed_on), one.hours))
        for one in told.evidence
    )
    return view_of(replace(told, evidence=records), today=on)


def test_part_of_the_hours_is_shown_with_what_is_missing_and_every_record_that_counts() -> None:
    view = shown({JANUARY: 4, MAY: 3, date(2024, 5, 5): 5, OCTOBER: None}, date(2026, 11, 5))
    one = next(each for group in view.groups for each in group.open if each.code == "PIP-HOURS")
    assert one.state is State.OVERDUE
    assert one.sentence.endswith("7 of 12 hours count: 5 more are needed.")
    assert "Never recorded" not in one.sentence
    assert [line.words.partition(". Source")[0] for line in one.evidence] == [
        "Completed on 1 October 2026, no hours given",
        "Completed on 5 May 2026, 3 hours",
        "Completed on 10 January 2026, 4 hours",
    ]
    assert one.why.text.startswith("Its hours have not come together.")
    assert "What was done counts for 12 months from its day." in one.why.text
    assert view.first is not None
    assert (view.first.code, view.first.hours) == ("PIP-HOURS", "5 hours")
    assert view.answer.reason.endswith("7 of 12 hours count: 5 more are needed.")


def test_hours_that_came_together_say_what_is_needed_after_the_due_day_and_are_drawn_as_held() -> None:
    view = shown({JANUARY: 4, MAY: 3, OCTOBER: 5}, date(2026, 11, 5))
    one = next(
        each for group in view.groups for each in (*group.open, *group.met) if each.code == "PIP-HOURS"
    )
    assert one.sentence.startswith("Holds until 10 January 2027")
    assert one.sentence.endswith("12 of 12 hours count; after the due day 4 more are needed.")
    assert "The hours that hold it came together on 1 October 2026." in one.why.text
    assert view.timeline is not None
    lane = next(lane for lane in view.timeline.lanes if lane.label == "Investigators’ training")
    assert [(bar.span.first, bar.span.last) for bar in lane.bars] == [(OCTOBER, date(2027, 1, 10))]


@pytest.mark.anyio
async def test_the_page_the_program_and_the_night_count_the_same_hours(app: Watched, database: str) -> None:
    await in_force(ruling() + ADDS_UP)
    ada = await person("Ada")
    await post(ada)
    await grant(ada, days_ago(400))
    await evidence(ada, "SAFETY", days_ago(100))
    for ago, hours in ((360, 4.0), (200, 3.0), (10, None)):
        await evidence(ada, "PIP-HOURS", days_ago(ago), hours=hours)
    await sweep(today())
    assert (
        await standing(ada),
        "7 of 12 hours count: 5 more are needed." in await seen(app, ada, "/passport"),
    ) == (
        "lapsed",
        True,
    )
    await evidence(ada, "PIP-HOURS", days_ago(1), hours=5)
    await sweep(today())
    async with calling(app, ada) as client:
        told = (await client.get("/api/v1/me/decision")).json()
    found = next(one for one in told["findings"] if one["requirement"] == "PIP-HOURS")
    assert await standing(ada) == told["standing"] == "active"
    assert found["hours"] == {"done": 12, "asked": 12, "missing": 4, "since": days_ago(360).isoformat()}
    assert found["met_on"] == days_ago(1).isoformat()
    assert found["sentence"].endswith("12 of 12 hours count; after the due day 4 more are needed.")


async def standing(person_id: int) -> str:
    rows = await fetch("SELECT standing FROM licence.licence_standing WHERE person_id = $1", person_id)
    return str(rows[0]["standing"])
