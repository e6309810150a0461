"""How are rows written down, ready for COPY?"""

from dataclasses import dataclass, field
from enum import StrEnum

NULL = "\\N"


class Into(StrEnum):
    """Where rows go, in the order in which they must: nothing names what is not there yet."""

    UNIT = "unit"
    PERSON = "person"
    IDENTIFIER = "identifier"
    POST = "post"
    LINE = "line"
    ABSENCE = "absence"
    EVIDENCE = "evidence"
    CORRECTION = "correction"
    ENTRY = "entry"
    DISPENSATION = "dispensation"
    OFFER = "offer"
    DETERMINATION = "determination"
    CLEARANCE = "clearance"
    CASE = "vetting case"
    MATERIAL = "case material"
    ASSIGNMENT = "case assignment"
    EXPOSURE = "exposure"
    RESPONSE = "response"
    TREATMENT = "treatment"
    NOTE = "care note"
    CONVERSATION = "conversation"
    CONVERSATION_ENTRY = "conversation entry"
    CONVERSATION_ACTION = "conversation action"
    CONVERSATION_DRAFT = "conversation draft"
    CPD_ENTRY = "cpd entry"
    CPD_SHARE = "cpd share"
    CPD_VERIFICATION = "cpd verification"
    EXAMPLE = "leadership example"
    JUDGEMENT = "leadership judgement"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Target:
    """A table with the columns that rows of a kind fill."""

    schema: str
    table: str
    columns: tuple[str, ...]


_DATED = ("valid_from", "valid_until", "recorded_at")
_EVIDENCE = (
    "id",
    "person_id",
    "requirement_id",
    "completed_on",
    "is_verified",
    "recorded_at",
    "hours",
    "source",
)
TARGETS = {
    Into.UNIT: Target("people", "unit", ("id", "force_id", "name")),
    Into.PERSON: Target("people", "person", ("id", "national_id", "given_names", "family_name", "known_as", "email",
                        "joined_on", "is_protected", "recorded_at")),
    Into.IDENTIFIER: Target("people", "identifier", ("person_id", "force_id", "scheme", "value", *_DATED)),
    Into.POST: Target("people", "post", ("person_id", "force_id", "unit_id", "kind", "rank", "rank_basis", "job_title",
                      "profiles", "fte", *_DATED)),
    Into.LINE: Target("people", "line", ("person_id", "supervisor_id", "is_cover", *_DATED)),
    Into.ABSENCE: Target("people", "absence", ("person_id", "kind", *_DATED)),
    Into.EVIDENCE: Target("passport", "evidence", _EVIDENCE),
    Into.CORRECTION: Target("passport", "evidence", (*_EVIDENCE, "superseded_at", "superseded_by", "superseded_reason",
                            "supersedes")),
    Into.ENTRY: Target("passport", "evidence", (*_EVIDENCE, "recorded_by", "superseded_at", "superseded_by",
                       "superseded_reason")),
    Into.DISPENSATION: Target("passport", "dispensation", ("person_id", "requirement_id", "kind", "reason", "recorded_by",
                              "approved_by", *_DATED)),
    Into.OFFER: Target("wellbeing", "check_offer", ("person_id", "offered_on", "recorded_at", "force_id")),
    Into.DETERMINATION: Target("licence", "determination", ("person_id", "kind", "effective_on", "condition", "reasons",
                               "recorded_by", "approved_by", "recorded_at")),
    Into.CLEARANCE: Target("vetting", "clearance", ("person_id", "force_id", "level", "valid_from", "valid_until", "status",
                           "recorded_at")),
    Into.CASE: Target("vetting", "vetting_case", ("number", "person_id", "force_id", "level", "opened_on", "opened_by",
                      "outcome", "concluded_on", "told_on", "proposed_outcome", "proposed_by", "concluded_by")),
    Into.MATERIAL: Target("vetting", "case_material", ("case_number", "person_id", "kind", "text", "recorded_at",
                          "recorded_by")),
    Into.ASSIGNMENT: Target("vetting", "case_assignment", ("case_number", "person_id", "force_id", "officer_id",
                            "valid_from", "opened_by", "opened_at", "agreed_by", "agreed_at")),
    Into.EXPOSURE: Target("wellbeing", "exposure", ("person_id", "force_id", "kind", "attended_on", "incident",
                          "recorded_at")),
    Into.RESPONSE: Target("wellbeing", "check_response", ("person_id", "force_id", "offered_on", "answer", "answered_at")),
    Into.TREATMENT: Target("wellbeing", "treatment", ("person_id", "force_id", "clinician_id", "valid_from")),
    Into.NOTE: Target("wellbeing", "care_note", ("person_id", "force_id", "author_id", "written_at", "text")),
    Into.CONVERSATION: Target("passport", "conversation", ("id", "person_id", "supervisor_id", "held_on", "shared_at")),
    Into.CONVERSATION_ENTRY: Target("passport", "conversation_entry", ("conversation_id", "person_id", "supervisor_id",
                                    "author_id", "recorded_at", "kind", "topic", "stance", "text")),
    Into.CONVERSATION_ACTION: Target("passport", "conversation_action", ("conversation_id", "person_id", "agreed_by",
                                     "agreed_at", "due_on", "done_on", "done_by", "falls_to", "what")),
    Into.CONVERSATION_DRAFT: Target("passport", "conversation_draft", ("writer_id", "person_id", "begun_at", "saved_at",
                                    "content")),
    Into.CPD_ENTRY: Target("passport", "cpd_entry", ("id", "person_id", "title", "happened_on", "what", "so_what",
                           "now_what", "hours", "standards", "recorded_at", "changed_at")),
    Into.CPD_SHARE: Target("passport", "cpd_share", ("entry_id", "person_id", "reader_id", "as_supervisor", "shared_at")),
    Into.CPD_VERIFICATION: Target("passport", "cpd_verification", ("entry_id", "person_id", "verified_by", "as_supervisor",
                                  "words", "recorded_at")),
    Into.EXAMPLE: Target("passport", "leadership_example", ("person_id", "title", "happened_on", "text", "standards",
                         "recorded_at", "changed_at", "offered_at")),
    Into.JUDGEMENT: Target("passport", "leadership_judgement", ("person_id", "standard", "verdict", "words", "capacity",
                           "judged_by", "recorded_at")),
    Into.ROLE: Target("access", "role_grant", ("person_id", "role", "force_id", "valid_from", "granted_at",
                      "granted_by", "approved_by", "approved_at")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that go into one table, as COPY reads them."""

    into: Into
    rows: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Book:
    """Everything written down of one force."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Lines being written, a list for each table; `of` is what hot loops append to."""

    lines: dict[Into, list[str]] = field(default_factory=lambda: {into: [] for into in Into})

    def of(self, into: Into) -> list[str]:
        """Return the lines that go into a table."""
        return self.lines[into]

    def bound(self) -> Book:
        """Bind the lines into sheets, in the order in which they must be loaded."""
        return Book(
            tuple(
                Sheet(into, len(lines), "".join(lines).encode())
                for into, lines in self.lines.items()
                if lines
            )
        )
