"""How do the heads of the audit read on a page?"""

from collections.abc import Sequence

from foundation.parts import Column, SummaryRow
from foundation.sealing.heads import Head
from foundation.wording import as_date_and_time, as_number

COLUMNS = (
    Column("Head"),
    Column("Sealed"),
    Column("Lines", numeric=True),
    Column("Lines in all", numeric=True),
)
PATH = "/audit/heads"


def address(number: int) -> str:
    """Return the address of one head's page."""
    return f"{PATH}/{number}"


def before(number: int | None) -> str | None:
    """Return the address of the next page of heads, if there is one."""
    return f"{PATH}?before={number}" if number else None


def particulars(head: Head) -> Sequence[SummaryRow]:
    """Return what a head says, in words."""
    rows = [
        ("Sealed", as_date_and_time(head.sealed_at)),
        ("Lines under it", f"{as_number(head.events)}, numbered from {head.first_id} to {head.last_id}"),
        ("Lines in all so far", as_number(head.total)),
        ("Signed with key", head.key_id),
    ]
    return [SummaryRow(key, value) for key, value in rows]
