"""Where does each kind of record lie, and how does it go?"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of record that has a retention rule."""

    SESSIONS = "sessions"
    SIGN_IN_ATTEMPTS = "sign-in attempts"
    LINES_OF_FILES = "lines of files"
    NOTICES = "notices"
    WORDS_IN_THE_AUDIT = "words in the audit"
    EVIDENCE = "evidence and determinations"
    CONVERSATIONS = "conversations"
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


HOLDINGS = {
    Kind.SESSIONS: Holding(
        _SESSIONS, "DELETE FROM access.session WHERE id IN (SELECT id FROM taken) RETURNING session::text"
    ),
    Kind.SIGN_IN_ATTEMPTS: Holding(
        _ATTEMPTS,
        """DELETE FROM access.sign_in_attempt WHERE state_hash IN (SELECT id FROM taken)
           RETURNING sign_in_attempt::text""",
    ),
    Kind.LINES_OF_FILES: Holding(
        _LINES,
        """DELETE FROM foundation.intake_line WHERE ctid = ANY(ARRAY(SELECT id FROM taken))
           RETURNING intake_line::text""",
    ),
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
