"""Which values does policy set beside its requirements, and in which unit is each given?"""

from collections.abc import Mapping
from enum import StrEnum


class Unit(StrEnum):
    """What a term is counted in; the unit is the name of its key in the file."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    DAYS_BEFORE = "days_before"
    HOURS = "hours"
    PERCENT = "percent"
    A_YEAR = "a_year"
    PEOPLE = "people"


LICENCE_TERMS: Mapping[str, Unit] = {
    "licence_cycle": Unit.MONTHS,
    "grace": Unit.DAYS,
    "probation": Unit.MONTHS,
    "renewal_window": Unit.DAYS,
    "notices": Unit.DAYS_BEFORE,
}
"""The terms that a licence cannot be decided without."""

TERMS: Mapping[str, Unit] = {
    **LICENCE_TERMS,
    "licence_checkpoint": Unit.MONTHS,
    "probation_of_apprentices": Unit.MONTHS,
    "promotion_pool": Unit.MONTHS,
    "temporary_promotion": Unit.MONTHS,
    "leadership_stage_4": Unit.MONTHS,
    "leadership_stage_5": Unit.WEEKS,
    "vetting_recruitment": Unit.MONTHS,
    "vetting_management": Unit.MONTHS,
    "vetting_security_check": Unit.MONTHS,
    "vetting_counter_terrorist_check": Unit.MONTHS,
    "vetting_developed": Unit.MONTHS,
    "vetting_review": Unit.MONTHS,
    "vetting_of_transferees": Unit.MONTHS,
    "performance_improvement": Unit.MONTHS,
    "performance_improvement_longest": Unit.MONTHS,
    "conversation_interval": Unit.WEEKS,
    "conversation_escalation": Unit.DAYS,
    "trauma_planning": Unit.HOURS,
    "trauma_first_meeting": Unit.HOURS,
    "trauma_follow_up": Unit.DAYS,
    "trauma_third_meeting": Unit.MONTHS,
    "psychological_assessments": Unit.A_YEAR,
    "adjusted_duty_review": Unit.MONTHS,
    "representations": Unit.DAYS,
    "appeal": Unit.DAYS,
    "audit_sample": Unit.PERCENT,
    "subject_access": Unit.MONTHS,
    "subject_access_longest": Unit.MONTHS,
    "smallest_group": Unit.PEOPLE,
}
"""Every term that a policy may set. All but the licence's own may be left out."""
