"""How is a colleague asked, on a page, to agree to many rows?"""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar.response import Template

from access.exports.facts import allowance_of
from access.exports.rules import Kind
from access.shell import PageRequest, shell_for
from foundation.pages import page
from foundation.parts import FieldError, Link, SummaryRow

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What is to leave: of which kind, how many rows, what is known of it, where it is asked, and where one came from."""

    kind: Kind
    rows: int
    particulars: Sequence[SummaryRow]
    path: str
    back: Link


def wrong_with(reason: str) -> FieldError | None:
    """Say what is wrong with what somebody wrote that it is for."""
    if not reason:
        return FieldError("Enter what it is for", "reason")
    if len(reason) > LONGEST_REASON:
        return FieldError(f"What you write must be {LONGEST_REASON} characters or fewer", "reason")
    return None


async def ask_page(
    request: PageRequest, question: Question, *, reason: str = "", error: FieldError | None = None
) -> Template:
    """Show the question what many rows are for, with what was written and what is wrong with it."""
    errors = (error,) if error else ()
    return page(
        "exports/ask.html",
        shell_for(request, "Ask a colleague", back=question.back, errors=errors),
        status=400 if errors else 200,
        question=question,
        allowance=await allowance_of(request.user, question.kind),
        reason=reason,
        wrong={one.field_id: one.text for one in errors},
    )
