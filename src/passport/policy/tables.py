"""How are requirements, versions of policy and the forces' own settings kept?"""

from piccolo.columns import Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.forces.tables import Force


class RequirementCode(Table, tablename="requirement", schema="passport", db=DATABASE):
    """A requirement's number, the same in every version of policy."""

    id = SmallInt(primary_key=True, null=False)
    code = Text(null=False, unique=True)


class PolicyVersion(Table, tablename="policy_version", schema="passport", db=DATABASE):
    """One version: its text as it was loaded, who drafted it, who approved it, and from which day."""

    id = SmallInt(primary_key=True, null=False)
    number = Integer(null=False, unique=True, default=None)
    title = Text(null=False)
    state = Text(null=False, default="draft")
    in_force_from = Date(null=True, default=None)
    source = Text(null=False)
    digest = Text(null=False)
    drafted_by = Text(null=False)
    drafted_at = Timestamptz(null=False)
    approved_by = Text(null=True, default=None)
    approved_at = Timestamptz(null=True, default=None)
    revision = Integer(null=False, default=1)
    based_on = Integer(null=True, default=None)
    withdrawn_by = Text(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    withdrawn_reason = Text(null=True, default=None)


class PolicyOverride(Table, tablename="policy_override", schema="passport", db=DATABASE):
    """What a force has set for itself in one requirement, from a day to a day."""

    id = Serial(primary_key=True)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    requirement_id = ForeignKey(RequirementCode, on_delete=OnDelete.restrict, null=False)
    setting = Text(null=False, default=None)
    value = Text(null=False)
    reason = Text(null=False)
    valid_from = Date(null=False, default=None)
    valid_until = Date(null=True, default=None)
    drafted_by = Text(null=False)
    approved_by = Text(null=False)
    recorded_at = Timestamptz(null=False)
