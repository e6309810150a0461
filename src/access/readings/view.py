"""How do readings stand on a page: under which headings, and at which times?"""

from access.readings.facts import Reading, ReadingBy
from foundation.parts import Column
from foundation.wording import as_count, as_sentence_case, as_time

COLUMNS = tuple(map(Column, ("Who", "What they did", "For what", "When")))
COLUMNS_BY = tuple(map(Column, ("Whose record", "What they did", "For what", "When")))
TWICE = 2


def when(one: Reading | ReadingBy) -> str:
    """Say at what time somebody looked, or how often and between which times."""
    first, last = as_time(one.first_at), as_time(one.last_at)
    if one.times == 1:
        return last
    often = "twice" if one.times == TWICE else as_count(one.times, "time")
    return as_sentence_case(f"{often}, at {last}" if first == last else f"{often}, {first} to {last}")


def whose(one: ReadingBy) -> str:
    """Say whose record somebody looked at."""
    if one.subject is not None:
        return one.subject
    return (
        f"A list of {as_count(one.in_list, 'person', 'people')}" if one.in_list else "Somebody out of reach"
    )
