"""How does a test run the service with other settings than the demonstration's?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.settings import settings


@contextmanager
def operated(**environment: str) -> Iterator[None]:
    """Operate the service in this process with other settings, for as long as the block lasts."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        settings.cache_clear()
