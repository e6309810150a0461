"""Does the set-up do what is needed, only what is needed, and say what is wrong?"""

import subprocess
import sys
import time
from pathlib import Path

import pytest

import steps
from setup import steps_for
from steps import SetupError, Step, call
from tests.house.tree import ROOT


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with a space in its path."""
    root = tmp_path / "a check out"
    (root / "stamps").mkdir(parents=True)
    monkeypatch.setattr(steps, "ROOT", root)
    monkeypatch.setattr(steps, "STAMPS", root / "stamps")
    return root


def counting(root: Path) -> tuple[Step, list[int]]:
    times: list[int] = []

    def make() -> None:
        times.append(1)
        (root / "made").write_text("made")

    (root / "lock").write_text("one")
    return Step("thing", "a thing", ("lock",), "made", make), times


def test_a_step_is_done_once(checkout: Path) -> None:
    step, times = counting(checkout)
    step.bring_up_to_date()
    step.bring_up_to_date()
    assert len(times) == 1


def test_a_step_is_done_again_when_what_it_is_made_from_changes(checkout: Path) -> None:
    step, times = counting(checkout)
    step.bring_up_to_date()
    (checkout / "lock").write_text("two")
    step.bring_up_to_date()
    assert len(times) == 2


def test_a_step_is_done_again_when_what_it_makes_is_gone(checkout: Path) -> None:
    step, times = counting(checkout)
    step.bring_up_to_date()
    (checkout / "made").unlink()
    step.bring_up_to_date()
    assert len(times) == 2


def test_a_step_that_failed_is_not_taken_for_done(checkout: Path) -> None:
    step, _ = counting(checkout)
    step.bring_up_to_date()
    (checkout / "lock").write_text("two")
    broken = Step(step.name, step.title, step.inputs, step.makes, lambda: call("false", otherwise="Mend it."))
    with pytest.raises(SetupError, match=r"Mend it\."):
        broken.bring_up_to_date()
    (checkout / "lock").write_text("one")
    assert not step.is_done()


@pytest.mark.usefixtures("checkout")
def test_a_failure_shows_the_last_words_and_what_to_do() -> None:
    with pytest.raises(SetupError, match=r"(?s)^no space left\n.* ended with 3\. Free some\.$"):
        call("sh", "-c", "echo no space left; exit 3", otherwise="Free some.")


@pytest.mark.usefixtures("checkout")
def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match=r"`no-such-program` is not on this machine\. Get it\."):
        call("no-such-program", otherwise="Get it.")


def test_asking_whether_all_is_done_costs_next_to_nothing() -> None:
    """The accident: a second lost before every command, until people stop using them."""
    began = time.process_time()
    for step in steps_for(for_tests=True):
        step.is_done()
    assert time.process_time() - began < 0.5


def test_an_unknown_mode_explains_the_known_ones() -> None:
    command = [sys.executable, "scripts/setup.py", "dance"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "what `make run` needs" in done.stdout
