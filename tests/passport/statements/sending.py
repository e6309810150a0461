"""A learning system that sends: statements as it words them, judged by the mapping of Avon and Somerset."""

from collections.abc import Sequence
from uuid import uuid4

from foundation.audit import Actor
from foundation.clock import now
from foundation.database import fetch
from passport.statements.actions import receive, told
from passport.statements.shapes import Document
from tests.builders import force_id, identifier
from tests.passport.classes.training import School

HOME = "https://learning.avonandsomerset.police.test"
ETHICS, MIRS = (f"{HOME}/courses/{name}" for name in ("code-of-ethics-2024", "information-management"))
PASSED, COMPLETED, VOIDED = (
    f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ("passed", "completed", "voided")
)
FEED = Actor(None, "Avon learning feed")


async def payroll(there: School) -> None:
    """Give the learners the payroll numbers that the accounts carry."""
    await identifier(there.ada, "1000001", scheme="payroll")
    await identifier(there.bo, "1000002", scheme="payroll")


def statement(
    number: str = "1000001", activity: str = ETHICS, verb: str = PASSED, **more: object
) -> Document:
    """Word a statement of somebody with a payroll number."""
    return {
        "id": str(uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": number}},
        "verb": {"id": verb, "display": {"en-GB": verb.rpartition("/")[2]}},
        "object": {"objectType": "Activity", "id": activity},
        "timestamp": now().isoformat(),
        **more,
    }


def voiding(one: Document, **more: object) -> Document:
    """Word the statement that voids another."""
    return {**statement(verb=VOIDED), "object": {"objectType": "StatementRef", "id": one["id"]}, **more}


async def sent(*documents: Document) -> Sequence[str]:
    """Send statements as one batch, and return their ids."""
    return [str(one) for one in await receive(await force_id(), told(documents), actor=FEED)]


async def outcomes() -> list[str]:
    """Return what became of every statement, in the order in which they came."""
    return [
        row["outcome"] for row in await fetch("SELECT outcome FROM passport.statement ORDER BY stored_at")
    ]
