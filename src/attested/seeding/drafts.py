"""Which draft of policy does the demonstration show on the policy desk, and what would it change?"""

from datetime import date, timedelta
from functools import partial

from foundation.audit import Actor
from foundation.database import fetch_one
from licence.whatif.actions import Wanted, ask_what_if
from passport.drafting import editing
from passport.drafting.actions import Edit, begin, revise
from passport.drafting.facts import draft_of
from passport.drafting.reading import requirement_in

TITLE = "Safety training every two years"
WHY = "The review of its frequency (white paper, paragraph 95)"
AHEAD = timedelta(days=60)
LATER = timedelta(days=90)
TWO_YEARS = 24


async def draft_shown(writer: Actor, on: date) -> None:
    """Draft PPST two-yearly, for whoever visits as the standards body to approve, and ask the worker whom it changes; once."""
    if await fetch_one("SELECT 1 FROM passport.policy_version WHERE title = $1", TITLE):
        return
    begins_on = on + AHEAD
    number = await begin(actor=writer, title=TITLE, begins_on=begins_on, reason=WHY)
    draft = await draft_of(number, on=on)
    asked = requirement_in(draft, "PPST")
    if asked.validity is not None:
        validity = asked.validity.model_copy(update={"months": TWO_YEARS})
        wanted = asked.model_copy(update={"validity": validity})
        change = partial(editing.with_requirement, code=asked.code, wanted=wanted)
        edit = Edit(editing.requirement(asked.code), f"Changed {asked.code}", WHY, change)
        await revise(actor=writer, number=number, seen=draft.version.revision, edit=edit)
    days = (begins_on, begins_on + LATER)
    await ask_what_if(actor=writer, wanted=Wanted(number, begins_on, days))
