"""What does one version of policy ask that another does not, in plain words?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.wording import as_sentence_case
from passport.policy.phrases import EVIDENCE
from passport.policy.rules import EvidenceTag, LicencePolicy, Requirement
from passport.policy.words import Saying, policy_words, requirement_words


class Turn(StrEnum):
    """What became of a part of policy."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of policy that is not the same in both: the sentences that only the one has, and only the other."""

    key: str
    title: str
    turn: Turn
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two versions: requirements, the values beside them, and absences."""

    requirements: tuple[Difference, ...]
    terms: tuple[Difference, ...]
    absences: tuple[Difference, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether the two ask the same of everybody."""
        return not (self.requirements or self.terms or self.absences)


def compared(before: LicencePolicy, after: LicencePolicy) -> Comparison:
    """Compare two versions, sentence by sentence."""
    was, now = policy_words(before), policy_words(after)
    return Comparison(
        tuple(_differences(_requirements(before), _requirements(after))),
        tuple(_differences(_sayings(was.terms), _sayings(now.terms))),
        tuple(_differences(_sayings(was.absences), _sayings(now.absences))),
    )


Told = tuple[str, tuple[str, ...]]
"""A title, and every sentence under it."""


def _differences(was: Mapping[str, Told], now: Mapping[str, Told]) -> Iterator[Difference]:
    for key in [*was, *(key for key in now if key not in was)]:
        before, after = was.get(key), now.get(key)
        if before is None and after is not None:
            yield Difference(key, after[0], Turn.ADDED, (), after[1])
        elif after is None and before is not None:
            yield Difference(key, before[0], Turn.ENDED, before[1], ())
        elif before is not None and after is not None and before != after:
            yield _changed(key, before, after)


def _changed(key: str, before: Told, after: Told) -> Difference:
    was = tuple(one for one in before[1] if one not in after[1])
    now = tuple(one for one in after[1] if one not in before[1])
    if before[0] != after[0]:
        was, now = (f"Called “{before[0]}”.", *was), (f"Called “{after[0]}”.", *now)
    return Difference(key, after[0], Turn.CHANGED, was, now)


def _requirements(policy: LicencePolicy) -> Mapping[str, Told]:
    return {one.code: (one.title, tuple(_sentences(one, policy))) for one in policy.requirements}


def _sentences(asked: Requirement, policy: LicencePolicy) -> Iterator[str]:
    words = requirement_words(asked, policy)
    yield words.asks
    yield f"{as_sentence_case(asked.effect)}."
    yield from words.says
    yield words.how_to_meet
    yield from _source(words.sourced.source, words.sourced.tag)


def _source(source: str, tag: str) -> Iterator[str]:
    yield f"Source: {source}."
    yield f"How sure that is: {EVIDENCE[EvidenceTag(tag)]}."


def _sayings(said: Sequence[Saying]) -> Mapping[str, Told]:
    return {
        one.key: (
            as_sentence_case(one.key.replace("_", " ")),
            (one.words, *_source(one.sourced.source, one.sourced.tag)),
        )
        for one in said
    }
