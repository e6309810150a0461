"""How a vetting case ends: what takes something from a person is proposed by one officer and agreed by another."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0015-vetting"
VERSION = "1.38.0"

FORWARDS = """
ALTER TABLE vetting.vetting_case
    ADD proposed_outcome text CHECK (proposed_outcome IN ('refused', 'withdrawn')),
    ADD proposed_by integer REFERENCES people.person ON DELETE RESTRICT,
    ADD concluded_by integer REFERENCES people.person ON DELETE RESTRICT,
    ADD CHECK ((proposed_outcome IS NULL) = (proposed_by IS NULL)),
    ADD CHECK (concluded_by IS NULL OR outcome IS NOT NULL),
    ADD CHECK (proposed_by <> person_id AND concluded_by <> person_id),
    ADD CONSTRAINT a_second_officer_agrees CHECK (outcome NOT IN ('refused', 'withdrawn')
        OR coalesce(proposed_outcome = outcome AND proposed_by <> concluded_by, false));
"""

BACKWARDS = """
ALTER TABLE vetting.vetting_case DROP proposed_outcome, DROP proposed_by, DROP concluded_by;
"""


async def forwards() -> MigrationManager:
    """Let a case be concluded by two."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
