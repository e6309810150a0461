"""How does a policy read as one document? python -m passport.policy.document > docs/policy.md"""

import sys
from collections.abc import Iterator
from pathlib import Path

from foundation.wording import as_date, as_sentence_case
from passport.policy.draft import InForce, resolved
from passport.policy.phrases import EVIDENCE
from passport.policy.rules import LicencePolicy
from passport.policy.toml import parse
from passport.policy.words import PolicyWords, Saying, Sourced, policy_words

SHIPPED = Path(__file__).resolve().parents[3] / "policies" / "2026-1-national.toml"


def shipped_text() -> str:
    """Return the text of the version that the system ships with."""
    return SHIPPED.read_text(encoding="utf-8")


def shipped_policy() -> LicencePolicy:
    """Return what that text comes to; its requirements are numbered as they stand."""
    draft = parse(shipped_text())
    ids = {code: place for place, code in enumerate(draft.codes, start=1)}
    return resolved(draft, ids, in_force=InForce(draft.begins_on))


def as_markdown(policy: LicencePolicy) -> str:
    """Write a policy down, with the source of everything."""
    return "\n".join(_lines(policy_words(policy))) + "\n"


def _lines(words: PolicyWords) -> Iterator[str]:
    yield f"# Policy {words.version}: {words.title}"
    yield ""
    yield f"Meant to be in force from {as_date(words.in_force_from)}. Every value says how sure it is:"
    yield ""
    yield from (f"- [{tag}] {meaning}" for tag, meaning in EVIDENCE.items())
    for group in words.effects:
        yield from ("", f"## {as_sentence_case(group.effect)}", "", group.meaning)
        for one in group.requirements:
            yield from ("", f"### {one.title} ({one.code})", "", " ".join((one.asks, *one.says)))
            yield from ("", one.how_to_meet, "", f"Source: {_source(one.sourced)}")
    yield from ("", "## Terms", "", *(_item(one) for one in words.terms))
    yield from ("", "## Absence", "", *(_item(one) for one in words.absences))


def _item(saying: Saying) -> str:
    return f"- {saying.words} Source: {_source(saying.sourced)}"


def _source(sourced: Sourced) -> str:
    return f"{sourced.source} [{sourced.tag}]."


if __name__ == "__main__":
    sys.stdout.write(as_markdown(shipped_policy()))
