"""From which day can what is due be met without losing any of the time it still holds?"""

from datetime import date, timedelta

from licence.standing.decisions import Finding
from licence.standing.due import months_after, through
from passport.policy.rules import Anchor, Requirement, Validity

DAY = timedelta(days=1)
A_YEAR = 12


def opens_on(asked: Requirement, finding: Finding, due_on: date) -> date:
    """Return the first day on which meeting a requirement loses nothing, never later than the day it is due.

    The first time loses nothing as soon as it is asked for. An anniversary is kept within its window, a fixed day within
    the year before it; what counts from the day of completion is best met on the day it is due.
    """
    if finding.met_on is None:
        return due_on - timedelta(days=asked.initial_days)
    validity = asked.validity
    if validity.anchor is Anchor.ANNIVERSARY:
        renewable_on = finding.met_on + timedelta(days=validity.minimum_gap_days)
        return min(due_on, max(due_on - timedelta(days=validity.renewal_window_days), renewable_on))
    if validity.anchor is Anchor.FIXED_DATE:
        fixed = due_on - timedelta(days=finding.extended_days)
        return min(due_on, max(_year_before(validity, fixed), finding.met_on + DAY))
    return due_on


def _year_before(validity: Validity, fixed: date) -> date:
    """Return the first day that holds as far as the fixed day itself; on a leap day it is not the day a year before."""
    first = months_after(fixed, -A_YEAR) + DAY
    return first if through(validity, first) >= through(validity, fixed) else first + DAY


def keeps_its_day(asked: Requirement, finding: Finding) -> bool:
    """Say whether renewing a requirement ahead of its day can keep that day."""
    return finding.met_on is not None and asked.validity.anchor is not Anchor.ROLLING
