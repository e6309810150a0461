"""Is every architecture decision short, dated and whole? The accident: a choice nobody remembers the reason of."""

import re

import pytest

from tests.house.tree import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_every_decision_has_a_number_of_its_own() -> None:
    """Several are written at a time, each under the number it was given: the next may come before the one between."""
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_status_context_decision_and_consequences(path: object) -> None:
    text = (ROOT / str(path)).read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*(\w+)\.?\*\*", text, re.MULTILINE)
    assert parts == ["Status", "Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 25
