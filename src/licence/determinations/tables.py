"""How are determinations kept?"""

from piccolo.columns import Date, ForeignKey, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.persons.tables import Person


class Determination(Table, tablename="determination", schema="licence", db=DATABASE):
    """What a named person decided on a licence, and who agreed."""

    id = Serial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    kind = Text(null=False)
    effective_on = Date(null=False, default=None)
    condition = Text(null=True, default=None)
    reasons = Text(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    approved_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz(null=False)
    superseded_at = Timestamptz(null=True, default=None)
    superseded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_reason = Text(null=True, default=None)
