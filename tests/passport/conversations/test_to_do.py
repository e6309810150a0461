"""Is what was agreed put down to the right one of the two, whoever reads it?"""

from datetime import date

import pytest

from passport.conversations.rules import Part
from passport.conversations.shelf import Action
from passport.conversations.view import to_do


@pytest.mark.parametrize(
    ("falls_to", "reader", "said"),
    [
        (Part.OFFICER, "officer", "You, by 20 December 2026"),
        (Part.SUPERVISOR, "officer", "Your supervisor, by 20 December 2026"),
        (Part.OFFICER, "supervisor", "Ada Okafor, by 20 December 2026"),
        (Part.SUPERVISOR, "supervisor", "You, by 20 December 2026"),
    ],
)
def test_what_was_agreed_is_put_down_to_whom_it_falls_to(falls_to: Part, reader: str, said: str) -> None:
    agreed = Action(1, 1, falls_to, "Shadow the duty sergeant", date(2026, 12, 20), None, None)
    assert to_do(agreed, reader=reader, officer="Ada Okafor") == said
