"""What can anyone be permitted to do here?"""

from enum import StrEnum


class Permission(StrEnum):
    """Every permission there is; each route names one, and a route that names none answers nobody."""

    PUBLIC = "public"
    """Open to anyone, signed in or not: the front door, its style, and whether the service is well."""

    SIGN_IN = "sign in"
    """Choose who one is. Open while nobody is signed in."""

    OWN_SESSION = "own session"
    """Whatever concerns only the person signed in: their front page, signing out."""

    PASSPORT_READ = "passport: read"
    """See a person's standing, findings, evidence and timeline."""

    TEAM_READ = "team: read"
    """See who of one's own reports may do what, and what of theirs lapses when."""

    DESK_READ = "desk: read"
    """See a force's licences: who has lapsed, who is in grace, what lapses soon."""

    DESK_EXPORT = "desk: export"
    """Take the desk's list away as a file: exactly what the screen shows."""

    PERSON_FIND = "person: find"
    """Find a person of the force in its directory."""

    POLICY_READ = "policy: read"
    """Read what policy asks, in plain words, in every version."""

    NOTICE_READ = "notice: read"
    """Read the notices in one's own inbox."""

    INTAKE_READ = "intake: read"
    """See the files that were handed in for a force, and the report on each."""

    INTAKE_WRITE = "intake: write"
    """Hand in a file for a force, commit it or discard it."""

    JOB_READ = "job: read"
    """See what runs, what waits and what has died."""

    JOB_REQUEUE = "job: requeue"
    """Give a dead job another try."""
