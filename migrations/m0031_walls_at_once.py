"""Which of a force's rows somebody may see behind a wall is settled once a statement, and not role by role at every row."""

from collections.abc import Iterator

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, FORCES, acting_as, described

ID = "0031-walls-at-once"
VERSION = "1.38.0"

HEALTH, VETTING = ("occupational health", "health_judged_at"), ("vetting officer", "vetting_judged_at")
# Of whole forces these are read: who may for the force, under which name, and who judges a person's request for them.
READ_OF_FORCES = (
    ("wellbeing.check_offer", "care of the force", (HEALTH[0], "wellbeing coordinator"), HEALTH),
    ("wellbeing.exposure", "care of the force", (HEALTH[0], "wellbeing coordinator"), HEALTH),
    ("wellbeing.check_response", "health of the force", (HEALTH[0],), HEALTH),
    ("vetting.clearance", "vetting of the force", (VETTING[0],), VETTING),
)


def setting(name: str, kind: str, *roles: str) -> str:
    """Return what a setting says if whoever asks acts in one of the roles, and null, which no row has, if not."""
    named = ", ".join(f"'{role}'" for role in roles)
    acts = f"current_setting('app.role', true) IN ({named})"
    return f"(SELECT CASE WHEN {acts} THEN nullif(current_setting('app.{name}', true), '')::{kind} END)"


def judged(column: str, request: str) -> str:
    """Return whom the request is about that the asker judges, in a role that `request` has seen to."""
    return f"""(SELECT asked.person_id FROM access.subject_request AS asked WHERE asked.id = {request}
        AND asked.{column} IS NULL AND asked.force_id = ANY ({FORCES}) AND asked.person_id <> {ACTOR})"""


def at_once() -> Iterator[str]:
    """Compare a row with the person, the forces and the request that the role leaves, if any."""
    for table, name, roles, (role, column) in READ_OF_FORCES:
        forces, request = setting("forces", "int[]", *roles), setting("subject_request", "int", role)
        yield altered(table, "one's own", f"person_id = {setting('person', 'int', 'officer')}")
        yield altered(table, name, f"force_id = ANY ({forces}::int[]) AND person_id <> {ACTOR}")
        yield altered(table, "judged for the person", f"person_id = {judged(column, request)}")


def row_by_row() -> Iterator[str]:
    """Compare the role beside every row again."""
    for table, name, roles, (role, column) in READ_OF_FORCES:
        request = "(SELECT nullif(current_setting('app.subject_request', true), '')::int)"
        mine = f"{acting_as(*roles)} AND force_id = ANY ({FORCES}) AND person_id <> {ACTOR}"
        theirs = f"{acting_as(role)} AND person_id <> {ACTOR} AND person_id = {judged(column, request)}"
        yield altered(table, "one's own", f"{acting_as('officer')} AND person_id = {ACTOR}")
        yield altered(table, name, mine)
        yield altered(table, "judged for the person", theirs)


def altered(table: str, name: str, using: str) -> str:
    """Return what gives a policy of reading another condition."""
    return f'ALTER POLICY "select: {name}" ON {table} USING ({using});'


FORWARDS, BACKWARDS = "\n".join(at_once()), "\n".join(row_by_row())


async def forwards() -> MigrationManager:
    """Go up a page."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
