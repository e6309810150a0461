"""Which retention rules are there?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attested.retention.holdings import HOLDINGS, Kind
from attested.retention.rules import Keep, read_keep

WRITTEN = Path(__file__).with_name("retention.toml")


class RetentionRulesError(ValueError):
    """The retention rules cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of record is kept, from when, on what basis, and what happens to it then."""

    kind: Kind
    what: str
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


def parsed(text: str) -> tuple[Rule, ...]:
    """Read the rules from a text.

    :raises RetentionRulesError: what is written cannot be used; the message names the kind.
    """
    found = tuple(_rule(entry) for entry in tomllib.loads(text)["rule"])
    kinds = [rule.kind for rule in found]
    if sorted(kinds) != sorted(Kind):
        raise RetentionRulesError(f"every kind has one rule; these do not: {set(Kind) ^ set(kinds) or kinds}")
    return found


def rule_for(kind: Kind) -> Rule:
    """Return the rule for a kind of record."""
    return next(rule for rule in rules() if rule.kind is kind)


def _rule(entry: dict[str, str]) -> Rule:
    try:
        kind = Kind(entry["kind"])
        rule = Rule(
            kind=kind,
            what=entry["what"],
            keep=read_keep(entry["keep"]),
            keep_words=entry["keep"],
            since=entry["from"],
            basis=entry["basis"],
            evidence=entry["evidence"],
            action=entry["action"],
        )
    except (KeyError, ValueError) as wrong:
        raise RetentionRulesError(f"{entry.get('kind', 'a rule without a kind')}: {wrong}") from wrong
    if rule.keep is not None and kind not in HOLDINGS:
        raise RetentionRulesError(f"{kind}: nothing knows how to purge it yet, so it cannot have a time")
    return rule
