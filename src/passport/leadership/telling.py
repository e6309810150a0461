"""Who is told that their leadership was judged?"""

from datetime import date

from asyncpg import Connection

from passport.leadership.rules import Capacity
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung

AS = {Capacity.SUPERVISOR: "as your supervisor", Capacity.ASSESSOR: "as an assessor"}


async def tell_judged(
    connection: Connection, *, person_id: int, by: str, capacity: Capacity, on: date
) -> None:
    """Tell somebody, once a day for each capacity, that their leadership was judged; how, stands in the service alone."""
    headline = f"{by} judged your leadership {AS[capacity]}"
    body = "What they said of each standard is on your leadership page."
    notice = NewNotice(person_id, f"LEADERSHIP:{capacity}", on, Rung.TOLD, headline, body)
    await give(connection, [notice], created_for=on)
