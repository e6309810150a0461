"""How are forces, their names and their units kept?"""

from piccolo.columns import Date, ForeignKey, Serial, SmallInt, Text
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE


class Force(Table, tablename="force", schema="people", db=DATABASE):
    """An organisation with dates; it may have become another."""

    id = SmallInt(primary_key=True, null=False)
    code = Text(null=False, unique=True)
    slug = Text(null=False, unique=True)
    region = Text(null=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    succeeded_by: ForeignKey["Force"] = ForeignKey("self", on_delete=OnDelete.restrict, null=True)


class ForceName(Table, tablename="force_name", schema="people", db=DATABASE):
    """What a force is called from a day to a day."""

    id = Serial(primary_key=True)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    name = Text(null=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)


class Unit(Table, tablename="unit", schema="people", db=DATABASE):
    """A part of a force."""

    id = Serial(primary_key=True)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    name = Text(null=False)
