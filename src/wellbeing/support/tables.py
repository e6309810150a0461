"""How are offers of support kept?"""

from piccolo.columns import BigSerial, Date, ForeignKey, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.database import DATABASE
from people.forces.tables import Force
from people.persons.tables import Person


class CheckOffer(Table, tablename="check_offer", schema="wellbeing", db=DATABASE):
    """The force offered somebody its routine check; whether it was taken up is nobody else's business."""

    id = BigSerial(primary_key=True)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    force_id = ForeignKey(Force, on_delete=OnDelete.restrict, null=False)
    offered_on = Date(null=False, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True)
