"""What is a conversation about, and of whom is one asked? `policies/conversations.toml` says it; this reads it."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from passport.conversations.rules import Asked
from passport.policy.rules import EvidenceTag
from people.posts.rules import Kind, Rank

WRITTEN = Path(__file__).resolve().parents[3] / "policies" / "conversations.toml"
IN_SHORT = ""
"""The topic of what is said of the conversation as a whole."""


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic of the national framework, with its source."""

    code: str
    title: str
    prompt: str
    source: str
    tag: EvidenceTag
    asked: bool = True


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The framework itself, with its source."""

    title: str
    source: str
    tag: EvidenceTag
    asked_from: date
    asked_of: tuple[Kind, ...]
    not_asked_of: tuple[Rank, ...]


class Framework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of conversations.toml."""

    framework: Head
    topic: tuple[Topic, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that are asked about today."""
        return tuple(one for one in self.topic if one.asked)

    @property
    def titles(self) -> Mapping[str, str]:
        """Return what each topic is called, those of earlier days too."""
        return {IN_SHORT: "In short", **{one.code: one.title for one in self.topic}}

    @property
    def asked(self) -> Asked:
        """Return of whom conversations are asked, and from when."""
        head = self.framework
        return Asked(head.asked_from, frozenset(head.asked_of), frozenset(head.not_asked_of))


@cache
def framework() -> Framework:
    """Return the framework as it is written down.

    :raises msgspec.ValidationError: what is written cannot be used.
    """
    return read(WRITTEN.read_text("utf-8"))


def read(text: str) -> Framework:
    """Return the framework that a text says.

    :raises msgspec.ValidationError: it cannot be used. :raises ValueError: two topics share a code.
    """
    found = msgspec.convert(tomllib.loads(text), Framework)
    if len({one.code for one in found.topic} | {IN_SHORT}) <= len(found.topic):
        raise ValueError("two topics share a code, or one has none")
    return found
