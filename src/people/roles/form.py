"""What did somebody answer when giving a role, and what is missing from it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from access.roles import Role
from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from people.forces.facts import NamedForce, NamedUnit
from people.roles.rules import LONGEST_REASON

BOXES = ("day", "month", "year")
NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: the roles that the giver may give, their forces, and the units of the only one."""

    roles: tuple[Role, ...]
    forces: tuple[NamedForce, ...]
    units: tuple[NamedUnit, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The answers as given, so that nobody types them twice."""

    person: str
    role: Role | None
    force: NamedForce | None
    unit_id: int | None
    since: DateEntry
    until: DateEntry
    reason: str

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        needs_force = self.role is not None and not self.role.is_national
        found = (
            (not self.person, "Enter the person’s national identifier or force number", "person"),
            (self.role is None, "Select a role", "role"),
            (needs_force and self.force is None, "Select the force it is for", "force"),
            (self.since.error is not None, self.since.error or "", f"since-{(*self.since.wrong, 'day')[0]}"),
            (self.until.error is not None, self.until.error or "", f"until-{(*self.until.wrong, 'day')[0]}"),
            (not self.reason, "Enter why they are given the role", "reason"),
            (
                len(self.reason) > LONGEST_REASON,
                f"The reason must be {LONGEST_REASON} characters or fewer",
                "reason",
            ),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def blank(choices: Choices, on: date) -> Form:
    """Return the form before anybody has answered: from today, open, for the only force there is to choose."""
    only = choices.forces[0] if len(choices.forces) == 1 else None
    return Form("", None, only, None, date_entry_of(on), DateEntry(), "")


def read(answers: Mapping[str, object], choices: Choices, on: date) -> Form:
    """Return what was answered; only what was offered may be chosen."""
    since = _entry(answers, "since", "first day")
    if since.is_empty:
        since = replace(since, error="Enter the first day", wrong=BOXES)
    since = limited(since, name="first day", earliest=on)
    until = limited(_entry(answers, "until", "last day"), name="last day", earliest=since.meant)
    unit = typed(answers, "unit")
    return Form(
        person=typed(answers, "person"),
        role=next((role for role in choices.roles if role == typed(answers, "role")), None),
        force=_force(choices.forces, typed(answers, "force")),
        unit_id=next((one.id for one in choices.units if str(one.id) == unit), None),
        since=since,
        until=until,
        reason=typed(answers, "reason"),
    )


def _entry(answers: Mapping[str, object], name: str, called: str) -> DateEntry:
    return read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)


def _force(forces: Sequence[NamedForce], code: str) -> NamedForce | None:
    if len(forces) == 1:
        return forces[0]
    return next((force for force in forces if force.code == code), None)
