"""How are the frameworks told to programs?"""

from collections.abc import Sequence
from dataclasses import dataclass

from passport.standards.rules import Framework


@dataclass(frozen=True, slots=True)
class StandardDocument:
    """One standard, with the evidence tag of its source."""

    code: str
    title: str
    tag: str


@dataclass(frozen=True, slots=True)
class StandardGroup:
    """Standards that belong together; of the leadership framework, a stage and the requirement its programme is."""

    title: str
    stage: int | None
    who: str | None
    programme: str | None
    standards: Sequence[StandardDocument]


@dataclass(frozen=True, slots=True)
class FrameworkDocument:
    """A published framework."""

    code: str
    title: str
    source: str
    groups: Sequence[StandardGroup]


def framework_document(framework: Framework) -> FrameworkDocument:
    """Tell a framework."""
    return FrameworkDocument(
        framework.code,
        framework.title,
        framework.source,
        [
            StandardGroup(
                group.title,
                group.stage.number if group.stage else None,
                group.stage.who if group.stage else None,
                group.stage.programme if group.stage else None,
                [StandardDocument(one.code, one.title, one.tag) for one in group.standard],
            )
            for group in framework.group
        ],
    )
