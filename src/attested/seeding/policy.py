"""Which policy does the demonstration stand under? The one that the system ships with, long in force."""

from datetime import date

from passport.policy.actions import set_up
from passport.policy.document import SHIPPED
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policy_for
from passport.policy.rules import LicencePolicy

YEARS_BEFORE = 12
"""How long before the day the policy begins, so that every day of the ten years of history can be decided."""


async def policy_in_force(on: date) -> LicencePolicy:
    """Return the national policy of a day; where none is in force the shipped one is set up first."""
    try:
        return await policy_for(None, on)
    except NoPolicyInForceError:
        await set_up(text=SHIPPED.read_text(encoding="utf-8"), on=date(on.year - YEARS_BEFORE, 1, 1))
    return await policy_for(None, on)
