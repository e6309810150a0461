"""Given everything that has been approved, which policy does a force follow on a day?"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from passport.policy.draft import InForce, OwnSetting, PolicyDraft, resolved
from passport.policy.errors import NoPolicyInForceError
from passport.policy.rules import LicencePolicy, Overridable

DAY = timedelta(days=1)


class Approved(msgspec.Struct, frozen=True, array_like=True):
    """A version that has been approved, and the day from which it is in force."""

    number: int
    digest: str
    in_force_from: date


class Override(msgspec.Struct, frozen=True, array_like=True):
    """What a force has set for itself, from a day through a day."""

    force_id: int
    code: str
    setting: Overridable
    value: str
    valid_from: date
    valid_until: date | None

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def next_turn(self, on: date) -> date | None:
        """Return the next day after this one on which it begins to hold, or no longer does."""
        if on < self.valid_from:
            return self.valid_from
        if self.valid_until is not None and on <= self.valid_until:
            return self.valid_until + DAY
        return None


class State(msgspec.Struct, frozen=True):
    """All that decides which policy holds where and when, oldest version first."""

    versions: tuple[Approved, ...]
    overrides: tuple[Override, ...]
    requirements: dict[str, int]
    forces: dict[str, int]


class Book:
    """The approved versions of one moment. The same question is always answered with the same policy object."""

    def __init__(self, state: State, drafts: Mapping[str, PolicyDraft]) -> None:
        """Open the book on the versions, each with the draft of its digest."""
        self.state = state
        self._days = [version.in_force_from for version in state.versions]
        self._drafts = [drafts[version.digest] for version in state.versions]
        self._codes = {number: code for code, number in state.forces.items()}
        self._known: dict[tuple[int, date | None, tuple[OwnSetting, ...], str | None], LicencePolicy] = {}

    def draft(self, on: date) -> PolicyDraft:
        """Return the version that is in force on a day.

        :raises NoPolicyInForceError: none is.
        """
        return self._drafts[self._place(on)]

    def policy(self, force_id: int | None, on: date) -> LicencePolicy:
        """Return the policy of a force, or the national one. Forces that have set nothing of their own share it.

        :raises NoPolicyInForceError: no version is in force on that day.
        """
        place = self._place(on)
        draft = self._drafts[place]
        settings = self._settings(force_id, draft)
        own = tuple(OwnSetting(one.code, one.setting, one.value) for one in settings if one.holds(on))
        turns = [self._days[place + 1]] if place + 1 < len(self._days) else []
        turns += [turn for one in settings if (turn := one.next_turn(on)) is not None]
        until = min(turns, default=None)
        code = self._codes.get(force_id) if own and force_id is not None else None
        key = (place, until, own, code)
        if key not in self._known:
            in_force = InForce(self._days[place], until)
            self._known[key] = resolved(
                draft, self.state.requirements, in_force=in_force, force_code=code, own=own
            )
        return self._known[key]

    def policies(self, on: date) -> dict[int, LicencePolicy]:
        """Return the policy of every force there ever was."""
        return {force_id: self.policy(force_id, on) for force_id in self._codes}

    def own_settings(self, force_id: int | None, on: date) -> tuple[OwnSetting, ...]:
        """Return what a force has set for itself on a day, whichever version allows it."""
        return tuple(
            OwnSetting(one.code, one.setting, one.value)
            for one in self.state.overrides
            if one.force_id == force_id and one.holds(on)
        )

    def code_of(self, force_id: int | None) -> str | None:
        """Return a force's code."""
        return None if force_id is None else self._codes.get(force_id)

    def _place(self, on: date) -> int:
        place = bisect_right(self._days, on) - 1
        if place < 0:
            raise NoPolicyInForceError(on)
        return place

    def _settings(self, force_id: int | None, draft: PolicyDraft) -> list[Override]:
        return [
            one
            for one in self.state.overrides
            if one.force_id == force_id and allows(draft, one.code, one.setting)
        ]


def allows(draft: PolicyDraft, code: str, setting: Overridable) -> bool:
    """Say whether a version lets a force set something of a requirement for itself."""
    asked = draft.requirement(code)
    return asked is not None and setting in asked.stated.overridable
