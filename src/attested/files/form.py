"""What did somebody hand in, and what is missing from it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from litestar.datastructures import UploadFile

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from people.forces.facts import NamedForce

EARLIEST = date(2000, 1, 1)
BOXES = ("day", "month", "year")
DAY = "day that the file speaks of"


class Kind(StrEnum):
    """What an extract is of."""

    HR = "hr"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Form:
    """The answers as given, so that nobody types them twice; `file` is none where none was selected."""

    kind: Kind | None
    force: NamedForce | None
    entry: DateEntry
    file: UploadFile | None = None

    def errors(self) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        found = (
            (self.kind is None, "Select what the file holds", "kind"),
            (self.force is None, "Select the force that the file is about", "force"),
            (self.file is None, "Select a file", "file"),
            (self.entry.error is not None, self.entry.error or "", f"on-{(*self.entry.wrong, 'day')[0]}"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def blank(forces: Sequence[NamedForce], on: date) -> Form:
    """Return the form before anybody has answered: of today, and of the only force there is to choose."""
    return Form(None, forces[0] if len(forces) == 1 else None, date_entry_of(on))


def read(answers: Mapping[str, object], forces: Sequence[NamedForce], on: date) -> Form:
    """Return what was answered; only the forces offered may be chosen, and no day after today."""
    entry = read_date_entry(*(typed(answers, f"on-{box}") for box in BOXES), name=DAY)
    if entry.is_empty:
        entry = replace(entry, error=f"Enter the {DAY}", wrong=BOXES)
    file = answers.get("file")
    return Form(
        kind=next((kind for kind in Kind if kind == typed(answers, "kind")), None),
        force=forces[0] if len(forces) == 1 else _chosen(forces, typed(answers, "force")),
        entry=limited(entry, name=DAY, earliest=EARLIEST, latest=on),
        file=file if isinstance(file, UploadFile) else None,
    )


def _chosen(forces: Sequence[NamedForce], code: str) -> NamedForce | None:
    return next((force for force in forces if force.code == code), None)
