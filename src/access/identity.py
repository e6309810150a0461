"""Who is asking, and about whom?"""

from dataclasses import dataclass, field

from access.roles import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """The person signed in, with the roles they hold today; `roles` maps each to the forces it is held for."""

    person_id: int
    name: str
    force_id: int | None
    roles: dict[Role, frozenset[int]] = field(default_factory=dict)

    def holds(self, role: Role) -> bool:
        """Say whether the person holds a role, for whichever force."""
        return role in self.roles

    def forces(self, role: Role) -> frozenset[int]:
        """Return the forces for which the person holds a role."""
        return self.roles.get(role, frozenset())


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a record is about: their force, and who supervises them today."""

    person_id: int
    force_id: int | None
    supervisor_ids: frozenset[int] = frozenset()
