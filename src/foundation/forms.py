"""What did a form's boxes hold, exactly as typed, and does an address ask for what is on offer?"""

from collections.abc import Callable, Iterable, Mapping

from foundation.parts import FieldError

LONGEST_SHOWN = 40
KEEPABLE = r"^[^\u0000]*$"
"""Text that a database can keep, as a pattern for what programs send."""
SAID = r"^\s*[^\s\u0000][^\u0000]*$"
"""The same where something must be said: blanks alone say nothing."""


def typed(form: Mapping[str, object], name: str) -> str:
    """Return one box as text, trimmed; a box that was not sent is empty. NUL, which no database keeps, is left out."""
    value = form.get(name, "")
    return value.replace("\0", "").strip() if isinstance(value, str) else ""


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
