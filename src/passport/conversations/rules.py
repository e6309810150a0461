"""When is the next conversation due, whose turn is it to see to it, and what may be said in one?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from passport.policy.rules import AbsenceRule, LicencePolicy
from people.posts.rules import AbsenceKind, Kind, Period, Rank

DAY = timedelta(days=1)
LONGEST_TEXT = 4000
LONGEST_WHAT = 300
MOST_ACTIONS = 8
MOST_TOPICS = 20
LARGEST = 2**31 - 1
LONGEST_AGO = timedelta(days=366)
"""How long after it was held a conversation may be shared; whoever writes an earlier day has mistyped the year."""

LONGEST_AHEAD = 3 * LONGEST_AGO
"""By when something that was agreed may have to be done."""

INTERVAL, ESCALATION = "conversation_interval", "conversation_escalation"


class State(StrEnum):
    """How the next conversation stands."""

    NOT_ASKED = "not asked"
    PAUSED = "paused"
    DUE = "due"
    OVERDUE = "overdue"


class Part(StrEnum):
    """Which of the two somebody is: the person whom the conversation is with, or who supervises them."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"


class Entry(StrEnum):
    """What an entry of a conversation is."""

    WORDS = "words"
    ANSWER = "answer"
    ADDITION = "addition"


class Stance(StrEnum):
    """How the other party signs: that they have read it is said by either."""

    AGREES = "agrees"
    DIFFERS = "sees it differently"


class Unled(StrEnum):
    """Why nobody above a person can hold the conversation today."""

    NOBODY = "nobody"
    GONE = "gone"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Cadence:
    """What policy says of how often: in days, and after how many days overdue the supervisor's own is told.

    Without an interval nothing is ever due; without an escalation nobody further up is told.
    """

    interval: int | None
    escalation: int | None
    absences: tuple[AbsenceRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom the framework asks conversations, and from which day on."""

    since: date
    kinds: frozenset[Kind]
    not_ranks: frozenset[Rank] = frozenset()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, of a kind."""

    kind: AbsenceKind
    period: Period


@dataclass(frozen=True, slots=True)
class Facts:
    """What the day of the next conversation rests on; `serves_since` is the first day of unbroken service."""

    person_id: int
    kind: Kind
    rank: Rank | None
    serves_since: date
    held_on: date | None = None
    absences: Sequence[Absence] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Next:
    """How the next conversation stands: the day it is due, if it has one, and how many days it is late."""

    state: State
    due_on: date | None = None
    held_on: date | None = None
    late: int = 0


def cadence_of(policy: LicencePolicy) -> Cadence:
    """Return what a version of policy says of conversations."""
    stated = {one.key: int(one.amounts[0]) for one in policy.stated}
    weeks = stated.get(INTERVAL)
    return Cadence(None if weeks is None else weeks * 7, stated.get(ESCALATION), policy.absences)


def next_due(facts: Facts, cadence: Cadence, asked: Asked, on: date) -> Next:
    """Say when somebody's next conversation is due, as it looks on a day.

    The interval is counted in days on which they are not on long absence (white paper, paragraph 271; domain section 7):
    from their last conversation in this service or, without one, from when they serve and are asked for one.
    """
    held = facts.held_on if facts.held_on and facts.serves_since <= facts.held_on <= on else None
    is_asked = facts.kind in asked.kinds and facts.rank not in asked.not_ranks
    if not is_asked or cadence.interval is None:
        return Next(State.NOT_ASKED, held_on=held)
    spans = away(facts.absences, cadence.absences)
    due_on = after_days(held or max(facts.serves_since, asked.since), cadence.interval, spans)
    if is_away(spans, on):
        return Next(State.PAUSED, due_on, held)
    if due_on is None or on <= due_on:
        return Next(State.DUE, due_on, held)
    return Next(State.OVERDUE, due_on, held, days_between(due_on, on, spans))


def away(absences: Iterable[Absence], rules: Iterable[AbsenceRule]) -> Sequence[Period]:
    """Return the days that count as absence, in order and apart: those after as many as policy lets pass."""
    after = {rule.kind: rule.counts_after_days for rule in rules}
    spans = [
        Period(one.period.starts_on + after[one.kind] * DAY, one.period.ends_on)
        for one in absences
        if one.kind in after
    ]
    found: list[Period] = []
    for span in sorted(spans, key=lambda one: one.starts_on):
        if span.ends_on is not None and span.ends_on < span.starts_on:
            continue
        last = found[-1] if found else None
        if last is None or (last.ends_on is not None and last.ends_on + DAY < span.starts_on):
            found.append(span)
        elif last.ends_on is not None and (span.ends_on is None or span.ends_on > last.ends_on):
            found[-1] = Period(last.starts_on, span.ends_on)
    return found


def is_away(spans: Iterable[Period], on: date) -> bool:
    """Say whether a day lies within an absence that counts."""
    return any(span.covers(on) for span in spans)


def after_days(start: date, days: int, spans: Iterable[Period]) -> date | None:
    """Return the day that so many days after another end on, absence left out; none if an absence has no end."""
    due_on = start + days * DAY
    for span in spans:
        if span.starts_on > due_on:
            break
        if span.ends_on is None:
            return None
        first = max(span.starts_on, start + DAY)
        if first <= span.ends_on:
            due_on += span.ends_on - first + DAY
    return due_on


def days_between(start: date, end: date, spans: Iterable[Period]) -> int:
    """Return how many days after one day have passed by the end of another, absence left out."""
    passed = (end - start).days
    for span in spans:
        first, last = max(span.starts_on, start + DAY), min(span.ends_on or end, end)
        if first <= last:
            passed -= (last - first).days + 1
    return passed


@dataclass(frozen=True, slots=True)
class Above:
    """Who is above somebody on a day: their supervisor, if any, whether that one serves and is there, and who is above that."""

    supervisor_id: int | None = None
    is_in_post: bool = False
    is_away: bool = False
    above_id: int | None = None

    @property
    def unled(self) -> Unled | None:
        """Return why nobody can hold the conversation; None where somebody can."""
        if self.supervisor_id is None:
            return Unled.NOBODY
        if not self.is_in_post:
            return Unled.GONE
        return Unled.AWAY if self.is_away else None


class Flag(StrEnum):
    """What is flagged: that it is overdue, that it still is, and that nobody is there to hold it."""

    OVERDUE = "CONVERSATION"
    STILL = "CONVERSATION-STILL"
    UNLED = "CONVERSATION-UNLED"


def flags(next_one: Next, above: Above, cadence: Cadence) -> Mapping[Flag, frozenset[int]]:
    """Return what is to be flagged, each with the people of the line who are told; the leads are added to the last.

    The person and their supervisor are told that it is overdue; after the days of policy so is whoever is above them.
    Where nobody can hold it the leads are told, and whoever is above a supervisor who is away: nobody is orphaned.
    """
    if next_one.state in {State.NOT_ASKED, State.PAUSED}:
        return {}
    found: dict[Flag, frozenset[int]] = {}
    higher = frozenset({above.above_id} - {None}) if above.above_id else frozenset[int]()
    if above.unled is not None:
        found[Flag.UNLED] = higher if above.unled is Unled.AWAY else frozenset()
    if next_one.state is State.OVERDUE:
        leads = {above.supervisor_id} if above.supervisor_id and above.unled is None else set[int]()
        found[Flag.OVERDUE] = frozenset(leads)
        if cadence.escalation is not None and next_one.late >= cadence.escalation and higher:
            found[Flag.STILL] = higher
    return found
