"""What did somebody answer about what their force sets for itself, and what is missing?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.own_settings.facts import MaySet
from passport.policy.overriding import NewSetting
from people.forces.facts import NamedForce

LONGEST_REASON = 1000
BOXES = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class SettingForm:
    """The answers as typed: which setting of which requirement, what it becomes, from when, until when, and why."""

    force: NamedForce | None
    what: str
    value: str
    valid_from: DateEntry
    valid_until: DateEntry
    reason: str

    def errors(self, choices: Sequence[MaySet]) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        since, until = self.valid_from, self.valid_until
        found = (
            (self.force is None, "Select the force it is for", "force"),
            (self.what not in {key(one) for one in choices}, "Select what is set", "what"),
            (not self.value, "Enter what it becomes", "value"),
            (
                since.meant is None,
                since.error or "Enter the first day",
                f"valid_from-{(*since.wrong, 'day')[0]}",
            ),
            (until.error is not None, until.error or "", f"valid_until-{(*until.wrong, 'day')[0]}"),
            (not self.reason, "Enter why, for whoever reads it later", "reason"),
            (
                len(self.reason) > LONGEST_REASON,
                f"The reason must be {LONGEST_REASON} characters or fewer",
                "reason",
            ),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)

    def new(self, choices: Sequence[MaySet]) -> NewSetting | None:
        """Return what a form without faults proposes."""
        chosen = next((one for one in choices if key(one) == self.what), None)
        if chosen is None or self.force is None or self.valid_from.meant is None:
            return None
        return NewSetting(
            self.force.code, chosen.requirement, chosen.setting, self.value, self.reason, self.valid_from.meant,
            self.valid_until.meant,
        )  # fmt: skip


def key(one: MaySet) -> str:
    """Return what names a setting of a requirement on the form."""
    return f"{one.requirement}:{one.setting}"


def blank(forces: Sequence[NamedForce], on: date) -> SettingForm:
    """Return the form before anybody has answered."""
    only = forces[0] if len(forces) == 1 else None
    return SettingForm(only, "", "", date_entry_of(on), DateEntry(), "")


def read(answers: Mapping[str, object], forces: Sequence[NamedForce], on: date) -> SettingForm:
    """Return what was typed; only a force within reach may be chosen."""
    since = limited(_day(answers, "valid_from", "first day"), name="first day", earliest=on)
    until = limited(_day(answers, "valid_until", "last day"), name="last day", earliest=since.meant)
    named = next((force for force in forces if force.code == typed(answers, "force")), None)
    return SettingForm(
        forces[0] if len(forces) == 1 else named,
        typed(answers, "what"),
        typed(answers, "value"),
        since,
        until,
        typed(answers, "reason"),
    )


def read_last_day(answers: Mapping[str, object], on: date) -> DateEntry:
    """Return the last day that was typed."""
    return limited(_day(answers, "last_day", "last day"), name="last day", earliest=on)


def _day(answers: Mapping[str, object], name: str, called: str) -> DateEntry:
    return read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)
