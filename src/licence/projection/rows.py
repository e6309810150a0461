"""What of a decision is kept for lists and statistics, and does it differ from what is kept already?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from licence.projection.walking import Said, Walk
from licence.standing.decisions import COUNTS, Because, Decision, LicenceFacts, State
from licence.standing.policies import Governing, post_on

_SETTLED = frozenset({State.MET, State.WAIVED, State.NOT_APPLICABLE, State.FORCE_OVERDUE})


class Kept(NamedTuple):
    """The columns of `licence_standing` that say what was decided, in the order in which they are read."""

    force_id: int | None
    unit_id: int | None
    kind: str | None
    rank: str | None
    standing: str
    expires_on: date | None
    lapses_on: date | None
    next_due_on: date | None
    because: str
    held: list[str]
    stopped: list[str]
    conditions: list[str]
    policy_version: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of `licence_standing` as it was read, with the version that says whether it has changed since."""

    row_version: int
    said: Said
    kept: Kept


def kept_of(decision: Decision, facts: LicenceFacts, governing: Governing) -> Kept:
    """Return what is kept of a decision; the same whether it carries every finding or only those not simply met."""
    post = post_on(facts, decision.on)
    return Kept(
        post.force_id if post else None,
        post.unit_id if post else None,
        post.kind if post else None,
        post.rank if post else None,
        decision.standing,
        decision.expires_on,
        decision.lapses_on,
        next_due_on(decision),
        because_of(decision.because, governing),
        [one.name for one in decision.authorities if one.held],
        [one.name for one in decision.authorities if not one.held],
        list(decision.conditions),
        decision.policy_version,
    )


def next_due_on(decision: Decision) -> date | None:
    """Return the earliest day that is near or past, of a requirement that matters or of the licence's own cycle."""
    days = [
        finding.due_on
        for finding in decision.findings
        if finding.due_on and finding.effect in COUNTS and finding.state not in _SETTLED
    ]
    if decision.expires_on is not None:
        days.append(decision.expires_on)
    return min(days, default=None)


@lru_cache(maxsize=16384)
def because_of(because: tuple[Because, ...], governing: Governing) -> str:
    """Return the reasons as PostgreSQL writes jsonb back (short names first), so that equal reasons are equal text."""
    return json.dumps([_reason(one, governing.codes) for one in because], ensure_ascii=False)


def _reason(one: Because, codes: Mapping[int, str]) -> dict[str, str]:
    parts = {
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "reason": str(one.reason),
        "requirement": codes.get(one.requirement_id) if one.requirement_id is not None else None,
    }
    return {name: value for name, value in parts.items() if value is not None}


def differs(stored: Stored, walk: Walk, kept: Kept) -> bool:
    """Say whether a row has to be written: it says something else, or would not be looked at again in time.

    A decision is trusted for a limited time only. That the limit has moved on is no reason to write a row.
    """
    is_late = (
        stored.said.next_change_on <= walk.last.on or walk.last.next_change_on < stored.said.next_change_on
    )
    return is_late or bool(walk.moves) or stored.kept != kept


def named_differences(stored: Kept, decided: Kept) -> Sequence[str]:
    """Name the columns in which two rows differ."""
    return [name for name in Kept._fields if getattr(stored, name) != getattr(decided, name)]
