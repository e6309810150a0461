"""What does a statement of xAPI hold, field by field (1.0.3, part 2; 2.0)?"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

LONGEST, LONGEST_IRI = 200, 2000
Document = dict[str, object]
_IRI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$"
Iri = Annotated[str, Meta(pattern=_IRI, max_length=LONGEST_IRI)]
Words = dict[Annotated[str, Meta(pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")], str]
"""What is said in several languages, by the tag of each (RFC 5646)."""


def is_iri(text: str) -> bool:
    """Say whether a text is an address as statements have them."""
    return len(text) <= LONGEST_IRI and re.search(_IRI, text) is not None


class AccountGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """An account, as it is sent."""

    homePage: Iri  # noqa: N815 - xAPI's own name
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class ActorGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever did it, or vouches for it: identified in exactly one way, but for a group without a name of its own."""

    objectType: Literal["Agent", "Group"] = "Agent"  # noqa: N815
    name: str | UnsetType = UNSET
    mbox: Annotated[str, Meta(pattern=r"^mailto:[^@\s]+@[^@\s]+$", max_length=LONGEST)] | UnsetType = UNSET
    mbox_sha1sum: Annotated[str, Meta(pattern=r"^[0-9a-fA-F]{40}$")] | UnsetType = UNSET
    openid: Iri | UnsetType = UNSET
    account: AccountGiven | UnsetType = UNSET
    member: list["ActorGiven"] | UnsetType = UNSET

    def identifiers(self) -> list[str]:
        """Return by what the actor is identified, each in a line."""
        given = (
            self.mbox.lower() if self.mbox is not UNSET else "",
            f"sha1:{self.mbox_sha1sum.lower()}" if self.mbox_sha1sum is not UNSET else "",
            self.openid if self.openid is not UNSET else "",
            f"{self.account.homePage} {self.account.name}" if self.account is not UNSET else "",
        )
        return [one for one in given if one]


class VerbGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done."""

    id: Iri
    display: Words | UnsetType = UNSET


class ScoreGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """How well."""

    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class ResultGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """With what result."""

    score: ScoreGiven | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    extensions: dict[Iri, object] | UnsetType = UNSET


class AttachmentGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that belongs to it; here only its address is taken."""

    usageType: Iri  # noqa: N815
    display: Words
    contentType: str  # noqa: N815
    length: int
    sha2: str
    fileUrl: Iri  # noqa: N815
    description: Words | UnsetType = UNSET


class ReferenceGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Another statement."""

    id: UUID
    objectType: Literal["StatementRef"] = "StatementRef"  # noqa: N815


class ComponentGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice, step or the like of a question."""

    id: str
    description: Words | UnsetType = UNSET


class DefinitionGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """How an activity is described."""

    name: Words | UnsetType = UNSET
    description: Words | UnsetType = UNSET
    type: Iri | UnsetType = UNSET
    moreInfo: Iri | UnsetType = UNSET  # noqa: N815
    interactionType: str | UnsetType = UNSET  # noqa: N815
    correctResponsesPattern: list[str] | UnsetType = UNSET  # noqa: N815
    choices: list[ComponentGiven] | UnsetType = UNSET
    scale: list[ComponentGiven] | UnsetType = UNSET
    source: list[ComponentGiven] | UnsetType = UNSET
    target: list[ComponentGiven] | UnsetType = UNSET
    steps: list[ComponentGiven] | UnsetType = UNSET
    extensions: dict[Iri, object] | UnsetType = UNSET


class ActivityGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What it was done with."""

    id: Iri
    objectType: Literal["Activity"] = "Activity"  # noqa: N815
    definition: DefinitionGiven | UnsetType = UNSET


class AgentInContextGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody it concerns (2.0)."""

    agent: ActorGiven
    objectType: Literal["contextAgent"]  # noqa: N815
    relevantTypes: list[Iri] | UnsetType = UNSET  # noqa: N815


class GroupInContextGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A group it concerns (2.0)."""

    group: ActorGiven
    objectType: Literal["contextGroup"]  # noqa: N815
    relevantTypes: list[Iri] | UnsetType = UNSET  # noqa: N815


Activities = ActivityGiven | list[ActivityGiven]


class ActivitiesInContextGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """The activities around it."""

    parent: Activities | UnsetType = UNSET
    grouping: Activities | UnsetType = UNSET
    category: Activities | UnsetType = UNSET
    other: Activities | UnsetType = UNSET

    def all(self) -> Iterator[ActivityGiven]:
        """Return each of them."""
        for one in (self.parent, self.grouping, self.category, self.other):
            if isinstance(one, ActivityGiven):
                yield one
            elif one is not UNSET:
                yield from one


class ContextGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What it stood in."""

    registration: UUID | UnsetType = UNSET
    instructor: ActorGiven | UnsetType = UNSET
    team: ActorGiven | UnsetType = UNSET
    contextActivities: ActivitiesInContextGiven | UnsetType = UNSET  # noqa: N815
    contextAgents: list[AgentInContextGiven] | UnsetType = UNSET  # noqa: N815
    contextGroups: list[GroupInContextGiven] | UnsetType = UNSET  # noqa: N815
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    statement: ReferenceGiven | UnsetType = UNSET
    extensions: dict[Iri, object] | UnsetType = UNSET

    def actors(self) -> Iterator[ActorGiven]:
        """Return whomever it names."""
        yield from (one for one in (self.instructor, self.team) if one is not UNSET)
        yield from (one.agent for one in (self.contextAgents or ()))
        yield from (one.group for one in (self.contextGroups or ()))


class StatementGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement, as it is sent; its object is looked at apart."""

    actor: ActorGiven
    verb: VerbGiven
    object: Document
    id: UUID | UnsetType = UNSET
    result: ResultGiven | UnsetType = UNSET
    context: ContextGiven | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: ActorGiven | UnsetType = UNSET
    version: Annotated[str, Meta(pattern=r"^(1\.0|2\.0)(\.\d+)?$")] | UnsetType = UNSET
    attachments: list[AttachmentGiven] | UnsetType = UNSET


class SubStatementGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement within a statement, as a plan: it says nothing of what happened."""

    actor: ActorGiven
    verb: VerbGiven
    object: Document
    objectType: Literal["SubStatement"]  # noqa: N815
    result: ResultGiven | UnsetType = UNSET
    context: ContextGiven | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    attachments: list[AttachmentGiven] | UnsetType = UNSET


Things = ActivityGiven | ActorGiven | ReferenceGiven | SubStatementGiven
KINDS: Mapping[str, type[Things]] = {
    "Activity": ActivityGiven,
    "Agent": ActorGiven,
    "Group": ActorGiven,
    "StatementRef": ReferenceGiven,
    "SubStatement": SubStatementGiven,
}
