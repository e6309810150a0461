"""Is a figure the median of the ratios of its own rounds, and on the right side of its goal?"""

import subprocess
import sys

import pytest

from benchmarks import effort
from benchmarks.measuring import Goal, Named, Rounds, by_medians, figure, in_turn

NAMED = Named("ours", "the floor", Goal(2.0))


def test_each_round_is_compared_with_its_own_floor() -> None:
    # The machine slowed down threefold in the last round: the ratio did not change.
    assert figure(NAMED, [1.0, 1.0, 3.0], [2.0, 2.2, 6.0]).ratio == 2.0


def test_times_stay_below_their_goal_and_rates_above() -> None:
    assert Goal(2.0).holds(1.9)
    assert not Goal(2.0).holds(2.1)
    assert Goal(0.5, at_most=False).holds(0.6)
    assert not Goal(0.5, at_most=False).holds(0.4)


def test_without_a_goal_nothing_is_held_or_missed() -> None:
    assert figure(Named("ours", "the floor"), [1.0], [9.0]).holds is None


@pytest.mark.anyio
async def test_floor_and_ours_take_turns_and_making_ready_is_not_timed() -> None:
    heard: list[str] = []

    async def floor() -> None:
        heard.append("floor")

    async def ready() -> None:
        heard.append("ready")

    async def ours() -> None:
        heard.append("ours")

    found = await in_turn(NAMED, floor, ours, rounds=Rounds(2), before_ours=ready)
    assert heard == ["ready", "floor", "floor", "ours"] * 3
    assert len(found.ratios) == len(found.efforts) == 2


@pytest.mark.anyio
async def test_effort_is_shared_out_over_the_processes_that_share_the_work() -> None:
    async def busy() -> None:
        before = effort.seconds()
        while effort.seconds() < before + 0.1:
            pass

    found = await in_turn(NAMED, busy, busy, rounds=Rounds(1, warms_up=False, processes=2))
    assert found.effort == pytest.approx(0.5, rel=0.4)


def test_the_effort_of_processes_that_we_started_is_ours() -> None:
    before = effort.seconds()
    subprocess.run([sys.executable, "-c", "sum(range(30_000_000))"], check=True)
    assert effort.seconds() >= before + 0.05


@pytest.mark.anyio
async def test_small_steps_are_compared_by_the_medians_of_groups() -> None:
    async def step() -> None:
        return

    assert len((await by_medians(NAMED, [(step, step)] * 40, groups=3)).ratios) == 3
