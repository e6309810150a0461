"""Which people's rows may a list show? The permission map as SQL, proved equal to its predicates by a test."""

from collections.abc import Callable
from dataclasses import dataclass

from access.identity import Identity
from access.permission_map import PERMISSION_MAP
from access.permissions import Permission
from access.predicates import Relation

# Enters a value among a query's parameters and returns the place it got, such as "$3".
Given = Callable[[object], str]
ScopeValues = tuple[list[int], list[int], list[int], bool, list[int], int | None, int | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records a permission reaches: people by number, whoever a person supervises, and forces, save a few."""

    person_ids: frozenset[int]
    supervisor_ids: frozenset[int]
    force_ids: frozenset[int]
    every_force: bool
    closed_ids: frozenset[int]
    bound_to_unit: int | None
    own_unit: int | None

    # $1 to $7 are `values`; $8 is the day. The query aliases the row about a person as `subject`, with its
    # person_id, force_id and unit_id.
    CONDITION = """(
        subject.person_id = ANY($1::int[])
        OR EXISTS (SELECT FROM people.line
                    WHERE line.person_id = subject.person_id AND line.supervisor_id = ANY($2::int[])
                      AND line.superseded_at IS NULL
                      AND line.valid_from <= $8::date AND coalesce(line.valid_until >= $8::date, true))
        OR (subject.force_id = ANY($3::smallint[]) AND ($6::int IS NULL OR subject.unit_id = $6::int) OR $4::bool)
            AND subject.person_id <> ALL($5::int[])
            AND (coalesce(subject.unit_id = $7::int, false)
                 OR NOT EXISTS (SELECT FROM people.person WHERE id = subject.person_id AND is_protected)))"""

    def within_forces(self, given: Given, *, row: str) -> str:
        """Return the part of the condition about forces, for a query that walks `force_ids` itself, row by row."""
        closed, own = given(sorted(self.closed_ids)), given(self.own_unit)
        bound = "true" if self.bound_to_unit is None else f"{row}.unit_id = {given(self.bound_to_unit)}::int"
        return f"""({bound} AND {row}.person_id <> ALL({closed}::int[])
            AND (coalesce({row}.unit_id = {own}::int, false)
                 OR NOT EXISTS (SELECT FROM people.person WHERE id = {row}.person_id AND is_protected)))"""

    @property
    def values(self) -> ScopeValues:
        """Return what the condition's first seven parameters stand for."""
        return (
            sorted(self.person_ids),
            sorted(self.supervisor_ids),
            sorted(self.force_ids),
            self.every_force,
            sorted(self.closed_ids),
            self.bound_to_unit,
            self.own_unit,
        )


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
        every_force=Relation.ANY_FORCE in relations,
        closed_ids=identity.manager_ids | {identity.person_id},
        bound_to_unit=identity.bound_to_unit,
        own_unit=identity.unit_id,
    )
