"""What is each key of a policy file called on a form, and how does a fault in it read there?"""

import re
from collections.abc import Mapping

from foundation.parts import FieldError
from foundation.wording import as_sentence_case
from passport.policy.faults import Wrong

LABELS: Mapping[str, str] = {
    "code": "Code",
    "title": "Title",
    "effect": "What follows if it is not met",
    "duty": "Who has to act",
    "how_to_meet": "How to meet it",
    "kinds": "Which members of the workforce",
    "lowest_rank": "Lowest rank",
    "highest_rank": "Highest rank",
    "profiles": "Role profiles",
    "units": "Units",
    "on_probation": "Probation",
    "months": "Months for which it holds",
    "anchor": "Counted from",
    "renewal_window_days": "Days before it is due in which it can be renewed",
    "minimum_gap_days": "Least days between two",
    "fixed_day": "Day of the year",
    "grace_days": "Days of grace",
    "initial_days": "Days allowed the first time",
    "introduced_on": "Asked since",
    "prerequisites": "Only with these in date",
    "satisfied_by": "Also met by",
    "authority": "The power it stops",
    "extended_by_absence": "Absence",
    "hours": "Hours",
    "initial_hours": "Hours the first time",
    "hours_in_all": "Hours in all",
    "class_places": "Places in a class",
    "level": "Level",
    "forces_may_set": "What forces may set for themselves",
    "source": "Source",
    "tag": "How sure that is",
    "begins_on": "First day",
    "number": "Number",
}
AMOUNTS = ("months", "weeks", "days", "hours", "percent", "a_year", "people", "days_before")


def field_error(wrong: Wrong, *, amount: str | None = None) -> FieldError:
    """Return a fault as it stands on a form: at its field, under the field's own name."""
    keys = [str(part) for part in wrong.path if isinstance(part, str)]
    key = keys[-1] if keys else ""
    if amount is not None and key in AMOUNTS:
        return FieldError(_words(wrong.words, "The amount"), "amount")
    return FieldError(_words(wrong.words, LABELS.get(key, key)), key if key in LABELS else None)


def _words(said: str, label: str) -> str:
    named = re.sub(r"^`[a-z_]+` ", f"{label} ", said)
    return as_sentence_case(
        re.sub(r"`([a-z_]+)`", lambda found: f"“{LABELS.get(found[1], found[1])}”", named)
    )
