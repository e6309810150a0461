"""How are notices and their deliveries kept?"""

from piccolo.columns import BigSerial, Date, ForeignKey, SmallInt, Text, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.persons.tables import Person


class Notice(Table, tablename="notice", schema="people", db=DATABASE):
    """A message due to a person, once for each matter, due day and rung."""

    id = BigSerial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    matter = Text(null=False)
    due_on = Date(null=False, default=None)
    rung = Text(null=False)
    headline = Text(null=False)
    body = Text(null=False)
    created_for = Date(null=False, default=None)
    created_at = Timestamptz(null=False)


class NoticeDelivery(Table, tablename="notice_delivery", schema="people", db=DATABASE):
    """A notice on its way to one recipient by one channel."""

    id = BigSerial(primary_key=True)
    notice_id = ForeignKey(Notice, on_delete=OnDelete.restrict, null=False)
    recipient_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    channel = Text(null=False)
    state = Text(null=False, default="due")
    attempt = SmallInt(null=False, default=0)
    due_at = Timestamptz(null=False)
    lease_until = Timestamptz(null=True, default=None)
    last_error = Text(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    read_at = Timestamptz(null=True, default=None)
