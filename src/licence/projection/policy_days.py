"""On which day does policy itself next change for those whose next change was told before anybody knew?"""

from datetime import date, timedelta

from foundation.database import execute
from licence.standing.decisions import LOOKAHEAD

# A version that begins, a force's own setting that begins, and the day after one ends. A stored decision made before
# such a day, that promises nothing until after it, was made in ignorance of it.
_BRING_FORWARD = """
UPDATE licence.licence_standing AS kept SET next_change_on = begun.day
  FROM (SELECT force_id, min(day) AS day FROM (
            SELECT NULL::smallint AS force_id, in_force_from AS day FROM passport.policy_version
             WHERE state = 'approved'
             UNION ALL SELECT force_id, valid_from FROM passport.policy_override
             UNION ALL SELECT force_id, valid_until + 1 FROM passport.policy_override WHERE valid_until IS NOT NULL
        ) AS any_day WHERE day BETWEEN $1 AND $2 GROUP BY force_id, day) AS begun
 WHERE (begun.force_id IS NULL OR kept.force_id = begun.force_id)
   AND kept.decided_on < begun.day AND kept.next_change_on > begun.day
"""


async def bring_forward_to_policy(on: date) -> None:
    """Let everybody whom a change of policy concerns be due on its day, if that has come by `on`.

    No stored decision is older than `LOOKAHEAD` days, so that no earlier change can have been missed.
    """
    while await execute(_BRING_FORWARD, on - timedelta(days=LOOKAHEAD), on) != "UPDATE 0":
        pass  # a row that two changes concern is brought forward to one of them at a time
