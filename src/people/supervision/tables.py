"""How are lines of supervision kept?"""

from piccolo.columns import Boolean, Date, ForeignKey, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.persons.tables import Person


class Line(Table, tablename="line", schema="people", db=DATABASE):
    """Who supervises whom from a day to a day, ordinarily or as temporary cover."""

    id = Serial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    supervisor_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    is_cover = Boolean(null=False, default=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_at = Timestamptz(null=True, default=None)
    superseded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_reason = Text(null=True, default=None)
