"""How are persons, their numbers and the directory kept?"""

from piccolo.columns import Boolean, Date, ForeignKey, Serial, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.forces.tables import Force, Unit


class Person(Table, tablename="person", schema="people", db=DATABASE):
    """Anyone in the workforce."""

    id = Serial(primary_key=True)
    national_id = Text(null=False, unique=True)
    given_names = Text(null=False)
    family_name = Text(null=False)
    known_as = Text(null=True, default=None)
    email = Text(null=True, default=None)
    joined_on = Date(null=True, default=None)
    is_protected = Boolean(null=False, default=False)
    recorded_at = Timestamptz(null=False)


class Identifier(Table, tablename="identifier", schema="people", db=DATABASE):
    """A number that a force gives a person, from a day to a day."""

    id = Serial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    scheme = Text(null=False)
    value = Text(null=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_at = Timestamptz(null=True, default=None)
    superseded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
    superseded_reason = Text(null=True, default=None)


class Directory(Table, tablename="directory", schema="people", db=DATABASE):
    """What finding a person needs and nothing more."""

    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, primary_key=True)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    unit_id = ForeignKey(Unit, on_delete=OnDelete.restrict, null=True)
    name = Text(null=False)
    numbers = Text(null=False)
    searchable = Text(null=False)
    is_protected = Boolean(null=False, default=None)
