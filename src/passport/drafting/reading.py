"""What is read of a draft for a page: its tables, what it changes of its base, and what others changed meanwhile?"""

from foundation.clock import today
from passport.drafting.comparing import Comparison, compared
from passport.drafting.errors import NoSuchPartError
from passport.drafting.facts import Drafted, draft_of
from passport.policy.facts import policy_of_draft
from passport.policy.shape import RequirementTable, TermTable
from passport.policy.toml import reading_of
from passport.policy.words import RequirementWords, requirement_words


async def draft_now(number: int) -> Drafted:
    """Return a draft as it stands today.

    :raises NoSuchVersionError: no version with this number is a draft.
    """
    return await draft_of(number, on=today())


async def between(before: int, after: int) -> Comparison:
    """Compare two versions, drafts or not.

    :raises NoSuchVersionError: one of them is not there.
    """
    on = today()
    return compared(await policy_of_draft(before, on=on), await policy_of_draft(after, on=on))


def requirement_in(draft: Drafted, code: str) -> RequirementTable:
    """Return a requirement as a draft states it.

    :raises NoSuchPartError: it has none with that code.
    """
    found = next((one for one in reading_of(draft.source).requirements.values() if one.code == code), None)
    if found is None:
        raise NoSuchPartError
    return found


def term_in(draft: Drafted, key: str) -> TermTable:
    """Return a term as a draft states it.

    :raises NoSuchPartError: it has no such term.
    """
    found = reading_of(draft.source).terms.get(key)
    if found is None:
        raise NoSuchPartError
    return found


async def words_of(draft: Drafted, code: str) -> RequirementWords | None:
    """Say a requirement of a draft in plain words; None where it has none with that code."""
    policy = await policy_of_draft(draft.version.number, on=today())
    asked = next((one for one in policy.requirements if one.code == code), None)
    return requirement_words(asked, policy) if asked else None
