"""Is every architecture decision short, dated and whole? The accident: a choice nobody remembers the reason of."""

import re

import pytest

from tests.house.tree import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("number", range(1, len(DECISIONS) + 1))
def test_decisions_are_numbered_without_gaps(number: int) -> None:
    assert [path.name for path in DECISIONS if path.name.startswith(f"{number:04}-")]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_status_context_decision_and_consequences(path: object) -> None:
    text = (ROOT / str(path)).read_text(encoding="utf-8")
    parts = re.findall(r"^\*\*(\w+)\.?\*\*", text, re.MULTILINE)
    assert parts == ["Status", "Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 25
