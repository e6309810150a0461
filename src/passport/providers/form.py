"""What did somebody answer about a provider, and what is missing from it?"""

from collections.abc import Mapping
from dataclasses import replace

from foundation.date_entry import DateEntry, read_date_entry
from foundation.forms import typed

BOXES = ("day", "month", "year")


def read_day(answers: Mapping[str, object], name: str, called: str, *, is_needed: bool = True) -> DateEntry:
    """Return a day as it was typed."""
    entry = read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)
    if entry.is_empty and is_needed:
        return replace(entry, error=f"Enter the {called}", wrong=BOXES)
    return entry
