"""What did a form's boxes hold, exactly as typed?"""

from collections.abc import Mapping


def typed(form: Mapping[str, object], name: str) -> str:
    """Return one box as text, trimmed; a box that was not sent is empty."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
