"""Which work on notices runs by itself?"""

from datetime import timedelta

from foundation.jobs.handlers import Handler, Work
from people.notices.delivery import deliver


async def deliver_due(_work: Work) -> None:
    """Send every e-mail that is due."""
    await deliver()


HANDLERS = (Handler("notices.deliver", deliver_due, longest=timedelta(minutes=30)),)
