"""Which draft is there, in which forms, and is it still fit to be approved?"""

from dataclasses import dataclass
from datetime import date, datetime

from foundation.audit import Actor
from foundation.database import fetch
from passport.policy.draft import PolicyDraft
from passport.policy.errors import NoPolicyInForceError, NoSuchVersionError
from passport.policy.facts import Version, VersionState, book, read_draft, source_of, version, versions
from passport.policy.keeping import same_person


@dataclass(frozen=True, slots=True)
class Revision:
    """One form of a draft: what was done to it, why, by whom, when. The text is another question."""

    revision: int
    what: str
    reason: str | None
    edited_by: str
    edited_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it stands: its version, its text, what that says, and the version in force on the day it is meant for.

    `day_has_passed` and `has_other_base` say that it has expired, and why.
    """

    version: Version
    source: str
    draft: PolicyDraft
    base: int | None
    day_has_passed: bool
    has_other_base: bool

    @property
    def is_expired(self) -> bool:
        """Say whether it has to be brought up to date before anybody can approve it."""
        return self.day_has_passed or self.has_other_base


async def draft_of(number: int, *, on: date) -> Drafted:
    """Return a draft, as it stands on a day.

    :raises NoSuchVersionError: no version with this number is a draft.
    """
    found = await version(number)
    if found.state is not VersionState.DRAFT:
        raise NoSuchVersionError
    return await _drafted(found, on)


async def drafts(*, on: date) -> tuple[Drafted, ...]:
    """Return every draft, newest first."""
    return tuple([await _drafted(one, on) for one in await versions() if one.state is VersionState.DRAFT])


async def in_force_on(day: date) -> int | None:
    """Return the number of the version that is in force on a day, or None."""
    try:
        return (await book()).draft(day).number
    except NoPolicyInForceError:
        return None


async def revisions_of(number: int) -> tuple[Revision, ...]:
    """Return every form a draft has had, newest first."""
    rows = await fetch(
        """SELECT revision, what, reason, edited_name, edited_at, digest FROM passport.policy_revision
            WHERE number = $1 ORDER BY revision DESC""",
        number,
    )
    return tuple(Revision(*row) for row in rows)


async def wrote(person: Actor, number: int) -> bool:
    """Say whether somebody wrote any form of a draft: they cannot approve it then."""
    rows = await fetch(
        "SELECT DISTINCT edited_by, edited_name FROM passport.policy_revision WHERE number = $1", number
    )
    return any(
        row["edited_by"] == person.person_id or same_person(row["edited_name"], person.name) for row in rows
    )


async def _drafted(found: Version, on: date) -> Drafted:
    source = await source_of(found.number)
    draft = read_draft(found.digest, source)
    base = await in_force_on(max(on, draft.begins_on))
    return Drafted(
        found,
        source,
        draft,
        base,
        day_has_passed=draft.begins_on < on,
        has_other_base=base is not None and found.based_on is not None and base != found.based_on,
    )
