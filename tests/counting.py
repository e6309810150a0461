"""Which statements does the database see while something is asked?"""

from collections.abc import Iterator
from contextlib import contextmanager

from foundation.database import DATABASE


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note every statement that the pool's connections carry meanwhile."""
    told: list[str] = []

    def note(record: object) -> None:
        told.append(str(record.query))  # type: ignore[attr-defined]

    holders = DATABASE.pool._holders  # type: ignore[union-attr]
    open_ones = [holder._con for holder in holders if holder._con is not None]
    for one in open_ones:
        one.add_query_logger(note)
    try:
        yield told
    finally:
        for one in open_ones:
            one.remove_query_logger(note)
