"""Who is asking, and about whom?"""

from dataclasses import dataclass, field
from datetime import datetime

from access.roles import Role

NOBODY = 0
"""The number that no person has: a system that signs in for itself."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody was given: for a force, for one of its units, or, with neither, for every force."""

    id: int
    role: Role
    force_id: int | None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenGlass:
    """One record out of somebody's reach that they have opened, for a stated reason and an hour at most."""

    id: int
    subject_id: int
    national_id: str
    name: str
    reason: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """Whoever asks, with the roles they hold at this moment; `roles` maps each to the forces it is held for.

    Of the roles granted to a person only the one they act in is among them, so that no two of them ever add up.
    """

    person_id: int
    name: str
    force_id: int | None
    roles: dict[Role, frozenset[int]] = field(default_factory=dict)
    unit_id: int | None = None
    manager_ids: frozenset[int] = frozenset()
    acting: Grant | None = None
    grants: tuple[Grant, ...] = ()
    glass: OpenGlass | None = None

    def holds(self, role: Role) -> bool:
        """Say whether the person holds a role, for whichever force."""
        return role in self.roles

    def forces(self, role: Role) -> frozenset[int]:
        """Return the forces for which the person holds a role."""
        return self.roles.get(role, frozenset())

    @property
    def is_machine(self) -> bool:
        """Say whether a system asks, not a person."""
        return self.person_id == NOBODY

    @property
    def bound_to_unit(self) -> int | None:
        """Return the unit to which the role acted in is bound, if it is bound to one."""
        return None if self.acting is None else self.acting.unit_id

    @property
    def acts_as(self) -> Role:
        """Return the role acted in, as the audit names it."""
        return Role.OFFICER if self.acting is None else self.acting.role


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a record is about: their force and unit, who supervises them today, and whether they are protected."""

    person_id: int
    force_id: int | None
    supervisor_ids: frozenset[int] = frozenset()
    unit_id: int | None = None
    is_protected: bool = False
