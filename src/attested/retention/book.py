"""Which retention rules are there, and which tables does each cover?"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from attested.retention.holdings import HOLDINGS, Kind
from attested.retention.rules import Keep, read_keep

WRITTEN = Path(__file__).with_name("retention.toml")


class RetentionRulesError(ValueError):
    """The retention rules cannot be used."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    what: str
    tables: tuple[str, ...]
    keep: str
    since: str = msgspec.field(name="from")
    basis: str
    evidence: str
    action: str


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that names people and has no time of its own, with the reason."""

    table: str
    why: str


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[_Entry, ...]
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of record is kept, from when, on what basis, and what happens to it then."""

    kind: Kind
    what: str
    tables: tuple[str, ...]
    keep: Keep | None
    keep_words: str
    since: str
    basis: str
    evidence: str
    action: str

    @property
    def words(self) -> str:
        """Return the rule as a proposal quotes it."""
        return f"{self.what}: {self.keep_words} from {self.since}"


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules as they are written.

    :raises RetentionRulesError: a kind is unknown, has two rules or none, or says `delete` where nothing knows how.
    """
    return parsed(WRITTEN.read_text("utf-8"))


@cache
def apart() -> tuple[Apart, ...]:
    """Return the tables that have no time of their own."""
    return _page(WRITTEN.read_text("utf-8")).apart


def parsed(text: str) -> tuple[Rule, ...]:
    """Read the rules from a text.

    :raises RetentionRulesError: what is written cannot be used; the message names the kind.
    """
    found = tuple(_rule(entry) for entry in _page(text).rule)
    kinds = [rule.kind for rule in found]
    if sorted(kinds) != sorted(Kind):
        raise RetentionRulesError(f"every kind has one rule; these do not: {set(Kind) ^ set(kinds) or kinds}")
    return found


def rule_for(kind: Kind) -> Rule:
    """Return the rule for a kind of record."""
    return next(rule for rule in rules() if rule.kind is kind)


def _page(text: str) -> _Page:
    try:
        return msgspec.toml.decode(text, type=_Page)
    except (msgspec.DecodeError, ValueError) as wrong:
        raise RetentionRulesError(str(wrong)) from wrong


def _rule(entry: _Entry) -> Rule:
    try:
        kind, keep = Kind(entry.kind), read_keep(entry.keep)
    except ValueError as wrong:
        raise RetentionRulesError(f"{entry.kind}: {wrong}") from wrong
    if keep is not None and kind not in HOLDINGS:
        raise RetentionRulesError(f"{kind}: nothing knows how to purge it yet, so it cannot have a time")
    return Rule(
        kind=kind,
        what=entry.what,
        tables=entry.tables,
        keep=keep,
        keep_words=entry.keep,
        since=entry.since,
        basis=entry.basis,
        evidence=entry.evidence,
        action=entry.action,
    )
