"""Which days does a person's calendar show, and in which words? Anybody may look over a shoulder at a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foundation.wording import as_date
from licence.planning.windows import keeps_its_day, opens_on
from licence.standing.decisions import Decision, Finding, State
from passport.policy.rules import Duty, Effect, LicencePolicy, Requirement

NAMED = frozenset({Effect.LICENCE_CORE})
"""What is asked of everybody is called by its name; that somebody carries a weapon, or works undercover, is not."""

SHOWN = NAMED | {Effect.OPERATIONAL_STOP, Effect.ROLE_GATE}
UNNAMED = "Training"
NOTHING_DUE = frozenset({State.NOT_APPLICABLE, State.WAIVED})


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar. `key` tells it from the person's other days, and stays when the day moves."""

    key: str
    on: date
    title: str
    words: str


def due_days(decision: Decision, policy: LicencePolicy) -> Iterator[Day]:
    """Return the days by which something is due, and those from which renewing it early keeps its day."""
    for finding in decision.findings:
        asked = policy.by_id.get(finding.requirement_id)
        if asked is None or finding.due_on is None or not _is_shown(asked, finding):
            continue
        name = asked.code.replace("-", " ") if finding.effect in NAMED else UNNAMED
        yield Day(
            f"due {asked.code}",
            finding.due_on,
            f"{name} due",
            "This is the last day. Your passport says how.",
        )
        opens = opens_on(asked, finding, finding.due_on)
        if keeps_its_day(asked, finding) and opens < finding.due_on:
            yield Day(f"renew {asked.code}", opens, f"{name} can be renewed", _kept(finding.due_on))
    if decision.expires_on is not None:
        words = "This is the last day of its cycle. Your passport says how to renew it."
        yield Day("due LICENCE", decision.expires_on, "Licence due", words)


def _is_shown(asked: Requirement, finding: Finding) -> bool:
    return asked.duty is Duty.PERSON and finding.effect in SHOWN and finding.state not in NOTHING_DUE


def _kept(due_on: date) -> str:
    return f"Renewed between today and {as_date(due_on)}, it keeps its day of the year."
