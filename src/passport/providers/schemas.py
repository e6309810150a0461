"""What do programs send about providers, and what are they told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from passport.providers.facts import Doubt, Provider
from passport.providers.rules import LONGEST_NAME, LONGEST_REASON, Answer

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON, pattern=SAID)]


class ProviderAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider to enter."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=SAID)]


class LicenceAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a provider may deliver, from a day through a day or open."""

    requirement: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
    since: date
    until: date | None = None


class LicenceEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last day of a licence, and why it ends."""

    last_day: date
    reason: Reason


class DoubtAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of evidence in doubt, and why."""

    answer: Answer
    reason: Reason


@dataclass(frozen=True, slots=True)
class ProviderLicence:
    """What a provider may deliver."""

    number: int
    requirement: str
    title: str
    since: date
    until: date | None
    ended_reason: str | None


@dataclass(frozen=True, slots=True)
class ProviderDocument:
    """A provider, its licences, and how many records it delivered are in doubt."""

    number: int
    name: str
    licences: Sequence[ProviderLicence]
    doubts: int


@dataclass(frozen=True, slots=True)
class DoubtDocument:
    """Evidence delivered after a licence had ended, and what was said of it last."""

    evidence: int
    national_id: str
    name: str
    provider: str
    requirement: str
    title: str
    completed_on: date
    answer: Answer | None
    reason: str | None


def provider_document(one: Provider) -> ProviderDocument:
    """Tell of a provider."""
    licences = [
        ProviderLicence(each.id, each.requirement, each.title, each.since, each.until, each.ended_reason)
        for each in one.licences
    ]
    return ProviderDocument(one.id, one.name, licences, one.doubts)


def doubt_document(one: Doubt) -> DoubtDocument:
    """Tell of a doubt."""
    return DoubtDocument(
        evidence=one.evidence_id,
        national_id=one.national_id,
        name=one.name,
        provider=one.provider,
        requirement=one.requirement,
        title=one.title,
        completed_on=one.completed_on,
        answer=one.answer,
        reason=one.reason,
    )
