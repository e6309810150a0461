"""What does a passport show beside what is asked of its holder: evidence of what is not asked of them today?"""

from datetime import date

from licence.standing.case import Case
from licence.standing.decisions import Finding, LicenceFacts, State
from licence.standing.due import told
from licence.standing.findings import met_by, reach_of, total_of
from licence.standing.plan import Asked, catalogue
from licence.standing.rules import decide
from passport.policy.rules import LicencePolicy


def passport_findings(facts: LicenceFacts, policy: LicencePolicy, on: date) -> tuple[Finding, ...]:
    """Return a finding for everything asked of a person, and for everything else that they ever met by a day."""
    asked = decide(facts, policy, on).findings
    case, concerning = Case(facts, policy, on), {one.requirement_id for one in asked}
    others = (one for one in catalogue(policy).values() if one.id not in concerning)
    return (*asked, *(finding for one in others if (finding := _kept(one, case))))


def _kept(asked: Asked, case: Case) -> Finding | None:
    """Tell how far evidence reaches of something not asked, or nothing where there is none."""
    reached = reach_of(asked, case)
    if reached is None:
        return None
    due_on, reach = reached
    return Finding(
        requirement_id=asked.id,
        effect=asked.requirement.effect,
        state=State.NOT_APPLICABLE,
        due_on=told(due_on),
        met_on=reach.met_on,
        met_by=met_by(asked, case, reach.met_on),
        total=total_of(asked, case, due_on),
    )
