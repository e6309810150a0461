"""Which policy does each force follow on a day, and which versions and settings are there?"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import TypeVar, cast
from uuid import UUID

import msgspec

from foundation.database import fetch, fetch_one
from passport.policy.book import Approved, Book, State
from passport.policy.draft import InForce, PolicyDraft, resolved
from passport.policy.errors import DayTakenError, NoSuchVersionError
from passport.policy.rules import LicencePolicy, Overridable
from passport.policy.toml import decoded, parse

K = TypeVar("K")


class VersionState(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of policy as it is kept. `in_force_until` is the last day before the next approved version."""

    number: int
    title: str
    state: VersionState
    digest: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    in_force_from: date | None
    in_force_until: date | None
    revision: int = 1
    based_on: int | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None

    def is_in_force(self, on: date) -> bool:
        """Say whether the version is in force on a day."""
        if self.state is not VersionState.APPROVED or self.in_force_from is None or on < self.in_force_from:
            return False
        return self.in_force_until is None or on <= self.in_force_until


@dataclass(frozen=True, slots=True)
class ForceSetting:
    """What a force has set for itself, by whom, and why."""

    id: int
    force_code: str
    force: str
    requirement: str
    setting: Overridable
    value: str
    reason: str
    valid_from: date
    valid_until: date | None
    drafted_by: str
    approved_by: str


MARK = "(SELECT mark FROM passport.policy_mark)"
"""The mark of the policy as SQL, for any statement to read beside its own rows; it is null only in an empty database."""

# One small answer that says everything which decides; its own text is the key under which the rest is remembered. The
# mark is another with every change, drafts included, so that it says sooner than the text that there was none.
_STATE = """
SELECT (SELECT mark FROM passport.policy_mark) AS mark, json_build_object(
    'versions', (SELECT coalesce(json_agg(json_build_array(number, digest, in_force_from) ORDER BY in_force_from), '[]')
                   FROM passport.policy_version WHERE state = 'approved'),
    'overrides', (SELECT coalesce(json_agg(json_build_array(force_id, code, setting, value, valid_from, valid_until)
                                  ORDER BY policy_override.id), '[]')
                    FROM passport.policy_override JOIN passport.requirement ON requirement.id = requirement_id),
    'requirements', (SELECT coalesce(json_object_agg(code, id ORDER BY id), '{}') FROM passport.requirement),
    'forces', (SELECT coalesce(json_object_agg(code, id ORDER BY id), '{}') FROM people.force))::text AS state
"""
_BOOKS: dict[str, Book] = {}
_MARKED: dict[UUID, Book] = {}
_DRAFTS: dict[str, PolicyDraft] = {}
MOST_BOOKS = 8


async def policy_for(force_id: int | None, on: date) -> LicencePolicy:
    """Return the policy of a force on a day, or the national one; the same object until something is approved.

    :raises NoPolicyInForceError: no version is in force on that day.
    """
    return (await book()).policy(force_id, on)


async def policies_on(on: date) -> Mapping[int, LicencePolicy]:
    """Return the policy of every force on a day.

    :raises NoPolicyInForceError: no version is in force on that day.
    """
    return (await book()).policies(on)


async def policy_of_draft(number: int, *, on: date, force_id: int | None = None) -> LicencePolicy:
    """Return what a version would come to, in force or not, with the settings a force has on a day.

    :raises NoSuchVersionError: there is none with this number.
    """
    row = await fetch_one(
        """SELECT digest, source, in_force_from,
                  (SELECT min(in_force_from) FROM passport.policy_version AS later
                    WHERE later.state = 'approved' AND this.state = 'approved'
                      AND later.in_force_from > this.in_force_from) AS until
             FROM passport.policy_version AS this WHERE number = $1""",
        number,
    )
    if row is None:
        raise NoSuchVersionError
    draft = read_draft(row["digest"], row["source"])
    opened = await book()
    return resolved(
        draft,
        opened.state.requirements,
        in_force=InForce(row["in_force_from"] or draft.begins_on, row["until"]),
        force_code=opened.code_of(force_id),
        own=opened.own_settings(force_id, on),
    )


async def policy_from_file(path: Path) -> LicencePolicy:
    """Return what a file would come to, writing nothing. Requirements that are new have numbers below nought.

    :raises PolicyFaultsError: the file cannot be used.
    """
    draft = parse(decoded(await asyncio.to_thread(path.read_bytes)))
    known = (await book()).state.requirements
    new = (code for code in draft.codes if code not in known)
    ids = {**known, **{code: -place for place, code in enumerate(new, start=1)}}
    return resolved(draft, ids, in_force=InForce(draft.begins_on))


async def book(mark: UUID | None = None) -> Book:
    """Return what is approved at this moment; asking again costs the reading of one mark, or nothing if it was read."""
    if mark is None:
        row = await fetch_one(f"SELECT {MARK} AS mark")
        mark = row["mark"] if row else None
    known = None if mark is None else _MARKED.get(mark)
    return known or await _opened()


async def book_if(number: int, digest: str, begins_on: date) -> Book:
    """Return what would be approved at this moment if a draft were too, from a day. Nothing is written.

    :raises NoSuchVersionError: the draft is not there, or no longer has this text.
    :raises DayTakenError: another approved version begins on that day.
    """
    row = await fetch_one("SELECT digest, source FROM passport.policy_version WHERE number = $1", number)
    if row is None or row["digest"] != digest:
        raise NoSuchVersionError
    read_draft(digest, row["source"])
    state = (await book()).state
    if any(one.in_force_from == begins_on for one in state.versions):
        raise DayTakenError
    versions = sorted((*state.versions, Approved(number, digest, begins_on)), key=attrgetter("in_force_from"))
    return Book(msgspec.structs.replace(state, versions=tuple(versions)), _DRAFTS)


async def _opened() -> Book:
    """Read what is approved, and remember it under its text and under its mark, both of one instant."""
    row = (await fetch(_STATE))[0]
    text, mark = cast("str", row["state"]), cast("UUID | None", row["mark"])
    if text not in _BOOKS:
        state = msgspec.json.decode(text, type=State)
        _keep(_BOOKS, text, Book(state, await _drafts({version.digest for version in state.versions})))
    opened = _BOOKS[text]
    if mark is not None:
        _keep(_MARKED, mark, opened)
    return opened


def _keep(books: dict[K, Book], key: K, opened: Book) -> None:
    books.setdefault(key, opened)
    while len(books) > MOST_BOOKS:
        del books[next(iter(books))]


async def versions() -> tuple[Version, ...]:
    """Return every version: those in force or to come first, newest first."""
    rows = await fetch(
        """SELECT number, title, state, digest, drafted_by, drafted_at, approved_by, approved_at, in_force_from,
                  revision, based_on, withdrawn_by, withdrawn_reason,
                  CASE WHEN state = 'approved' THEN lead(in_force_from) OVER (PARTITION BY state ORDER BY in_force_from)
                  END AS followed_on
             FROM passport.policy_version ORDER BY number DESC"""
    )
    return tuple(
        Version(
            row["number"], row["title"], VersionState(row["state"]), row["digest"], row["drafted_by"],
            row["drafted_at"], row["approved_by"], row["approved_at"], row["in_force_from"],
            row["followed_on"] - timedelta(days=1) if row["followed_on"] else None, row["revision"], row["based_on"],
            row["withdrawn_by"], row["withdrawn_reason"],
        )
        for row in rows
    )  # fmt: skip


async def version(number: int) -> Version:
    """Return one version.

    :raises NoSuchVersionError: there is none with this number.
    """
    found = next((one for one in await versions() if one.number == number), None)
    if found is None:
        raise NoSuchVersionError
    return found


async def source_of(number: int) -> str:
    """Return a version's text as it was loaded, comments and all.

    :raises NoSuchVersionError: there is none with this number.
    """
    row = await fetch_one("SELECT source FROM passport.policy_version WHERE number = $1", number)
    if row is None:
        raise NoSuchVersionError
    return cast("str", row["source"])


async def force_settings() -> tuple[ForceSetting, ...]:
    """Return what forces have set for themselves, by force and requirement, oldest first."""
    rows = await fetch(
        """SELECT policy_override.id, force.code AS force_code, named.name AS force, requirement.code AS requirement,
                  setting, value, reason, policy_override.valid_from, policy_override.valid_until, drafted_by, approved_by
             FROM passport.policy_override
             JOIN passport.requirement ON requirement.id = requirement_id
             JOIN people.force ON force.id = policy_override.force_id
             CROSS JOIN LATERAL (SELECT name FROM people.force_name WHERE force_id = force.id
                                  ORDER BY valid_from DESC LIMIT 1) AS named
            ORDER BY named.name, requirement.code, setting, policy_override.valid_from"""
    )
    return tuple(ForceSetting(**{**row, "setting": Overridable(row["setting"])}) for row in rows)


async def _drafts(digests: set[str]) -> Mapping[str, PolicyDraft]:
    new = [digest for digest in digests if digest not in _DRAFTS]
    if new:
        rows = await fetch(
            "SELECT DISTINCT digest, source FROM passport.policy_version WHERE digest = ANY($1)", new
        )
        for row in rows:
            read_draft(row["digest"], row["source"])
    return _DRAFTS


def read_draft(digest: str, source: str) -> PolicyDraft:
    """Return what a text says; one that was read before is remembered by its digest."""
    if digest not in _DRAFTS:
        _DRAFTS[digest] = parse(source)
    return _DRAFTS[digest]
