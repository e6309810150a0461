"""How are absences kept?"""

from piccolo.columns import Date, ForeignKey, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.persons.tables import Person


class Absence(Table, tablename="absence", schema="people", db=DATABASE):
    """A person's time away, from a day to a day."""

    id = Serial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    kind = Text(null=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_at = Timestamptz(null=True, default=None)
    superseded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_reason = Text(null=True, default=None)
