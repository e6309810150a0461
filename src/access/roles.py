"""Which roles are there, and what is each for?"""

from enum import StrEnum


class Role(StrEnum):
    """A role is held by grant, for a force, from a day through a day; the first two follow from the records."""

    OFFICER = "officer"
    """Everyone in the workforce, towards their own record."""

    SUPERVISOR = "supervisor"
    """Whoever supervises somebody today, towards their reports."""

    LICENSING_DESK = "licensing desk"
    """HR's licensing desk: the licences of its force."""

    LEARNING = "learning and development"
    """Hands in the files of the force's learning and HR systems."""

    OPERATOR = "operator"
    """Keeps the service running; sees jobs, never people's records."""

    @property
    def follows_from_records(self) -> bool:
        """Say whether the role is never granted, because the records themselves give it."""
        return self in {Role.OFFICER, Role.SUPERVISOR}
