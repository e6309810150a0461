"""What did a form's boxes hold, exactly as typed, and does an address ask for what is on offer?"""

import re
from collections.abc import Callable, Iterable, Mapping

from foundation.parts import FieldError

LONGEST_SHOWN = 40
KEEPABLE = r"^[^\u0000]*$"
"""Text that a database can keep, as a pattern for what programs send."""
# Controls, soft and zero-width marks, marks of direction, fillers and variation selectors: no reader sees any of them.
_UNSEEN = (
    r"\s\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
SAID = rf"^[{_UNSEEN}]*[^{_UNSEEN}\u0000][^\u0000]*$"
"""The same where something must be said: blanks alone say nothing, nor do characters that nobody can see."""
_NOTHING_SEEN = re.compile(rf"[{_UNSEEN}]*")


def typed(form: Mapping[str, object], name: str) -> str:
    """Return one box as text, trimmed; a box that was not sent is empty, and so is one in which there is nothing to see.

    NUL, which no database keeps, is left out.
    """
    value = form.get(name, "")
    text = value.replace("\0", "").strip() if isinstance(value, str) else ""
    return "" if _NOTHING_SEEN.fullmatch(text) else text


def one_of(options: Iterable[tuple[str, str]]) -> Callable[[str], bool]:
    """Return whether a text is the value of an option."""
    values = frozenset(str(value) for value, _ in options)
    return lambda text: text in values


def not_offered(
    query: Mapping[str, str], offered: Mapping[str, tuple[str, Callable[[str], bool]]]
) -> tuple[FieldError, ...]:
    """Tell each filter of an address that asks for what is not on offer, with what was typed: it was left out."""
    return tuple(
        FieldError(f"{label}: “{text[:LONGEST_SHOWN]}” is not one of the answers, so it was left out", name)
        for name, (label, is_offered) in offered.items()
        if (text := typed(query, name)) and not is_offered(text)
    )
