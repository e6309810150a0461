"""How does a refusal to change a draft read on the form that asked for it?"""

from collections.abc import Awaitable, Iterator
from dataclasses import dataclass

from foundation.parts import FieldError
from foundation.problems import ConflictError, InvalidError
from passport.drafting.errors import EditedMeanwhileError
from passport.drafting.labels import field_error
from passport.policy.faults import PolicyFaultsError, Wrong
from passport.policy.toml import reading_of, wrong_of


@dataclass(frozen=True, slots=True)
class Refusal:
    """What stands in the way of a change; a conflict is with what somebody else wrote meanwhile."""

    errors: tuple[FieldError, ...]
    revision: int
    is_conflict: bool = False

    @property
    def status(self) -> int:
        """Return the status of the page that shows it."""
        if self.is_conflict:
            return 409
        return 400 if self.errors else 200

    @property
    def wrong(self) -> dict[str | None, str]:
        """Return the faults by the fields at which they stand."""
        return {error.field_id: error.text for error in self.errors}


async def refused(
    change: Awaitable[int], seen: int, *, of: tuple[str, str] | None = None, amount: bool = False
) -> Refusal | None:
    """Carry out a change and return nothing, or what stood in its way.

    `of` is the text that was tried and the requirement that it was about, whose faults then stand at their fields.
    """
    try:
        await change
    except EditedMeanwhileError as conflict:
        return Refusal((FieldError(conflict.detail),), conflict.revision, is_conflict=True)
    except PolicyFaultsError as failure:
        found = tuple(_at_fields(*of)) if of else ()
        plain = tuple(FieldError(one.words, "amount" if amount else None) for one in failure.faults)
        return Refusal(found or plain, seen)
    except (ConflictError, InvalidError) as refusal:
        return Refusal((FieldError(refusal.detail),), seen)
    return None


def _at_fields(text: str, code: str) -> Iterator[FieldError]:
    codes = reading_of(text).codes
    for wrong in wrong_of(text):
        if wrong.path[:1] == ("requirement",) and codes.get(_place(wrong)) == code:
            yield field_error(wrong)
        else:
            yield FieldError(_elsewhere(wrong, codes))


def _elsewhere(wrong: Wrong, codes: dict[int, str]) -> str:
    where = (
        codes.get(_place(wrong), "")
        if wrong.path[:1] == ("requirement",)
        else ".".join(map(str, wrong.path[:2]))
    )
    return f"{where}: {wrong.words}"


def _place(wrong: Wrong) -> int:
    place = wrong.path[1] if len(wrong.path) > 1 else -1
    return place if isinstance(place, int) else -1
