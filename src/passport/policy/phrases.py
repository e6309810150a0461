"""Which fixed words stand for the kinds, effects, tags and units of policy?"""

from calendar import monthrange
from collections.abc import Mapping

from passport.policy.rules import Effect, EvidenceTag, Overridable
from passport.policy.terms import Unit
from people.posts.rules import AbsenceKind, Kind

WHOM: Mapping[Kind, str] = {
    Kind.OFFICER: "officer",
    Kind.SPECIAL_CONSTABLE: "special constable",
    Kind.PCSO: "PCSO",
    Kind.STAFF: "member of staff",
    Kind.VOLUNTEER: "volunteer",
}

MEANING: Mapping[Effect, str] = {
    Effect.LICENCE_CORE: "What every holder of a licence keeps current. Overdue beyond its grace, it lapses the licence.",
    Effect.OPERATIONAL_STOP: (
        "Safety-critical powers. Each stops on its own day, at once, whatever the grace of the licence."
    ),
    Effect.ROLE_GATE: "Needed for a role. Missing, the licence stands, but the role is not fully held.",
    Effect.PROMOTION_GATE: "Needed before selection for the next rank. Missing, nothing happens to the licence.",
    Effect.ADVISORY: "Asked for and shown. Nothing hangs on it.",
}

EVIDENCE: Mapping[EvidenceTag, str] = {
    EvidenceTag.VERIFIED: "read in a public source",
    EvidenceTag.VERIFIED_OLD: "read in a public source that is old or superseded in part",
    EvidenceTag.PARTIAL: "partly or indirectly supported by a public source",
    EvidenceTag.ASSUMED: "background knowledge, not verified",
    EvidenceTag.PROPOSED: "proposed here, because nobody has set it",
    EvidenceTag.NOT_FOUND: "looked for and not found: a placeholder",
}

SETTINGS: Mapping[Overridable, str] = {
    Overridable.LEVEL: "its level",
    Overridable.VALIDITY_MONTHS: "how long it holds",
    Overridable.GRACE_DAYS: "its grace",
    Overridable.INITIAL_DAYS: "the time allowed the first time",
}

ABSENCES: Mapping[str, str] = {
    AbsenceKind.PARENTAL: "parental leave",
    AbsenceKind.LONG_TERM_SICKNESS: "sickness",
    AbsenceKind.CAREER_BREAK: "a career break",
    AbsenceKind.SECONDMENT: "a secondment",
    AbsenceKind.SUSPENDED_FROM_DUTY: "suspension from duty",
}

UNITS: Mapping[str, tuple[str, str]] = {
    Unit.MONTHS: (" month", " months"),
    Unit.WEEKS: (" week", " weeks"),
    Unit.DAYS: (" day", " days"),
    Unit.DAYS_BEFORE: (" day before", " days"),
    Unit.HOURS: (" hour", " hours"),
    Unit.PERCENT: ("%", "%"),
    Unit.A_YEAR: (" a year", " a year"),
    Unit.PEOPLE: (" person", " people"),
}

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LEAP_YEAR = 2024


def day_of_year(day: tuple[int, int]) -> str:
    """Say a (month, day) as 31 March."""
    month, number = day
    return f"{number} {MONTHS[month - 1]}"


def read_day_of_year(words: str) -> tuple[int, int] | None:
    """Read a day of the year such as 31 March as (month, day); 29 February is one."""
    number, _, month = words.strip().partition(" ")
    if not number.isascii() or not number.isdigit() or month.strip() not in MONTHS:
        return None
    which, day = MONTHS.index(month.strip()) + 1, int(number)
    return (which, day) if 1 <= day <= monthrange(LEAP_YEAR, which)[1] else None
