"""What is a reading, and how is it told in plain words to the person it was about?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from access.roles import Role
from foundation.audit import Detail
from foundation.wording import as_sentence_case


class Opened(StrEnum):
    """What can be looked at, by the name of its line of audit."""

    PASSPORT = "passport read"
    EVIDENCE = "evidence read"
    TEAM = "licence.team.read"
    DESK_LIST = "licence.list.read"
    DESK_FILE = "licence.list.exported"
    SEARCH = "licence.people.found"
    FILE_LINES = "intake.lines.read"
    FILE_RETURNED = "intake.returned.taken"
    INBOX = "notices about others read"
    READERS = "readings read"


class Way(StrEnum):
    """By which way something was looked at."""

    PAGE = "page"
    PAPER = "paper"
    PROGRAM = "program"
    FILE = "file"


# To whom it happened: every sentence follows a name, or "Somebody".
WORDS: Mapping[str, str] = {
    Opened.PASSPORT: "Opened your passport",
    Opened.EVIDENCE: "Opened the evidence in your passport",
    Opened.TEAM: "Saw you in the list of their team",
    Opened.DESK_LIST: "Saw you in a list of the licensing desk",
    Opened.DESK_FILE: "Took a list away in which you are",
    Opened.SEARCH: "Saw you among the people a search found",
    Opened.FILE_LINES: "Saw a line about you in a file that was handed in",
    Opened.FILE_RETURNED: "Took lines about you back from a file that was handed in",
    Opened.INBOX: "Read a notice about you",
    Opened.READERS: "Saw who looked at your record",
}
PRINTED = "Printed your passport"
PURPOSES: Mapping[Role, str] = {
    Role.OFFICER: "own record",
    Role.SUPERVISOR: "supervision",
    Role.LICENSING_DESK: "the licences of the force",
    Role.RESPONSIBLE_OFFICER: "deciding on licences",
    Role.LEARNING: "files of the force",
    Role.CASE_OFFICER: "a national case",
    Role.PRIVACY_OFFICER: "data protection",
    Role.OCCUPATIONAL_HEALTH: "care",
    Role.WELLBEING_COORDINATOR: "care",
    Role.VETTING_OFFICER: "vetting",
    Role.BOARD_MEMBER: "promotion",
    Role.FORCE_LEAD: "leading the force",
    Role.HR_FEED: "files of the force",
    Role.LEARNING_FEED: "files of the force",
    Role.INCIDENT_FEED: "files of the force",
}
"""What somebody looks for, in each role, where nothing narrower is known."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is about to be looked at, by which way, in which request; the purpose is the role's, if none is given."""

    opened: Opened
    request_id: str | None = None
    way: Way = Way.PAGE
    purpose: str | None = None
    detail: Detail = field(default_factory=dict)


def told(event: str, way: str | None) -> str:
    """Say in plain words what somebody looked at; whatever has no words of its own tells its name."""
    if event == Opened.PASSPORT and way == Way.PAPER:
        return PRINTED
    return WORDS.get(event) or as_sentence_case(event.replace(".", " "))


def purpose_of(role: Role) -> str:
    """Return what somebody in a role looks for."""
    return PURPOSES.get(role, str(role))
