"""Which frameworks does the service hold, and what does the code of a standard stand for?"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from passport.standards.rules import Framework, Group, Judging, Standard

WRITTEN = Path(__file__).resolve().parents[3] / "policies" / "frameworks"


class FrameworkError(ValueError):
    """A framework cannot be used: the message names the page."""


@cache
def frameworks() -> Sequence[Framework]:
    """Return every framework, in the order of its page in policies/frameworks.

    :raises FrameworkError: a page cannot be read, or a code stands on two of them.
    """
    found = tuple(
        read(page.read_text(encoding="utf-8"), page.name) for page in sorted(WRITTEN.glob("*.toml"))
    )
    codes = [one.code for each in found for one in each.standards]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise FrameworkError(f"each code has one standard; these have more: {', '.join(sorted(twice))}")
    return found


def read(text: str, name: str) -> Framework:
    """Read one page.

    :raises FrameworkError: it is no framework.
    """
    try:
        return msgspec.convert(tomllib.loads(text), Framework)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise FrameworkError(f"{name}: {fault}") from fault


def standards() -> Mapping[str, Standard]:
    """Return every standard by its code."""
    return {one.code: one for each in frameworks() for one in each.standards}


def titles(codes: Iterable[str]) -> Sequence[str]:
    """Return the titles of standards; one that is in no framework any more keeps its code."""
    known = standards()
    return [known[code].title if code in known else code for code in codes]


def judging() -> Judging:
    """Return who has to find a leadership standard met for it to count.

    :raises FrameworkError: no framework says so.
    """
    found = next((each.judging for each in frameworks() if each.judging is not None), None)
    if found is None:
        raise FrameworkError("no framework says who judges its standards")
    return found


def leadership_standards() -> Mapping[str, Standard]:
    """Return the standards of the five stages by their code."""
    return {one.code: one for group in stages() for one in group.standard}


def stages() -> Sequence[Group]:
    """Return the five leadership stages, each with its standards, lowest first."""
    found = [group for each in frameworks() for group in each.group if group.stage is not None]
    return sorted(found, key=lambda group: group.stage.number if group.stage else 0)
