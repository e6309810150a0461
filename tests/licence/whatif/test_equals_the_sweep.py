"""Does what a what-if foretells of everybody come true, person by person, once the draft is in force and swept?"""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from asyncpg import Record

from foundation.database import fetch, fetch_one
from licence.projection.crew import Alone, Hands
from licence.projection.sweep import sweep, sweep_everyone
from licence.whatif.actions import Wanted, ask_what_if, work_out
from licence.whatif.facts import counted_of, what_if_of
from licence.whatif.trying import Trial, tried, worlds_of
from passport.drafting.actions import Edit, revise
from passport.drafting.editing import TOP, with_head
from passport.policy.actions import approve
from passport.policy.facts import version
from tests.licence.whatif.nation import (
    NEIL,
    NORA,
    SOON,
    BreaksOff,
    a_force,
    as_the_worker,
    draft_with_ppst_every,
    standings,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def foretelling(number: int, begins_on: date, *days: date, force_id: int | None = None) -> int:
    wanted = Wanted(number, begins_on, days, force_id)
    what_if_id = await ask_what_if(actor=NORA, wanted=wanted)
    await worked_out(what_if_id)
    return what_if_id


async def worked_out(what_if_id: int, hands: Hands | None = None) -> None:
    async with as_the_worker():
        await work_out(what_if_id, hands or Alone())


async def foretold(what_if_id: int, day: date) -> dict[int, Record]:
    rows = await fetch(
        "SELECT * FROM licence.what_if_person WHERE what_if_id = $1 AND day = $2", what_if_id, day
    )
    return {row["person_id"]: row for row in rows}


async def with_posts(day: date) -> set[int]:
    rows = await fetch(
        """SELECT DISTINCT person_id FROM people.post WHERE superseded_at IS NULL AND valid_from <= $1
              AND coalesce(valid_until >= $1, true)""",
        day,
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize(("months", "grace_days", "hours"), [(24, 28, None), (9, 0, None), (15, 0, 20)])
async def test_after_enactment_everybody_stands_as_foretold(
    months: int, grace_days: int, hours: float | None
) -> None:
    """PPST made two-yearly, read, approved, swept; asked every nine months without grace; and twenty hours of it in all."""
    on = await a_force()
    begins_on, later = on + SOON, on + SOON + timedelta(days=45)
    number = await draft_with_ppst_every(months, begins_on, grace_days=grace_days, hours_in_all=hours)
    before_all = await standings()
    what_if_id = await foretelling(number, begins_on, begins_on, later)
    assert await standings() == before_all, "a what-if writes to no standing"
    preview = {day: await foretold(what_if_id, day) for day in (begins_on, later)}
    assert preview[begins_on], "the draft changes nothing for anybody"
    wanted = {"gains", "leaves grace"} if months == 24 else {"lapses"}
    assert wanted & {row["change"] for row in preview[begins_on].values()}

    await approve(actor=NEIL, number=number, on=begins_on)
    for day in (begins_on, later):
        await sweep(day)
        stored, serving = await standings(), await with_posts(day)
        for person_id, row in preview[day].items():
            assert stored[person_id] == (row["after"], stored[person_id][1])
        # Nobody else may differ from what the policy of before would have said.
        counts = await by_after(what_if_id, day)
        assert counts == tally(stored, serving)


async def by_after(what_if_id: int, day: date) -> dict[str, int]:
    counts: dict[str, int] = {}
    for counted in await counted_of(what_if_id):
        for when, _, _, after, people in counted.standings:
            if when == day:
                counts[after] = counts.get(after, 0) + people
    return counts


def tally(stored: Mapping[int, tuple[str, tuple[str, ...]]], among: set[int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for person_id in among:
        counts[stored[person_id][0]] = counts.get(stored[person_id][0], 0) + 1
    return counts


async def test_whoever_is_not_in_the_list_stands_as_they_would_have_without_the_draft() -> None:
    on = await a_force()
    begins_on = on + SOON
    number = await draft_with_ppst_every(24, begins_on)
    preview = await foretold(await foretelling(number, begins_on, begins_on), begins_on)
    await sweep_everyone(begins_on)
    without = await standings()
    assert {one: row["before"] for one, row in preview.items()} == {one: without[one][0] for one in preview}
    await approve(actor=NEIL, number=number, on=begins_on)
    await sweep_everyone(begins_on)
    with_it = await standings()
    differing = {one for one in with_it if with_it[one] != without[one]}
    assert differing <= preview.keys()
    said = {
        one
        for one, row in preview.items()
        if row["before"] != row["after"] or row["stopped"] or row["regained"]
    }
    assert differing == said


async def test_a_what_if_that_was_broken_off_goes_on_where_it_was() -> None:
    on = await a_force()
    number = await draft_with_ppst_every(24, on + SOON)
    wanted = Wanted(number, on + SOON, (on + SOON,))
    what_if_id = await ask_what_if(actor=NORA, wanted=wanted)
    assert await ask_what_if(actor=NORA, wanted=wanted) == what_if_id

    with pytest.raises(ConnectionError):
        await worked_out(what_if_id, BreaksOff(0))
    half = await what_if_of(frozenset(), what_if_id)
    assert (half.state, half.done, half.people) == ("under way", 0, half.people)
    await worked_out(what_if_id)
    whole = await what_if_of(frozenset(), what_if_id)
    assert (whole.state, whole.done) == ("finished", whole.people)
    again = await foretold(what_if_id, on + SOON)
    await worked_out(what_if_id)
    assert await foretold(what_if_id, on + SOON) == again


async def test_a_draft_that_changes_meanwhile_leaves_the_what_if_refused() -> None:
    on = await a_force()
    number = await draft_with_ppst_every(24, on + SOON)
    what_if_id = await ask_what_if(actor=NORA, wanted=Wanted(number, on + SOON, (on + SOON,)))
    edit = Edit(
        TOP, "Renamed", "Why", lambda text: with_head(text, number=number, title="Other", begins_on=on + SOON)
    )
    await revise(actor=NORA, number=number, seen=2, edit=edit)
    await worked_out(what_if_id)
    found = await what_if_of(frozenset(), what_if_id)
    assert (found.state, found.is_stale) == ("refused", True)
    assert await fetch_one("SELECT FROM licence.what_if_person") is None


@pytest.mark.parametrize(("months", "grace_days"), [(24, 28), (9, 0)])
async def test_what_is_decided_once_counts_as_what_is_decided_twice(
    monkeypatch: pytest.MonkeyPatch, months: int, grace_days: int
) -> None:
    on = await a_force()
    number = await draft_with_ppst_every(months, on + SOON, grace_days=grace_days)
    days = (on + SOON, on + timedelta(days=200), on + timedelta(days=400))
    worlds = await worlds_of(Trial(1, number, (await version(number)).digest, on + SOON, days, None))
    people = [row[0] for row in await fetch("SELECT id FROM people.person")]
    short = await tried(people, worlds, days)
    assert short.affected
    monkeypatch.setattr("licence.standing.comparing.difference", lambda *_: None)
    assert await tried(people, worlds, days) == short
