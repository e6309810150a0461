"""How is every licence brought to a day, so that a missed night, a second sweep or a crash leaves no trace?"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from licence.projection.chunks import Chunk, Settled, Whom, cut, found
from licence.projection.crew import Hands, hands
from licence.projection.policy_days import bring_forward_to_policy
from licence.projection.settling import Tally

ROUNDS = 3
"""How often a sweep looks again for those whom another held, or who changed, while it went round."""

Told = Callable[[int, int], None]
"""Is told how far a sweep has come: people done, and people found."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many people's standing became another; `before` is empty on a first decision."""

    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did. `failed` are people whose facts the rule could not judge; the log says why.

    `ahead` are people who stand decided for a later day already, where that was asked.
    """

    on: date
    looked_at: int
    stored: int
    notices: int
    moved: tuple[Moved, ...]
    failed: tuple[int, ...]
    ahead: int = 0

    @classmethod
    def of(cls, on: date, tally: Tally) -> "Swept":
        """Put a tally in order."""
        moved = tuple(Moved(*names, people) for names, people in sorted(tally.moves.items()))
        return cls(on, tally.looked_at, tally.stored, tally.notices, moved, tuple(sorted(set(tally.failed))))


async def refresh(on: date) -> Swept:
    """Decide again about everybody whose facts changed since they were last decided."""
    return await _swept(on, _Going(processes=1, changed_only=True))


async def sweep(on: date, *, processes: int = 1, told: Told | None = None) -> Swept:
    """Bring to a day everybody whom time or a change of facts may have moved; all others stand as they are.

    It is due-based: it looks at who is due, never at when it last ran. Each chunk is a transaction of its own, and
    sweeps that run at once share the work.
    """
    return await _swept(on, _Going(processes, told))


async def sweep_everyone(
    on: date, *, processes: int = 1, told: Told | None = None, by: Hands | None = None
) -> Swept:
    """Bring everybody to a day, due or not: after a change of policy, and to heal what nobody noticed.

    `by` are hands that are there already, in place of processes of the sweep's own.
    """
    return await _swept(on, _Going(processes, told, everyone=True, by=by))


@dataclass(frozen=True, slots=True)
class _Going:
    """How a sweep goes: in how many processes, telling whom, and whether it looks at fewer or at all."""

    processes: int
    told: Told | None = None
    changed_only: bool = False
    everyone: bool = False
    by: Hands | None = None


@dataclass(slots=True)
class _Work:
    """The chunks of one sweep on their way through the hands that settle them."""

    hands: Hands
    told: Told | None
    tally: Tally = field(default_factory=Tally)
    found: int = 0
    done: int = 0

    async def settle(self, chunks: Sequence[Chunk]) -> None:
        """Have chunks settled."""
        self.found += sum(len(chunk.person_ids) for chunk in chunks)
        await self.hands.settle(chunks, self._count)

    def _count(self, settled: Settled) -> None:
        self.tally.add(settled.tally)
        self.done += settled.people
        if self.told:
            self.told(self.done, self.found)


async def _swept(on: date, going: _Going) -> Swept:
    if not going.changed_only:
        await bring_forward_to_policy(on)
    async with nullcontext(going.by) if going.by else hands(going.processes) as ready:
        work = _Work(ready, going.told)
        await _look_round(on, work, changed_only=going.changed_only)
        if going.everyone:
            await work.settle(list(cut(Whom.EVERYONE, await found(Whom.EVERYONE, on), on, waits=True)))
    return Swept.of(on, work.tally)


async def _look_round(on: date, work: _Work, *, changed_only: bool) -> None:
    """Settle whoever is to be looked at; what others hold is left to them first, and waited for afterwards."""
    for whom in (Whom.NEWCOMERS, Whom.DUE):
        for turn in range(ROUNDS):
            people = await found(whom, on, changed_only=changed_only)
            people = [one for one in people if one not in work.tally.failed]
            if not people:
                break
            await work.settle(list(cut(whom, people, on, waits=turn > 0)))
