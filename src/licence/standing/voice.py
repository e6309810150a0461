"""Is a person spoken to, or spoken of?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """The words that differ between telling somebody of their own licence and telling a colleague of it."""

    subject: str
    possessive: str
    have: str
    are: str
    need: str
    is_own: bool


YOU = Voice("You", "Your", "have", "are", "need", is_own=True)
"""Speaks to the holder."""


def about(name: str) -> Voice:
    """Speak of the holder, under a name such as PC Smith, to somebody else."""
    owned = f"{name}’" if name.endswith("s") else f"{name}’s"
    return Voice(name, owned, "has", "is", "needs", is_own=False)
