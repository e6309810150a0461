"""Who carries out which job, for how long at most, and how soon is it taken over when its worker dies?"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.jobs.asking import Payload

LEASE = timedelta(seconds=60)
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Work:
    """A job as whoever carries it out sees it. It may come twice: what it does must not mind."""

    id: int
    name: str
    payload: Payload = field(default_factory=dict)
    attempt: int = 1

    @property
    def on(self) -> date:
        """Return the day it is for: the day in London that a schedule names, not the day it happens to run.

        :raises PayloadError: its payload names no day.
        """
        named = self.payload.get("on")
        if not isinstance(named, str):
            raise PayloadError(f"{self.name} does not say which day it is for")
        return date.fromisoformat(named)


class PayloadError(ValueError):
    """A job was asked for without something that it needs to know."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Carries out the jobs of one name.

    The lease is renewed while it runs, so that it says only how soon another worker takes over from one that died;
    `longest` is how long one try may take before it is stopped and counts as failed.
    """

    name: str
    run: Callable[[Work], Awaitable[object]]
    lease: timedelta = LEASE
    longest: timedelta = LONGEST


Handlers = Mapping[str, Handler]


class TwoHandlersError(ValueError):
    """Two handlers want the same job."""


def joined(*rooms: Iterable[Handler]) -> Handlers:
    """Join the handlers of all rooms by the names of their jobs.

    :raises TwoHandlersError: two want the same name.
    """
    by_name: dict[str, Handler] = {}
    for handler in (one for room in rooms for one in room):
        if handler.name in by_name:
            raise TwoHandlersError(handler.name)
        by_name[handler.name] = handler
    return by_name
