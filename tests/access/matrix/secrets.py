# ruff: noqa: S608 - composed of our own constants
"""What lies behind the walls about everybody, and what they keep to themselves, in words that appear nowhere else, and who may hear them?"""

import re
from dataclasses import dataclass
from datetime import timedelta

from asyncpg import Connection

from foundation.clock import today
from foundation.database import as_owner

# A word for each secret: what it is, and the family name of whoever it is about.
WORD = re.compile(r"Hush(Event|Note|Case|Thought)([A-Z][a-z]+)")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Secret:
    """One word that was heard: what it is of, and whom it is about."""

    of: str
    about: str


def heard_in(text: str) -> set[Secret]:
    """Return every secret that an answer tells."""
    return {Secret(*found) for found in WORD.findall(text)}


async def in_confidence(clinician: int, *, treated: int, assigned: int, by: tuple[int, int]) -> None:
    """Enter about everybody who serves what they attended, what they were offered, a note, a clearance and a case.

    The clinician cares for one of them, and is assigned to the case of one.
    """
    async with as_owner() as owner:
        for statement in (
            _OFFERS, _EVENTS, _CLEARANCES, _THOUGHTS, _DRAFTS, _FILES_OF_THOUGHTS, _FILES_OF_DRAFTS,
        ):  # fmt: skip
            await owner.execute(statement)
        await owner.execute(_NOTES, by[0])
        await owner.execute(_TREATMENT, treated, clinician, today() - 9 * DAY)
        await owner.execute(_CASES, by[0])
        await owner.execute(_MATERIAL, by[0])
        await _assign(owner, assigned, clinician, by)


async def _assign(owner: Connection, about: int, officer: int, by: tuple[int, int]) -> None:
    await owner.execute("SELECT set_config('app.person', $1, true)", str(by[1]))
    await owner.execute(
        """INSERT INTO vetting.case_assignment
                  (case_number, person_id, force_id, officer_id, valid_from, opened_by, agreed_by, agreed_at)
           SELECT number, person_id, force_id, $2, $3, $4, $5, now() FROM vetting.vetting_case WHERE person_id = $1""",
        about, officer, today() - 9 * DAY, *by,
    )  # fmt: skip


_WHOM = "people.directory JOIN people.person ON person.id = person_id WHERE given_names = 'Canary'"
_OFFERS = f"""INSERT INTO wellbeing.check_offer (person_id, force_id, offered_on)
    SELECT person_id, force_id, current_date - 20 FROM {_WHOM}"""
_EVENTS = f"""INSERT INTO wellbeing.exposure (person_id, force_id, kind, attended_on)
    SELECT person_id, force_id, 'HushEvent' || family_name, current_date - 10 FROM {_WHOM}"""
_CLEARANCES = f"""INSERT INTO vetting.clearance (person_id, force_id, level, valid_from, valid_until, status)
    SELECT person_id, force_id, 'recruitment vetting', current_date - 400, current_date + 30, 'held' FROM {_WHOM}"""
_THOUGHTS = f"""INSERT INTO passport.cpd_entry (person_id, title, what)
    SELECT person_id, 'HushThought' || family_name, 'HushThought' || family_name FROM {_WHOM}"""
_DRAFTS = f"""INSERT INTO passport.leadership_example (person_id, title, text)
    SELECT person_id, 'HushThought' || family_name, 'HushThought' || family_name FROM {_WHOM}"""
_FILES = """WITH whose AS (SELECT * FROM passport.{table} WHERE title LIKE 'HushThought%'), file AS (
    INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by, is_private)
    SELECT person_id, sha256(title::bytea), 9, 'application/pdf', title, person_id, true FROM whose RETURNING id, person_id)
    INSERT INTO passport.{beside} SELECT file.id, whose.id, person_id FROM file JOIN whose USING (person_id)"""
_FILES_OF_THOUGHTS = _FILES.format(table="cpd_entry", beside="cpd_attachment")
_FILES_OF_DRAFTS = _FILES.format(table="leadership_example", beside="leadership_attachment")
_NOTES = f"""INSERT INTO wellbeing.care_note (person_id, force_id, author_id, text)
    SELECT person_id, force_id, $1, 'HushNote' || family_name FROM {_WHOM} AND person_id <> $1"""
_TREATMENT = """INSERT INTO wellbeing.treatment (person_id, force_id, clinician_id, valid_from)
    SELECT person_id, force_id, $2, $3 FROM people.directory WHERE person_id = $1"""
_CASES = f"""INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
    SELECT nextval('vetting.case_number'), person_id, force_id, 'recruitment vetting', current_date - 30, $1
      FROM {_WHOM} AND person_id <> $1 ORDER BY person_id"""
_MATERIAL = """INSERT INTO vetting.case_material (case_number, person_id, kind, text, recorded_by)
    SELECT number, person_id, 'adverse material', 'HushCase' || family_name, $1
      FROM vetting.vetting_case JOIN people.person ON person.id = person_id"""
