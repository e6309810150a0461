"""Which work on persons runs by itself?"""

from datetime import timedelta

from foundation.database import transaction
from foundation.jobs.handlers import Handler, Work
from people.persons.directory import refresh


async def bring_directory_to_the_day(work: Work) -> None:
    """Bring the directory to a day: posts and numbers begin and end by time alone, when nobody writes anything."""
    async with transaction() as connection:
        await refresh(connection, on=work.on)


HANDLERS = (Handler("directory.refresh", bring_directory_to_the_day, longest=timedelta(minutes=10)),)
