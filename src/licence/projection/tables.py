"""How are standings and their moves kept?"""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.forces.tables import Force, Unit
from people.persons.tables import Person


class LicenceStanding(Table, tablename="licence_standing", schema="licence", db=DATABASE):
    """What was last decided of a person's licence; written by `storing` alone."""

    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, primary_key=True)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=True)
    unit_id = ForeignKey(Unit, on_delete=OnDelete.restrict, null=True)
    kind = Text(null=True, default=None)
    rank = Text(null=True, default=None)
    standing = Text(null=False)
    since = Date(null=False, default=None)
    expires_on = Date(null=True, default=None)
    lapses_on = Date(null=True, default=None)
    next_due_on = Date(null=True, default=None)
    because = JSONB(null=False, default=None)
    held = Array(base_column=Text(), null=False)
    stopped = Array(base_column=Text(), null=False)
    conditions = Array(base_column=Text(), null=False)
    policy_version = Integer(null=False, default=None)
    decided_on = Date(null=False, default=None)
    next_change_on = Date(null=False, default=None)
    row_version = BigInt(null=False, default=1)
    decided_at = Timestamptz(null=False)


class Transition(Table, tablename="transition", schema="licence", db=DATABASE):
    """A standing that became another, once, on the day it took effect."""

    id = BigSerial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    from_standing = Text(null=True, default=None)
    to_standing = Text(null=False)
    effective_on = Date(null=False, default=None)
    because = JSONB(null=False, default=None)
    cause = Text(null=False)
    policy_version = Integer(null=False, default=None)
    row_version = BigInt(null=False, default=None)
    recorded_at = Timestamptz(null=False)


class StandingCount(Table, tablename="standing_count", schema="licence", db=DATABASE):
    """How many hold each standing, by force, unit and rank; kept by a trigger on the standings."""

    force_id = SmallInt(primary_key=True, null=False, default=None)
    unit_id = Integer(null=False, default=None)
    rank = Text(null=False)
    standing = Text(null=False)
    people = Integer(null=False, default=None)
