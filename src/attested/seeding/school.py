"""What has lately come of classes, of a provider and of a learning system in a demonstration? Done as people do it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from foundation.audit import Actor
from foundation.database import fetch, fetch_one
from passport.classes.actions import NewClass, ToTeach, add_people, make_class, sign
from passport.classes.facts import Sheet, class_of, places_on
from passport.classes.rules import Outcome
from passport.providers.actions import end_licence, enter, license_for
from passport.providers.facts import provider_of
from passport.statements.actions import map_activity, receive, told
from passport.statements.mapping import PASSED
from passport.statements.rules import Mapped
from passport.statements.shapes import Document

PROVIDER = "Avonbridge Resuscitation Training"
WHY = "The awarding body withdrew its approval after an inspection."
SYSTEM = "Learning system of the force"
HOME = "https://learning.warwickshire.police.example"
ETHICS, DRIVING = f"{HOME}/courses/code-of-ethics", f"{HOME}/courses/driving-theory"
ATTENDED, TOLD = 8, 30
STRANGER = "trainer.spare@warwickshire.police.example"

_TRAINER = """
SELECT granted.force_id, granted.person_id, coalesce(known_as, given_names) || ' ' || family_name AS name
  FROM access.role_grant AS granted JOIN people.person ON person.id = granted.person_id
 WHERE role = 'learning and development' AND force_id IS NOT NULL ORDER BY granted.id LIMIT 1
"""
# Those at the front stand on the classes that are still to sign.
_CONSTABLES = """
SELECT person_id, email FROM people.post JOIN people.person ON person.id = person_id
 WHERE post.force_id = $1 AND rank = 'constable' AND valid_until IS NULL AND person_id <> $2 AND NOT is_protected
   AND email IS NOT NULL ORDER BY person_id OFFSET $3 LIMIT $4
"""


async def write_school(on: date) -> None:
    """Hold two classes, end a provider's licence, and let a learning system tell what was passed; once."""
    row = await fetch_one(_TRAINER)
    if row is None or await fetch_one("SELECT 1 FROM passport.provider WHERE name = $1", PROVIDER):
        return
    force_id, trainer = row["force_id"], Actor(row["person_id"], row["name"])
    await _listen(force_id, trainer, on)
    own = NewClass(
        force_id, (ToTeach("PPST", Decimal(12)),), on - timedelta(days=6), "Training centre, hall 2"
    )
    await _hold(own, trainer, on, skipping=40)
    # Last of all, for what it leaves behind says that everything before it is done.
    number = await enter(force_id, PROVIDER, actor=trainer)
    provider = await provider_of([force_id], number)
    since, last = on - timedelta(days=800), on - timedelta(days=45)
    licence = await license_for(provider, "FIRST-AID", since=since, until=None, actor=trainer)
    taught = (ToTeach("FIRST-AID", Decimal(6)),)
    theirs = NewClass(force_id, taught, on - timedelta(days=24), "Headquarters, gymnasium", number)
    await _hold(theirs, trainer, on, skipping=40 + ATTENDED)
    provider = await provider_of([force_id], number)
    await end_licence(provider, licence, last_day=last, reason=WHY, actor=trainer)


async def _hold(new: NewClass, trainer: Actor, on: date, *, skipping: int) -> None:
    """Hold a class and sign for it: one did not come, one did not pass."""
    rows = await fetch(_CONSTABLES, new.force_id, trainer.person_id, skipping, ATTENDED)
    number = await make_class(new, actor=trainer)
    await add_people(
        await class_of([new.force_id], number), [row["person_id"] for row in rows], actor=trainer
    )
    sheet = Sheet(await class_of([new.force_id], number), await places_on(number))
    marks = {one.person_id: Outcome.PASSED for one in sheet.places}
    marks |= dict(zip(list(marks)[:2], (Outcome.ABSENT, Outcome.FAILED), strict=True))
    await sign(sheet, marks, actor=trainer, on=on)


async def _listen(force_id: int, trainer: Actor, on: date) -> None:
    """Take what a learning system says: most is evidence, two did not pass, and some waits for an answer."""
    known = await fetch_one("SELECT 1 FROM passport.statement_mapping WHERE force_id = $1", force_id)
    if known is None:
        await map_activity(
            force_id, Mapped(ETHICS, PASSED, "CODE-OF-ETHICS", hours=Decimal(1)), actor=trainer
        )
    rows = await fetch(_CONSTABLES, force_id, trainer.person_id, 60, TOLD)
    people = [row["email"] for row in rows]
    await receive(force_id, told(_said(people, on)), actor=Actor.system(SYSTEM))


def _said(people: Sequence[str], on: date) -> Sequence[Document]:
    """Word what was passed: one a day, the same again where it is said twice."""
    ethics = [
        _statement(one, ETHICS, on - timedelta(days=1 + place), success=place % 15 != 0)
        for place, one in enumerate(people)
    ]
    waiting = [_statement(one, DRIVING, on - timedelta(days=2), success=True) for one in people[:5]]
    return [*ethics, *waiting, _statement(STRANGER, ETHICS, on - timedelta(days=3), success=True)]


def _statement(email: str, course: str, day: date, *, success: bool) -> Document:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{course} {email} {day}")),
        "actor": {"objectType": "Agent", "mbox": f"mailto:{email}"},
        "verb": {"id": PASSED, "display": {"en-GB": "passed"}},
        "object": {"objectType": "Activity", "id": course},
        "result": {"success": success, "duration": "PT55M"},
        "timestamp": datetime.combine(day, time(14, 30), UTC).isoformat(),
    }
