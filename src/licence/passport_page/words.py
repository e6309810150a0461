"""In which words does a passport open, and how does it cite policy?"""

from datetime import date, timedelta
from functools import lru_cache

from foundation.wording import as_date
from licence.standing.decisions import Decision, Reason, Standing
from licence.standing.voice import Voice
from licence.standing.words import nothing_recorded
from passport.policy.rules import EvidenceTag, LicencePolicy

DAY = timedelta(days=1)

EVIDENCE_TAGS = {
    EvidenceTag.VERIFIED: "This is what a published source says.",
    EvidenceTag.VERIFIED_OLD: "This is what a published source says, but it is old or has been replaced in part.",
    EvidenceTag.PARTIAL: "A published source supports this in part.",
    EvidenceTag.ASSUMED: "This is common knowledge in the field and has not been checked against a source.",
    EvidenceTag.PROPOSED: "This value is a proposal: no published source fixes it yet.",
    EvidenceTag.NOT_FOUND: "No published source was found: the value stands in until there is one.",
}


def title(decision: Decision, voice: Voice, *, today: date, is_then: bool = False) -> str:
    """Answer the question of the page in a few words, in the past and the future of its day."""
    if decision.because[0].reason is Reason.NOTHING_RECORDED:
        return nothing_recorded(voice, is_then=is_then).rstrip(".")
    return _whether_they_may(decision, voice, today)


def _whether_they_may(decision: Decision, voice: Voice, today: date) -> str:
    if decision.on != today:
        may = "could" if decision.on < today else "may"
        return f"{voice.subject} {may}{'' if decision.may_practise else ' not'} practise on {as_date(decision.on)}"
    if decision.standing is Standing.IN_GRACE and decision.lapses_on is not None:
        return f"{voice.subject} may practise until {as_date(decision.lapses_on - DAY)}"
    if decision.standing is Standing.PROVISIONAL:
        return f"{voice.subject} may practise, on probation"
    if decision.may_practise:
        return f"{voice.subject} may practise"
    if decision.standing is Standing.PAUSED:
        return f"{voice.subject} may not practise while away"
    return f"{voice.subject} may not practise"


@lru_cache(maxsize=1024)
def cited(source: str, tag: str, policy: LicencePolicy) -> str:
    """Cite the paragraph that a value rests on, how firm it is, and the version of policy."""
    firm = EVIDENCE_TAGS.get(EvidenceTag(tag)) if tag in set(EvidenceTag) else None
    paragraph = f"Source: {source.rstrip('.')}." if source else ""
    return " ".join(filter(None, (paragraph, firm, f"Policy: {policy_in_words(policy)}.")))


def policy_in_words(policy: LicencePolicy) -> str:
    """Name a version of policy, as the foot of the page does."""
    return f"{policy.title}, version {policy.version}, in force from {as_date(policy.in_force_from)}"
