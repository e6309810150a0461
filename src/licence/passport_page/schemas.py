"""In which shape is a passport told to a program?"""

from dataclasses import dataclass
from datetime import date, datetime

from licence.passport_page.judged import Evidence
from licence.passport_page.view import Passport
from licence.standing.decisions import Authority, Because, Finding, Reason, Standing, State, Total
from licence.standing.voice import about
from licence.standing.words import finding_in_words, headline, reason, title_of
from passport.policy.rules import Duty, Effect, LicencePolicy


@dataclass(frozen=True, slots=True)
class ReasonDocument:
    """One reason for a standing: its code, the requirement and days it speaks of, and the sentence."""

    reason: Reason
    requirement: str | None
    since: date | None
    until: date | None
    sentence: str


@dataclass(frozen=True, slots=True)
class HoursDocument:
    """Hours of a requirement that adds them up: `done` of those `asked` count; `missing` to meet it, or to go on so."""

    done: float
    asked: float
    missing: float
    since: date | None


@dataclass(frozen=True, slots=True)
class FindingDocument:
    """One requirement judged. `due_on` is the last day on which it is met; `counts_as` serves what awaits verification.

    `hours` are told where they are added up; `met_on` is then the day on which they came to what is asked.
    """

    requirement: str
    title: str
    effect: Effect
    duty: Duty
    state: State
    due_on: date | None
    grace_ends_on: date | None
    met_on: date | None
    met_by: str | None
    extended_days: int
    counts_as: State | None
    hours: HoursDocument | None
    sentence: str


@dataclass(frozen=True, slots=True)
class AuthorityDocument:
    """One operational authority: held through a day, or stopped, and by which requirements."""

    name: str
    held: bool
    until: date | None
    stopped_by: tuple[str, ...]
    stopped_by_standing: bool


@dataclass(frozen=True, slots=True)
class DecisionDocument:
    """May this person practise on a day, and why."""

    national_id: str
    on: date
    known: datetime | None
    standing: Standing
    may_practise: bool
    headline: str
    because: tuple[ReasonDocument, ...]
    findings: tuple[FindingDocument, ...]
    authorities: tuple[AuthorityDocument, ...]
    conditions: tuple[str, ...]
    expires_on: date | None
    lapses_on: date | None
    next_change_on: date
    policy_version: int
    policy_title: str


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """One record that a requirement was met on a day; in doubt where a provider's licence for it had ended before."""

    requirement: str
    completed_on: date
    is_verified: bool
    hours: float | None
    source: str
    reference: str | None
    recorded_at: datetime
    number: int
    is_in_doubt: bool


def decision_document(passport: Passport) -> DecisionDocument:
    """Tell a decision to a program; it is told of the person, whoever asks."""
    decision, policy = passport.decision, passport.policy
    voice = about(passport.holder.name)
    return DecisionDocument(
        national_id=passport.holder.national_id,
        on=decision.on,
        known=passport.known,
        standing=decision.standing,
        may_practise=decision.may_practise,
        headline=headline(decision, voice, is_then=passport.known is not None),
        because=tuple(_reason(one, policy, reason(one, policy, voice)) for one in decision.because),
        findings=tuple(
            _finding(one, policy) for one in decision.findings if one.requirement_id in policy.by_id
        ),
        authorities=tuple(_authority(one, policy) for one in decision.authorities),
        conditions=decision.conditions,
        expires_on=decision.expires_on,
        lapses_on=decision.lapses_on,
        next_change_on=decision.next_change_on,
        policy_version=decision.policy_version,
        policy_title=policy.title,
    )


def evidence_document(one: Evidence) -> EvidenceDocument:
    """Tell one record to a program."""
    return EvidenceDocument(
        one.code,
        one.completed_on,
        one.is_verified,
        one.hours,
        one.source,
        one.reference,
        one.recorded_at,
        one.number,
        one.is_in_doubt,
    )


def _code(requirement_id: int | None, policy: LicencePolicy) -> str | None:
    asked = policy.by_id.get(requirement_id or 0)
    return asked.code if asked else None


def _reason(one: Because, policy: LicencePolicy, sentence: str) -> ReasonDocument:
    return ReasonDocument(one.reason, _code(one.requirement_id, policy), one.since, one.until, sentence)


def _finding(one: Finding, policy: LicencePolicy) -> FindingDocument:
    asked = policy.by_id[one.requirement_id]
    return FindingDocument(
        requirement=asked.code,
        title=title_of(one.requirement_id, policy),
        effect=one.effect,
        duty=asked.duty,
        state=one.state,
        due_on=one.due_on,
        grace_ends_on=one.grace_ends_on,
        met_on=one.met_on,
        met_by=_code(one.met_by, policy),
        extended_days=one.extended_days,
        counts_as=one.counts_as,
        hours=_hours(one.total),
        sentence=finding_in_words(one, policy),
    )


def _hours(one: Total | None) -> HoursDocument | None:
    return HoursDocument(one.done, one.asked, one.missing, one.since) if one else None


def _authority(one: Authority, policy: LicencePolicy) -> AuthorityDocument:
    stopped_by = (_code(number, policy) for number in one.stopped_by)
    return AuthorityDocument(
        one.name, one.held, one.until, tuple(filter(None, stopped_by)), one.stopped_by_standing
    )
