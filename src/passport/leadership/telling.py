"""Who is told that their leadership was judged?"""

from datetime import date

from asyncpg import Connection

from passport.leadership.rules import Capacity
from passport.standards.book import stages
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung

AS = {Capacity.SUPERVISOR: "as your supervisor", Capacity.ASSESSOR: "as an assessor"}


async def tell_judged(
    connection: Connection, *, person_id: int, by: str, capacity: Capacity, standard: str, on: date
) -> None:
    """Tell somebody, once a day for each stage and capacity, that it was judged; how, stands in the service alone."""
    number, title = next(
        (one.stage.number, one.title)
        for one in stages()
        if one.stage is not None and standard in {each.code for each in one.standard}
    )
    headline = f"{by} judged your leadership {AS[capacity]}: stage {number}, {title.lower()}"
    body = "What they said of each standard is on your leadership page."
    notice = NewNotice(person_id, f"LEADERSHIP:{number}:{capacity}", on, Rung.TOLD, headline, body)
    await give(connection, [notice], created_for=on)
