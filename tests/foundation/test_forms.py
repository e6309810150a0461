"""Does a box hold what a reader would see in it?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.forms import SAID, typed

UNSEEN = ("\u200b", "\u2060\ufeff", "\u00ad \u200d", "\x07", "\u3164", "\u2800", " \u202e ", "\ufe0f", "\x85")


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_nobody_can_see_says_nothing_to_a_page_nor_to_a_program(text: str) -> None:
    assert not typed({"why": text}, "why")
    assert re.search(SAID, text) is None


@pytest.mark.parametrize("text", ["é", "x\u200b", "\u200bSiân", "نعم", "👍", "-", "a\nb"], ids=ascii)
def test_what_can_be_seen_is_kept_with_whatever_stands_beside_it(text: str) -> None:
    assert typed({"why": text}, "why") == text
    assert re.search(SAID, text)


@given(st.text())
def test_a_page_and_a_program_agree_on_what_says_something(text: str) -> None:
    assert bool(typed({"why": text}, "why")) is bool(re.search(SAID, text.replace("\0", "")))
