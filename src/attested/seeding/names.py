"""What are made-up people called, and where is their e-mail? Their names are Faker's, British and weighted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from faker.providers.person.en_GB import Provider

KNOWN_AS = {
    "Christopher": "Chris", "Thomas": "Tom", "Michael": "Mike", "Matthew": "Matt", "Daniel": "Dan", "Samuel": "Sam",
    "Benjamin": "Ben", "Joseph": "Joe", "Katherine": "Kate", "Victoria": "Vicky", "Rebecca": "Becky", "Jennifer": "Jen",
    "Elizabeth": "Liz", "Samantha": "Sam", "Deborah": "Debbie", "Susan": "Sue", "Abigail": "Abi", "Joshua": "Josh",
}  # fmt: skip
GOES_BY_SHORT_NAME = 0.4


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, and the local part of their address."""

    given: str
    family: str
    known_as: str | None
    mailbox: str


def names(count: int, chance: Random) -> list[Name]:
    """Make up so many names; mailboxes differ where names do not."""
    given_names, family_names, weights = _tables()
    given = chance.choices(given_names, k=count)
    family = chance.choices(family_names, cum_weights=weights, k=count)
    taken: Counter[str] = Counter()
    return [_named(*pair, taken, chance) for pair in zip(given, family, strict=True)]


def _named(given: str, family: str, taken: Counter[str], chance: Random) -> Name:
    short = KNOWN_AS.get(given)
    mailbox = f"{given}.{family}".lower().replace(" ", "-").replace("'", "")
    taken[mailbox] += 1
    number = taken[mailbox]
    known_as = short if short and chance.random() < GOES_BY_SHORT_NAME else None
    return Name(given, family, known_as, mailbox if number == 1 else f"{mailbox}{number}")


@lru_cache(maxsize=1)
def _tables() -> tuple[Sequence[str], Sequence[str], Sequence[float]]:
    """Return given names, family names and how often each family name comes, summed up for drawing."""
    given = (*Provider.first_names_male, *Provider.first_names_female)
    families: dict[str, float] = dict(Provider.last_names)
    return given, tuple(families), tuple(accumulate(families.values()))
