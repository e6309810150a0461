"""Which roles are there, and what is each for?"""

from enum import StrEnum


class Role(StrEnum):
    """A role is held by grant, for a force, from a day through a day; the first two follow from the records."""

    OFFICER = "officer"
    """Everyone in the workforce, towards their own record."""

    SUPERVISOR = "supervisor"
    """Whoever supervises somebody today, towards their reports."""

    LICENSING_DESK = "licensing desk"
    """HR's licensing desk: the licences of its force."""

    RESPONSIBLE_OFFICER = "responsible officer"
    """Decides renewals and every other determination on the licences of its force."""

    LEARNING = "learning and development"
    """Hands in the files of the force's learning and HR systems."""

    OCCUPATIONAL_HEALTH = "occupational health"
    """Clinicians: care for the people of their force, in confidence."""

    WELLBEING_COORDINATOR = "wellbeing coordinator"
    """Runs the force's peer support after trauma (TRiM): sees that support was offered, never the clinical record."""

    VETTING_OFFICER = "vetting officer"
    """Opens the vetting cases assigned to them, and sees the clearances of their force."""

    BOARD_MEMBER = "promotion board member"
    """Sees the candidates before their own board."""

    FORCE_LEAD = "force lead"
    """Answers for the force: its figures, and who in it holds which role."""

    STANDARDS_BODY = "standards body"
    """The national body: figures of every force, and nobody's name."""

    CASE_OFFICER = "national case officer"
    """Works on the licence cases that reach the national body, in whichever force."""

    PRIVACY_OFFICER = "privacy officer"
    """The force's data protection officer: who looked at what, and what is held on whom."""

    OPERATOR = "operator"
    """Keeps the service running; sees jobs, never people's records."""

    HR_FEED = "HR feed"
    """A force's HR system: hands in its extracts."""

    LEARNING_FEED = "learning feed"
    """A force's learning system: hands in its extracts."""

    INCIDENT_FEED = "incident feed"
    """A force's command and control system: says which people attended what."""

    @property
    def follows_from_records(self) -> bool:
        """Say whether the role is never granted, because the records themselves give it."""
        return self in {Role.OFFICER, Role.SUPERVISOR}

    @property
    def is_machine(self) -> bool:
        """Say whether a system holds the role, never a person."""
        return self in {Role.HR_FEED, Role.LEARNING_FEED, Role.INCIDENT_FEED}

    @property
    def is_national(self) -> bool:
        """Say whether the role is held for every force at once."""
        return self in {Role.STANDARDS_BODY, Role.CASE_OFFICER, Role.OPERATOR}

    @property
    def is_confidential(self) -> bool:
        """Say whether the role opens health or vetting: it is acted in alone, after proving oneself again."""
        return self in {Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR, Role.VETTING_OFFICER}

    @property
    def needs_approval(self) -> bool:
        """Say whether a second person must agree before a grant of the role counts."""
        return self.is_confidential or self in {Role.BOARD_MEMBER, Role.PRIVACY_OFFICER}
