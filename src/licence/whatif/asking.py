"""What may whoever asks see of what-ifs, and what does an address or a form ask for?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from litestar.datastructures import FormMultiDict
from litestar.params import PathParameter, QueryParameter

from access.identity import Identity
from access.permission_map import forces_of
from access.permissions import Permission
from access.roles import Role
from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from foundation.problems import NotFoundError
from licence.standing.decisions import Standing
from licence.whatif.errors import NoSuchWhatIfError
from licence.whatif.facts import WhatIf, what_if_of
from licence.whatif.people import Asked
from licence.whatif.rules import Change
from licence.whatif.view import OFFSETS, USUAL
from people.posts.rules import Rank

READ = {"permission": Permission.WHAT_IF_READ}
RUN = {"permission": Permission.WHAT_IF_RUN}
NAMES = {"permission": Permission.WHAT_IF_NAMES}
EXPORT = {"permission": Permission.WHAT_IF_EXPORT}
ASK = {"permission": Permission.EXPORT_ASK}
APPROVE = {"permission": Permission.POLICY_APPROVE}
Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1)]
WhatIfNumber = Annotated[int, PathParameter(name="what_if_id", ge=1, le=2**31 - 1)]
Day = Annotated[date | None, QueryParameter(name="day")]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


def is_national(identity: Identity) -> bool:
    """Say whether somebody looks for the nation: at rounded numbers of every force."""
    return identity.holds(Role.STANDARDS_BODY)


async def within_reach(
    identity: Identity, what_if_id: int, permission: Permission = Permission.WHAT_IF_READ
) -> WhatIf:
    """Return a what-if that somebody may look at.

    :raises NoSuchWhatIfError: there is none, or it is another force's.
    """
    forces = forces_of(identity, permission)
    if not forces and not is_national(identity):
        raise NoSuchWhatIfError
    return await what_if_of(forces, what_if_id)


async def to_stop(identity: Identity, what_if_id: int) -> WhatIf:
    """Return a what-if that somebody may stop: the nation's for a national body, a force's for that force.

    :raises NoSuchWhatIfError: there is none that they may.
    """
    found = await within_reach(identity, what_if_id, Permission.WHAT_IF_RUN)
    if is_national(identity) != (found.force_id is None):
        raise NoSuchWhatIfError
    return found


def day_of(found: WhatIf, day: date | None) -> date:
    """Return the day that is asked for, or the first.

    :raises NotFoundError: the what-if is not about that day.
    """
    if day is None:
        return found.days[0]
    if day not in found.days:
        raise NotFoundError
    return day


def read_asked(query: Mapping[str, str], reach: WhatIf, *, after: int | None = None) -> Asked:
    """Return which people an address asks for.

    :raises NotFoundError: it asks for a day, a change or another thing that there is not.
    """
    try:
        day = date.fromisoformat(query["day"]) if query.get("day") else None
        return Asked(
            reach.id,
            day_of(reach, day),
            Change(query["change"]) if query.get("change") else None,
            after,
            rank=Rank(query["rank"]) if query.get("rank") else query.get("rank"),
            unit=_number(query["unit"]) if "unit" in query else None,
            comes_to=Standing(query["comes_to"]) if query.get("comes_to") else None,
            leaves=Standing(query["leaves"]) if query.get("leaves") else None,
            requirement=query.get("requirement") or None,
        )
    except ValueError:
        raise NotFoundError from None


def number_in(query: Mapping[str, str]) -> int:
    """Return the number of the what-if that an address names.

    :raises NoSuchWhatIfError: it names none.
    """
    try:
        return _number(query.get("what_if", ""))
    except ValueError:
        raise NoSuchWhatIfError from None


def _number(said: str) -> int:
    """Return a number of ours.

    :raises ValueError: it is none.
    """
    if not (said.isascii() and said.isdigit() and len(said) < len(str(2**31))):
        raise ValueError(said)
    return int(said)


def what_if_read(answers: FormMultiDict) -> int:
    """Return the number of the what-if that a form of approval was shown with; 0, which none has, where it names none."""
    try:
        return number_in({"what_if": str(answers.get("what_if", ""))})
    except NoSuchWhatIfError:
        return 0


@dataclass(frozen=True, slots=True)
class RunForm:
    """What somebody wants worked out: from which day, and on which days after it."""

    begins_on: DateEntry
    offsets: tuple[int, ...]

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong."""
        found = []
        if self.begins_on.meant is None:
            place = (*self.begins_on.wrong, "day")[0]
            found.append(FieldError(self.begins_on.error or "Enter the first day", f"begins_on-{place}"))
        if not self.offsets:
            found.append(FieldError("Select at least one day", "offsets"))
        return tuple(found)

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days that are asked for."""
        first = self.begins_on.meant
        return tuple(first + timedelta(days=each) for each in self.offsets) if first else ()


def blank(begins_on: date, on: date) -> RunForm:
    """Return the form before anybody has answered."""
    return RunForm(date_entry_of(max(begins_on, on)), USUAL)


def read_run(answers: FormMultiDict, on: date) -> RunForm:
    """Return what was typed."""
    boxes = (typed({"x": answers.get(f"begins_on-{box}", "")}, "x") for box in ("day", "month", "year"))
    entry = limited(read_date_entry(*boxes, name="first day"), name="first day", earliest=on)
    said = {str(one) for one in answers.getall("offsets", [])}
    return RunForm(entry, tuple(each for each, _ in OFFSETS if str(each) in said))
