"""What is there to speak about in a conversation? Only the roof may ask the licence what falls due."""

from collections.abc import Sequence
from datetime import date

from licence.standing.deciding import decide_with_policy
from licence.team.rules import Skill, skills_of
from passport.conversations.preparing import Item, Preparing, Sort
from passport.policy.errors import NoPolicyInForceError

AHEAD = 120
"""Days ahead: a little more than passes until the next conversation."""
MOST = 12


async def conversation_sheet() -> Preparing:
    """Return who fills the sheet."""
    return to_speak_about


async def to_speak_about(person_id: int, on: date) -> Sequence[Item]:
    """Return what is overdue for a person or falls due before long, the longest overdue first."""
    try:
        decided = (await decide_with_policy([person_id], on)).get(person_id)
    except NoPolicyInForceError:
        return []
    if decided is None:
        return []
    skills = skills_of(decided.decision, decided.policy)
    return [_item(one) for one in skills if one.is_overdue or one.is_due_within(on, AHEAD)][:MOST]


def _item(skill: Skill) -> Item:
    return Item(Sort.OVERDUE if skill.is_overdue else Sort.DUE, skill.title, skill.due_on)
