"""Which people's rows may a list show? The permission map as SQL, proved equal to its predicates by a test."""

from dataclasses import dataclass

from access.identity import Identity
from access.permission_map import PERMISSION_MAP
from access.permissions import Permission
from access.predicates import Relation


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records a permission reaches: people by number, whoever a person supervises, and whole forces."""

    person_ids: frozenset[int]
    supervisor_ids: frozenset[int]
    force_ids: frozenset[int]

    # $1, $2 and $3 are `values`; $4 is the day. The query aliases the row about a person as `subject`.
    CONDITION = """(
        subject.person_id = ANY($1::int[])
        OR subject.force_id = ANY($3::smallint[])
        OR EXISTS (SELECT FROM people.line
                    WHERE line.person_id = subject.person_id AND line.supervisor_id = ANY($2::int[])
                      AND line.superseded_at IS NULL
                      AND line.valid_from <= $4::date AND coalesce(line.valid_until >= $4::date, true)))"""

    @property
    def values(self) -> tuple[list[int], list[int], list[int]]:
        """Return what the condition's first three parameters stand for."""
        return sorted(self.person_ids), sorted(self.supervisor_ids), sorted(self.force_ids)


def scope(identity: Identity, permission: Permission) -> Scope:
    """Return whose records a permission reaches for the person asking."""
    granted = [(role, relation) for role, relation in PERMISSION_MAP[permission] if identity.holds(role)]
    relations = {relation for _, relation in granted}
    return Scope(
        person_ids=frozenset({identity.person_id} if Relation.SELF in relations else ()),
        supervisor_ids=frozenset({identity.person_id} if Relation.MY_REPORTS in relations else ()),
        force_ids=frozenset().union(
            *(identity.forces(role) for role, relation in granted if relation is Relation.MY_FORCE)
        ),
    )
