"""Through which days does a requirement hold, counted from a day, each day worked out once for everybody?"""

from datetime import date, timedelta

from licence.standing.due import FOREVER, NEVER, Reach, through
from passport.policy.rules import Requirement, Validity


class Terms(dict[date, tuple[date, date, Reach]]):
    """From the day of a completion to the last days it holds and of the grace after it, each worked out once."""

    def __init__(self, validity: Validity, grace_days: int) -> None:
        """Remember what the days are counted by."""
        super().__init__()
        self.validity = validity
        self._grace = timedelta(days=grace_days)

    def __missing__(self, met_on: date) -> tuple[date, date, Reach]:
        """Work out the days for a completion that has not been asked about before."""
        due_on = through(self.validity, met_on)
        self[met_on] = found = (due_on, self.grace_after(due_on), Reach(due_on, met_on))
        return found

    def grace_after(self, due_on: date) -> date:
        """Return the last day of the grace that follows a due day."""
        return min(FOREVER, due_on + self._grace)


class Allowed(dict[date, Reach]):
    """From the day since which a requirement concerns somebody to the time allowed to meet it for the first time."""

    def __init__(self, asked: Requirement) -> None:
        """Remember what the days are counted by."""
        super().__init__()
        self._introduced_on = asked.introduced_on or NEVER
        self._days = timedelta(days=asked.initial_days)

    def __missing__(self, since: date) -> Reach:
        """Work out the days for a beginning that has not been asked about before."""
        start = max(since, self._introduced_on)
        self[since] = found = Reach(start + self._days, start)
        return found
