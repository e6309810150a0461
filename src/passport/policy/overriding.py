"""How does a force set for itself what policy lets it, from a day, with a second person's approval?"""

from dataclasses import dataclass
from datetime import date

import asyncpg
from asyncpg import Connection

from foundation.audit import Actor, Detail, Event, recorded
from foundation.clock import today
from foundation.wording import as_list
from passport.policy.book import DAY, allows
from passport.policy.checks import SHORTEST_MONTH
from passport.policy.draft import PolicyDraft
from passport.policy.errors import (
    InThePastError,
    NobodyNamedError,
    NoSuchOverrideError,
    NotAValueError,
    NotOverridableError,
    OverlapsError,
    PeriodError,
    SamePersonError,
)
from passport.policy.facts import ForceSetting, book, force_settings
from passport.policy.keeping import PURPOSE, decide_again, same_person, somebody
from passport.policy.rules import Overridable
from passport.policy.shape import LONGEST_DAYS, LONGEST_MONTHS
from people.forces.facts import force_with_code


@dataclass(frozen=True, slots=True)
class NewSetting:
    """What a force wants to set for itself: in which requirement, to what, why, and from when through when."""

    force: str
    requirement: str
    setting: Overridable
    value: str
    reason: str
    valid_from: date
    valid_until: date | None = None


async def override(*, actor: Actor, proposed_by: str, new: NewSetting) -> ForceSetting:
    """Approve what a force sets for itself; `actor` approves what another proposed.

    :raises NotOverridableError: the version in force from that day does not allow it.
    :raises NotAValueError: the value does not fit. :raises OverlapsError: it is set on some of these days already.
    :raises SamePersonError: one person proposes and approves. :raises InThePastError: the first day has passed.
    :raises ForceNotFoundError: there is no such force. :raises NoPolicyInForceError: no version is in force then.
    """
    two_people(proposed_by, actor)
    force = await force_with_code(new.force, new.valid_from)
    async with recorded(somebody(actor), approved(new, force.code, proposed_by)) as connection:
        number = await set_for_force(
            connection, new, force.id, proposed_by=proposed_by, approved_by=actor.name
        )
    return await setting_of(number)


async def set_for_force(
    connection: Connection, new: NewSetting, force_id: int, *, proposed_by: str, approved_by: str
) -> int:
    """Keep what a force sets for itself, within the caller's transaction; return its number. It refuses as `override`."""
    value = await checked(new)
    try:
        number = await connection.fetchval(
            _OVERRIDE, force_id, new.requirement, new.setting, value, new.reason.strip(),
            new.valid_from, new.valid_until, proposed_by, approved_by,
        )  # fmt: skip
    except asyncpg.ExclusionViolationError as refusal:
        raise OverlapsError from refusal
    await _take_effect(connection, number, new.valid_from, new.valid_until)
    return int(number)


async def checked(new: NewSetting) -> str:
    """Return the value that a force may set, as it is kept; everything that `override` refuses of it is refused."""
    return _check(new, (await book()).draft(new.valid_from))


async def end_override(*, actor: Actor, proposed_by: str, number: int, last_day: date) -> ForceSetting:
    """End what a force has set for itself after a day, today or later; the national value holds again.

    :raises NoSuchOverrideError: there is none. :raises SamePersonError: one person proposes and approves.
    :raises InThePastError: the day has passed, or an earlier end is recorded. :raises PeriodError: it begins later.
    """
    two_people(proposed_by, actor)
    detail: Detail = {"override": number, "last day": last_day.isoformat(), "proposed by": proposed_by}
    async with recorded(
        somebody(actor), Event("policy setting of a force ended", PURPOSE, detail=detail)
    ) as connection:
        await end_for_force(connection, number, last_day)
    return await setting_of(number)


async def end_for_force(connection: Connection, number: int, last_day: date) -> None:
    """End what a force has set for itself, within the caller's transaction. It refuses as `end_override`."""
    if last_day < today():
        raise InThePastError
    row = await connection.fetchrow(
        "SELECT valid_from, valid_until FROM passport.policy_override WHERE id = $1 FOR UPDATE", number
    )
    if row is None:
        raise NoSuchOverrideError
    if last_day < row["valid_from"]:
        raise PeriodError
    if row["valid_until"] is not None and row["valid_until"] < last_day:
        raise InThePastError("That setting ends on an earlier day already. Make a new one instead.")
    await connection.execute(
        "UPDATE passport.policy_override SET valid_until = $2 WHERE id = $1", number, last_day
    )
    await _take_effect(connection, number, None, last_day)


def approved(new: NewSetting, force_code: str, proposed_by: str) -> Event:
    """Return the line of audit of what a force sets for itself."""
    return Event("policy setting of a force approved", PURPOSE, detail=_detail(new, force_code, proposed_by))


def _check(new: NewSetting, draft: PolicyDraft) -> str:
    if new.valid_from < today():
        raise InThePastError
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise PeriodError
    if not new.reason.strip():
        raise NotAValueError("Give the reason for which the force sets this for itself.")
    if not allows(draft, new.requirement, new.setting):
        raise NotOverridableError(_refusal(new, draft))
    return _value(new, draft)


def _refusal(new: NewSetting, draft: PolicyDraft) -> str:
    asked = draft.requirement(new.requirement)
    if asked is None:
        return f"Policy {draft.number} has no requirement {new.requirement}."
    may = sorted(asked.stated.overridable)
    allowed = f"It may set {as_list(list(may))}." if may else "It may set nothing of it."
    return f"Policy {draft.number} does not let a force set {new.setting} of {new.requirement}. {allowed}"


def _value(new: NewSetting, draft: PolicyDraft) -> str:
    value = new.value.strip()
    if new.setting is Overridable.LEVEL:
        if not value or not value.isprintable():
            raise NotAValueError("A level is a few words or a number, such as 3.7.")
        return value
    least, most = (1, LONGEST_MONTHS) if new.setting is Overridable.VALIDITY_MONTHS else (0, LONGEST_DAYS)
    if not (
        value.isascii() and value.isdigit() and len(value) < len(str(2**31)) and least <= int(value) <= most
    ):
        raise NotAValueError(f"{new.setting} is a whole number from {least} to {most}.")
    if new.setting is Overridable.VALIDITY_MONTHS:
        _fits_anniversary(int(value), new, draft)
    return str(int(value))


def _fits_anniversary(months: int, new: NewSetting, draft: PolicyDraft) -> None:
    asked = draft.requirement(new.requirement)
    validity = asked.stated.validity if asked else None
    if validity and max(validity.renewal_window_days, validity.minimum_gap_days) >= months * SHORTEST_MONTH:
        raise NotAValueError(
            "The validity must be longer than the window and the gap in which it is renewed."
        )


def two_people(proposed_by: str, actor: Actor) -> None:
    """Let nobody approve what they proposed themselves.

    :raises NobodyNamedError: nobody proposed it. :raises SamePersonError: one person proposes and approves.
    """
    if not proposed_by.strip():
        raise NobodyNamedError
    if same_person(proposed_by, actor.name):
        raise SamePersonError


def _detail(new: NewSetting, force_code: str, proposed_by: str) -> Detail:
    return {
        "force": force_code,
        "requirement": new.requirement,
        "setting": new.setting,
        "value": new.value,
        "from": new.valid_from.isoformat(),
        "until": new.valid_until.isoformat() if new.valid_until else None,
        "proposed by": proposed_by,
    }


async def _take_effect(
    connection: Connection, number: int, begins_on: date | None, last: date | None
) -> None:
    if begins_on is not None:
        await decide_again(connection, begins_on, because=f"override {number} begins")
    if last is not None:
        await decide_again(connection, last + DAY, because=f"override {number} ended on {last.isoformat()}")


async def setting_of(number: int) -> ForceSetting:
    """Return what a force has set for itself by its number.

    :raises NoSuchOverrideError: there is none.
    """
    found = next((one for one in await force_settings() if one.id == number), None)
    if found is None:
        raise NoSuchOverrideError
    return found


_OVERRIDE = """
INSERT INTO passport.policy_override
       (force_id, requirement_id, setting, value, reason, valid_from, valid_until, drafted_by, approved_by)
SELECT $1, id, $3, $4, $5, $6, $7, $8, $9 FROM passport.requirement WHERE code = $2 RETURNING id
"""
