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
    RECORD = "evidence record read"
    ATTACHMENT = "attachment taken"
    TO_VERIFY = "evidence to verify listed"
    TEAM = "licence.team.read"
    DESK_LIST = "licence.list.read"
    DESK_FILE = "licence.list.exported"
    WHAT_IF_LIST = "licence.what_if.read"
    WHAT_IF_FILE = "licence.what_if.exported"
    SEARCH = "licence.people.found"
    FILE_LINES = "intake.lines.read"
    FILE_RETURNED = "intake.returned.taken"
    DEMAND = "training demand of people read"
    DEMAND_FILE = "training demand exported"
    FIGURES_FILE = "figures exported"
    INBOX = "notices about others read"
    READERS = "readings of a person read"
    READ_BY = "readings by a person read"
    CONVERSATIONS = "conversations of a person read"
    CONVERSATION = "conversation read"
    CONVERSATIONS_DUE = "conversations due listed"
    GLASS = "glass broken"
    GLASSES = "broken glass read"
    CLASS = "class read"
    DOUBTS = "evidence in doubt read"
    WAIVERS = "waivers read"
    PRIOR = "earlier learning read"
    CPD = "cpd entry read"
    CPD_FILE = "cpd file taken"
    CPD_LIST = "cpd entries listed"
    PATHWAY = "pathway read"
    LEADERSHIP = "leadership read"
    LEADERSHIP_FILE = "leadership file taken"
    LEADERSHIP_LIST = "leadership listed"
    STATEMENTS = "statements read"


class Way(StrEnum):
    """By which way something was looked at."""

    PAGE = "page"
    PAPER = "paper"
    PROGRAM = "program"
    FILE = "file"


# What the person is told, and what the privacy officer of their force is told about whoever looked.
WORDS: Mapping[str, tuple[str, str]] = {
    Opened.PASSPORT: ("Opened your passport", "Opened a passport"),
    Opened.EVIDENCE: ("Opened the evidence in your passport", "Opened the evidence in a passport"),
    Opened.RECORD: ("Opened a record of what you met", "Opened a record of what somebody met"),
    Opened.ATTACHMENT: (
        "Took away a file attached to a record of yours",
        "Took away a file attached to a record",
    ),
    Opened.TO_VERIFY: (
        "Saw you in the list of what waits to be verified",
        "Looked at what waits to be verified",
    ),
    Opened.TEAM: ("Saw you in the list of their team", "Looked at their team"),
    Opened.DESK_LIST: ("Saw you in a list of the licensing desk", "Looked at a list of the licensing desk"),
    Opened.DESK_FILE: ("Took away a list that you are in", "Took a list away as a file"),
    Opened.WHAT_IF_LIST: (
        "Saw you in a list of whom a draft of policy would change",
        "Looked at whom a draft of policy would change",
    ),
    Opened.WHAT_IF_FILE: (
        "Took away a list of whom a draft of policy would change",
        "Took away whom a draft of policy would change",
    ),
    Opened.SEARCH: ("Saw you among the people that a search found", "Searched for people"),
    Opened.FILE_LINES: ("Saw a line about you in a file handed in", "Looked at lines of a file handed in"),
    Opened.FILE_RETURNED: ("Took away a line about you from a file handed in", "Took lines of a file away"),
    Opened.DEMAND: ("Saw when you need which training", "Looked at who needs which training"),
    Opened.DEMAND_FILE: ("Took away figures of your force", "Took the training demand away"),
    Opened.FIGURES_FILE: ("Took away figures of your force", "Took the national figures away"),
    Opened.INBOX: ("Read a notice about you", "Read notices about the people they supervise"),
    Opened.CONVERSATIONS: ("Looked at your development conversations", "Looked at development conversations"),
    Opened.CONVERSATION: ("Opened a development conversation with you", "Opened a development conversation"),
    Opened.CONVERSATIONS_DUE: (
        "Saw when your next development conversation is due",
        "Looked at whose development conversations are due",
    ),
    Opened.READERS: ("Looked at who looked at your record", "Looked at who looked at a record"),
    Opened.GLASS: ("Broke the glass before your passport", "Broke the glass before a passport"),
    Opened.GLASSES: ("Reviewed who broke the glass before your passport", "Reviewed broken glass"),
    Opened.STATEMENTS: ("Looked at statements that wait", "Looked at statements that wait"),
    Opened.WAIVERS: ("Saw a waiver for you, or that was proposed", "Looked at waivers"),
    Opened.PRIOR: ("Saw what you claim to have learned before", "Looked at claims of earlier learning"),
    Opened.DOUBTS: ("Saw that evidence of yours is in doubt", "Looked at evidence in doubt"),
    Opened.CLASS: ("Opened the sheet of a class you were on", "Opened the sheet of a class"),
    Opened.PATHWAY: (
        "Looked at what you would need for a role",
        "Looked at what somebody would need for a role",
    ),
    Opened.CPD: (
        "Read what you shared of your development",
        "Read what somebody shared of their development",
    ),
    Opened.CPD_FILE: (
        "Took away a file that you shared with your development",
        "Took away a file that somebody shared with their development",
    ),
    Opened.LEADERSHIP_FILE: (
        "Took away a file that you offered with an example of your leadership",
        "Took away a file that somebody offered with an example of leadership",
    ),
    Opened.LEADERSHIP: (
        "Looked at what you show of your leadership",
        "Looked at what somebody shows of leadership",
    ),
    Opened.LEADERSHIP_LIST: (
        "Saw you in the list of those who show their leadership",
        "Looked at who shows their leadership",
    ),
    Opened.CPD_LIST: (
        "Saw in a list what you shared of your development",
        "Looked at what others shared of their development",
    ),
    Opened.READ_BY: ("Looked at what you looked at", "Looked at what somebody looked at"),
}
NOT_TOLD = (Opened.READ_BY,)
"""What the person is not told: that the privacy officer looks into what they looked at would warn them."""
# What is read behind a wall is written down there, under names of its own.
BEHIND_A_WALL: Mapping[str, tuple[str, str]] = {
    "care read": ("Opened your care record", "Opened a care record"),
    "care listed": ("Saw you in the list of those to be offered support", "Looked at whom to offer support"),
    "clearances read": ("Saw the level of your vetting in a list", "Looked at levels of vetting"),
    "vetting cases listed": ("Saw your name in their list of vetting cases", "Looked at their vetting cases"),
    "vetting case read": ("Opened your vetting case", "Opened a vetting case"),
}
PRINTED = ("Printed your passport", "Printed a passport")
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
    Role.STANDARDS_BODY: "national view",
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


def told_to_subject(event: str, way: str | None) -> str:
    """Say to the person themselves what somebody did; whatever has no words of its own tells its name."""
    return _words(event, way)[0]


def told_of_reader(event: str, way: str | None) -> str:
    """Say of somebody what they did, whoever it was about."""
    return _words(event, way)[1]


def _words(event: str, way: str | None) -> tuple[str, str]:
    if event == Opened.PASSPORT and way == Way.PAPER:
        return PRINTED
    plain = as_sentence_case(event.replace(".", " "))
    return {**BEHIND_A_WALL, **WORDS}.get(event, (plain, plain))


def purpose_of(role: Role) -> str:
    """Return what somebody in a role looks for."""
    return PURPOSES.get(role, str(role))
