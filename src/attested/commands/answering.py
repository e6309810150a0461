"""What does a decision come to as one document, for a program and for people?"""

from dataclasses import dataclass
from datetime import date, datetime

from licence.standing.deciding import Decided
from licence.standing.decisions import Finding
from licence.standing.voice import about
from licence.standing.words import Told, authority_in_words, finding_in_words, sentences
from passport.policy.rules import LicencePolicy
from people.persons.facts import NamedPerson


@dataclass(frozen=True, slots=True)
class JudgedRequirement:
    """One requirement as it was judged, by its code and in words."""

    code: str
    effect: str
    state: str
    due_on: date | None
    grace_ends_on: date | None
    met_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Power:
    """One operational authority, whether it is held, and in words."""

    name: str
    is_held: bool
    until: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole decision: its codes for a program, its sentences for people."""

    national_id: str
    name: str
    on: date
    known: datetime | None
    policy_version: int
    standing: str
    may_practise: bool
    reason_codes: tuple[str, ...]
    told: Told
    requirements: tuple[JudgedRequirement, ...]
    authorities: tuple[Power, ...]
    expires_on: date | None
    lapses_on: date | None
    next_change_on: date


def answer(who: NamedPerson, decided: Decided, known: datetime | None) -> Answer:
    """Put a decision into its document."""
    decision, policy, voice = decided.decision, decided.policy, about(who.name)
    return Answer(
        national_id=who.national_id,
        name=who.name,
        on=decision.on,
        known=known,
        policy_version=decision.policy_version,
        standing=decision.standing,
        may_practise=decision.may_practise,
        reason_codes=tuple(one.reason for one in decision.because),
        told=sentences(decision, policy, voice, is_then=known is not None),
        requirements=tuple(_judged(one, policy) for one in decision.findings),
        authorities=tuple(
            Power(one.name, one.held, one.until, authority_in_words(one, policy, voice))
            for one in decision.authorities
        ),
        expires_on=decision.expires_on,
        lapses_on=decision.lapses_on,
        next_change_on=decision.next_change_on,
    )


def _judged(one: Finding, policy: LicencePolicy) -> JudgedRequirement:
    return JudgedRequirement(
        code=policy.by_id[one.requirement_id].code,
        effect=one.effect,
        state=one.state,
        due_on=one.due_on,
        grace_ends_on=one.grace_ends_on,
        met_on=one.met_on,
        words=finding_in_words(one, policy),
    )
