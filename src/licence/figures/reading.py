"""What may whoever asks be told of the figures?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from access.identity import Identity
from access.permission_map import PERMISSION_MAP
from access.permissions import Permission
from licence.figures.facts import counted
from licence.figures.rules import Figures, exactly, table


@dataclass(frozen=True, slots=True)
class ForceFigures:
    """A force's figures; `is_exact` where whoever asks answers for it."""

    code: str
    name: str
    figures: Figures
    is_exact: bool

    @property
    def says_nothing(self) -> bool:
        """Say whether every number of the force is hidden."""
        return self.figures.total is None and not any(one is not None for one in self.figures.people)


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of every force as one person may see them, and of all forces together."""

    forces: Sequence[ForceFigures]
    everyone: Figures


async def figures_for(identity: Identity, *, on: date) -> Told:
    """Return the figures: exact for the force that the role is held for, for everybody's eyes otherwise."""
    counts = await counted(on)
    public = table({one.code: one.people for one in counts})
    own = own_forces(identity)
    return Told(
        [
            ForceFigures(
                one.code,
                one.name,
                exactly(one.people) if one.force_id in own else public.rows[one.code],
                one.force_id in own,
            )
            for one in counts
        ],
        public.everyone,
    )


def own_forces(identity: Identity) -> frozenset[int]:
    """Return the forces that the role acted in is held for; one held for a unit answers for no whole force."""
    if identity.bound_to_unit is not None:
        return frozenset()
    roles = (role for role, _ in PERMISSION_MAP[Permission.FIGURES_READ])
    return frozenset().union(*(identity.forces(role) for role in roles if not role.is_national))
