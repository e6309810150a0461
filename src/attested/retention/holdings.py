"""Where does each kind of record lie, and how does it go?"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of record that has a retention rule."""

    SESSIONS = "sessions"
    SIGN_IN_ATTEMPTS = "sign-in attempts"
    LINES_OF_FILES = "lines of files"
    ERRANDS = "work on files"
    NOTICES = "notices"
    WORDS_IN_THE_AUDIT = "words in the audit"
    AUDIT = "audit and who looked"
    ROLES = "roles and accounts"
    EVIDENCE = "evidence and determinations"
    STATEMENTS = "statements"
    EMPTY_STATEMENTS = "statements that gave nothing"
    CLAIMS = "claims that were not accepted"
    SHEETS = "places on sheets never signed"
    CONVERSATIONS = "conversations"
    DEVELOPMENT = "reflections and leadership"
    WHAT_IFS = "people of what-ifs"
    COMING_DUE = "counts of what comes due"
    CALENDARS = "ended calendar addresses"
    CARE = "care"
    VETTING = "vetting"
    COPIES = "copies of what is held"
    FILES = "files of what does not count"


NOT_HELD = """(aged.person_id IS NULL OR NOT EXISTS (SELECT FROM foundation.retention_hold AS hold
                WHERE hold.person_id = aged.person_id AND hold.ended_at IS NULL))"""


@dataclass(frozen=True, slots=True)
class Holding:
    """How the records of a kind are found and taken away.

    `aged` gives each row that could go its `id`, `aged_on`, the day its time began, and its `person_id`, if it is
    about one; `goes` takes those away that are `taken`, and returns each as text, for the digest.
    """

    aged: str
    goes: str

    @property
    def purge(self) -> str:
        """Return what takes away those from before $1, at most $2 of them, but nobody's on whom there is a hold."""
        return f"""
            WITH taken AS MATERIALIZED (
                SELECT id FROM ({self.aged}) AS aged WHERE aged_on < $1 AND {NOT_HELD} ORDER BY aged_on, id LIMIT $2)
            {self.goes}"""  # noqa: S608 - our own SQL


_SESSIONS = """
SELECT id, person_id, coalesce(ended_at, seen_at)::date AS aged_on FROM access.session
 WHERE NOT EXISTS (SELECT FROM access.sign_in_attempt WHERE session_id = session.id)
   AND (ended_at IS NOT NULL OR seen_at < clock_timestamp() - interval '1 day')"""
_ATTEMPTS = "SELECT state_hash AS id, NULL::integer AS person_id, began_at::date AS aged_on FROM access.sign_in_attempt"
_LINES = """
SELECT line.ctid AS id, NULL::integer AS person_id, finished_at::date AS aged_on
  FROM foundation.intake_line AS line JOIN foundation.intake ON intake.id = line.intake_id
 WHERE finished_at IS NOT NULL"""
_ERRANDS = """
SELECT id, NULL::integer AS person_id, ended_at::date AS aged_on FROM foundation.intake_errand WHERE ended_at IS NOT NULL"""
# What waits for an answer stays, and so does what voids another: sent again, the other must still count for nothing.
_EMPTY_STATEMENTS = """
SELECT (force_id, id) AS id, person_id, stored_at::date AS aged_on FROM passport.statement
 WHERE outcome IN ('ignored', 'not met', 'already recorded')"""
_CLAIMS = """
SELECT id, person_id, decided_at::date AS aged_on FROM passport.prior_claim WHERE decision IN ('declined', 'taken back')"""
# That the force cancelled a class may excuse whoever was booked: their places stay while a proposal rests on them.
_SHEETS = """
SELECT place.ctid AS id, place.person_id, held_on AS aged_on
  FROM passport.class_place AS place JOIN passport.training_class ON training_class.id = class_id
 WHERE signed_at IS NULL AND NOT EXISTS (
       SELECT FROM passport.dispensation_proposal AS proposed
        WHERE proposed.class_id = place.class_id AND proposed.person_id = place.person_id)"""
# An approval rests on the lists of its what-if until the policy has come into force.
_WHAT_IFS = """
SELECT listed.ctid AS id, listed.person_id, greatest(finished_at::date, version.in_force_from) AS aged_on
  FROM licence.what_if_person AS listed JOIN licence.what_if ON what_if.id = what_if_id
  LEFT JOIN passport.policy_version AS version ON version.number = what_if.number AND attached_at IS NOT NULL
 WHERE finished_at IS NOT NULL"""
_COMING_DUE = "SELECT person_id AS id, person_id, counted_on AS aged_on FROM licence.coming_due"
_CALENDARS = (
    "SELECT id, person_id, ended_at::date AS aged_on FROM licence.calendar_address WHERE ended_at IS NOT NULL"
)
_NOTICES = "SELECT id, person_id, created_at::date AS aged_on FROM people.notice"
_WORDS = """
SELECT event_id AS id, subject_id AS person_id, at::date AS aged_on
  FROM foundation.audit_text JOIN foundation.audit_event ON audit_event.id = event_id
 WHERE erased_at IS NULL"""
_COPIES = """
SELECT id, person_id, (complete_at AT TIME ZONE 'Europe/London')::date AS aged_on FROM access.subject_request
 WHERE complete_at IS NOT NULL AND purged_at IS NULL"""

# A file hangs on one link of a chain; whether the record still counts, its last link says.
_FILES = """
SELECT attachment.id, attachment.person_id, (last.superseded_at AT TIME ZONE 'Europe/London')::date AS aged_on
  FROM passport.attachment JOIN passport.evidence_attachment ON attachment_id = attachment.id
 CROSS JOIN LATERAL (
       WITH RECURSIVE chain AS (
           SELECT one.id, one.superseded_at FROM passport.evidence AS one WHERE one.id = evidence_id
           UNION ALL
           SELECT later.id, later.superseded_at FROM chain JOIN passport.evidence AS later ON later.supersedes = chain.id
       ) SELECT superseded_at FROM chain ORDER BY id DESC LIMIT 1) AS last
 WHERE gone_at IS NULL AND last.superseded_at IS NOT NULL"""


def _deleted(aged: str, table: str, key: str) -> Holding:
    """Return how rows go that leave nothing behind."""
    taken = f"{key} = ANY(ARRAY(SELECT id FROM taken))"  # noqa: S608 - our own SQL
    return Holding(aged, f"DELETE FROM {table} AS gone WHERE {taken} RETURNING gone::text")  # noqa: S608 - our own SQL


HOLDINGS = {
    Kind.SESSIONS: _deleted(_SESSIONS, "access.session", "id"),
    Kind.SIGN_IN_ATTEMPTS: _deleted(_ATTEMPTS, "access.sign_in_attempt", "state_hash"),
    Kind.LINES_OF_FILES: _deleted(_LINES, "foundation.intake_line", "ctid"),
    Kind.ERRANDS: _deleted(_ERRANDS, "foundation.intake_errand", "id"),
    Kind.EMPTY_STATEMENTS: _deleted(_EMPTY_STATEMENTS, "passport.statement", "(force_id, id)"),
    Kind.CLAIMS: _deleted(_CLAIMS, "passport.prior_claim", "id"),
    Kind.SHEETS: _deleted(_SHEETS, "passport.class_place", "ctid"),
    Kind.WHAT_IFS: Holding(
        _WHAT_IFS,
        """, gone AS (DELETE FROM licence.what_if_person AS listed WHERE ctid = ANY(ARRAY(SELECT id FROM taken))
                     RETURNING what_if_id, listed::text AS told),
             noted AS (UPDATE licence.what_if SET lists_gone_at = clock_timestamp()
                        WHERE lists_gone_at IS NULL AND id IN (SELECT what_if_id FROM gone))
           SELECT told FROM gone""",
    ),
    Kind.COMING_DUE: _deleted(_COMING_DUE, "licence.coming_due", "person_id"),
    Kind.CALENDARS: _deleted(_CALENDARS, "licence.calendar_address", "id"),
    Kind.NOTICES: Holding(
        _NOTICES,
        """, told AS (DELETE FROM people.notice_delivery WHERE notice_id IN (SELECT id FROM taken) RETURNING notice_id)
           DELETE FROM people.notice WHERE id IN (SELECT id FROM taken)
           RETURNING notice::text""",
    ),
    Kind.WORDS_IN_THE_AUDIT: Holding(
        _WORDS,
        """UPDATE foundation.audit_text SET salt = NULL, text = NULL, erased_at = clock_timestamp()
            WHERE event_id IN (SELECT id FROM taken) AND erased_at IS NULL RETURNING event_id::text""",
    ),
    Kind.FILES: Holding(
        _FILES,
        """UPDATE passport.attachment SET name = NULL, gone_at = clock_timestamp(), gone_reason = 'kept long enough'
            WHERE id IN (SELECT id FROM taken) AND gone_at IS NULL RETURNING encode(sha256, 'hex')""",
    ),
    Kind.COPIES: Holding(
        _COPIES,
        """, gone AS (DELETE FROM access.subject_part WHERE request_id IN (SELECT id FROM taken)
                  RETURNING request_id, part || ' ' || encode(sha256, 'hex') AS told)
           UPDATE access.subject_request SET purged_at = clock_timestamp() WHERE id IN (SELECT id FROM taken)
           RETURNING (SELECT concat_ws(' ', id, string_agg(told, ' ' ORDER BY told)) FROM gone WHERE request_id = id)""",
    ),
}
"""The kinds that something knows how to take away; the others can have no time set."""
