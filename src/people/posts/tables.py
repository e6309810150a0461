"""How are posts kept?"""

from decimal import Decimal

from piccolo.columns import Array, Date, ForeignKey, Numeric, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.forces.tables import Force, Unit
from people.persons.tables import Person


class Post(Table, tablename="post", schema="people", db=DATABASE):
    """A person's place from a day to a day."""

    id = Serial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    unit_id = ForeignKey(Unit, on_delete=OnDelete.restrict, null=True)
    kind = Text(null=False)
    rank = Text(null=True, default=None)
    rank_basis = Text(null=False, default="substantive")
    job_title = Text(null=True, default=None)
    profiles = Array(base_column=Text(), null=False, default=[])
    fte = Numeric(digits=(3, 2), null=False, default=Decimal(1))
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_at = Timestamptz(null=True, default=None)
    superseded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_reason = Text(null=True, default=None)
