"""By which agents, activities and registration is a statement found again (xAPI 1.0.3, part 3, 2.1.3)?"""

import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from msgspec import UNSET

from passport.statements.checking import thing_of
from passport.statements.rules import FoundBy
from passport.statements.shapes import (
    ActivityGiven,
    ActorGiven,
    ReferenceGiven,
    StatementGiven,
    SubStatementGiven,
    Things,
)


def key_of(text: str) -> UUID:
    """Return what stands in an index for an agent or an activity: as short for a long address as for a short one."""
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def found_by(given: StatementGiven, thing: Things) -> FoundBy:
    """Return by what a statement is found; the authority is ours to name, and so it is no one's to be found by."""
    agents = keys_of(_agents(given, thing))
    inner = thing_of(thing.object, "") if isinstance(thing, SubStatementGiven) else None
    around = [*_agents(thing, inner), *_in_context(thing)] if isinstance(thing, SubStatementGiven) else []
    further = keys_of([*_in_context(given), *around])
    activities = [*_activities(given, thing)]
    if isinstance(thing, SubStatementGiven) and inner is not None:
        activities += _activities(thing, inner)
    context = given.context
    return FoundBy(
        agents=tuple(sorted(agents)),
        related_agents=tuple(sorted(agents | further)),
        activities=tuple(sorted({key_of(one.id) for one in activities})),
        registration=None if context is UNSET or context.registration is UNSET else context.registration,
        refers_to=thing.id if isinstance(thing, ReferenceGiven) else None,
    )


def keys_of(actors: Iterable[ActorGiven]) -> set[UUID]:
    """Return the keys of agents and groups, and of a group's members."""
    found: set[UUID] = set()
    for one in actors:
        found |= {key_of(text) for text in one.identifiers()} | keys_of(one.member or ())
    return found


def _agents(given: StatementGiven | SubStatementGiven, thing: Things | None) -> Iterator[ActorGiven]:
    yield given.actor
    if isinstance(thing, ActorGiven):
        yield thing


def _in_context(given: StatementGiven | SubStatementGiven) -> Iterator[ActorGiven]:
    if given.context is not UNSET:
        yield from given.context.actors()


def _activities(given: StatementGiven | SubStatementGiven, thing: Things) -> Iterator[ActivityGiven]:
    if isinstance(thing, ActivityGiven):
        yield thing
    if given.context is not UNSET and given.context.contextActivities is not UNSET:
        yield from given.context.contextActivities.all()
