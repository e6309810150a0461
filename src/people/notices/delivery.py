"""How does every notice that is due by e-mail reach its recipient, once?"""

from collections import Counter
from datetime import timedelta

import structlog

from foundation.database import execute, fetch_one
from foundation.jobs.leases import TRIES, pause_after
from foundation.settings import settings
from people.notices.letters import Letter, composed
from people.notices.posting import Answer, PostOffice, PostOfficeClosedError, Said

LEASE = timedelta(minutes=2)
"""A letter whose sender died is sent again after this: the only one that may arrive twice, under one number."""
STALE = timedelta(days=7)
"""An e-mail older than this would tell old news; the inbox has kept it all along."""
log = structlog.get_logger("attested.notices")

DUE = """SELECT FROM people.notice_delivery
          WHERE channel = 'e-mail' AND state = 'due' AND due_at <= clock_timestamp()
            AND coalesce(lease_until < clock_timestamp(), true)"""
_CLAIM = """
UPDATE people.notice_delivery AS delivery SET lease_until = clock_timestamp() + $1::interval, attempt = attempt + 1
  FROM people.notice, people.person
 WHERE notice.id = notice_id AND person.id = recipient_id
   AND delivery.id = (SELECT id FROM people.notice_delivery
                       WHERE channel = 'e-mail' AND state = 'due' AND due_at <= clock_timestamp()
                         AND coalesce(lease_until < clock_timestamp(), true)
                       ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING delivery.id AS delivery_id, attempt, email AS address, headline, body
"""
_CLOSE = """
UPDATE people.notice_delivery
   SET state = $3, finished_at = clock_timestamp(), lease_until = NULL, last_error = $4
 WHERE id = $1 AND attempt = $2 AND state = 'due'
"""
_PUT_OFF = """
UPDATE people.notice_delivery
   SET due_at = clock_timestamp() + $3::interval, lease_until = NULL, last_error = $4
 WHERE id = $1 AND attempt = $2 AND state = 'due'
"""
_GIVE_BACK = """
UPDATE people.notice_delivery SET lease_until = NULL, attempt = attempt - 1
 WHERE id = $1 AND attempt = $2 AND state = 'due'
"""
_SET_ASIDE = """
UPDATE people.notice_delivery AS delivery
   SET state = CASE WHEN coalesce(email, '') = '' THEN 'no address' ELSE 'failed' END,
       last_error = CASE WHEN coalesce(email, '') = '' THEN NULL ELSE 'not sent within a week' END,
       finished_at = clock_timestamp(), lease_until = NULL
  FROM people.notice, people.person
 WHERE notice.id = notice_id AND person.id = recipient_id AND channel = 'e-mail' AND state = 'due'
   AND coalesce(lease_until < clock_timestamp(), true)
   AND (coalesce(email, '') = '' OR created_at < clock_timestamp() - $1::interval)
"""


async def deliver() -> Counter[Answer]:
    """Send every e-mail that is due, over one connection, and return how many were answered how.

    Each row is claimed, sent and closed by itself: a crash in between leaves that one to be sent again under the same
    number, and no other. While no mail server is set they wait, for a week at most.

    :raises PostOfficeClosedError: the mail server takes nothing; what is left waits for the next try.
    """
    await execute(_SET_ASIDE, STALE)
    answers: Counter[Answer] = Counter()
    chosen = settings()
    if chosen.smtp_host is None:
        return answers
    async with PostOffice(chosen) as office:
        while letter := await _claimed():
            answers[await _sent(letter, office)] += 1
    log.info("e-mail sent", **{answer.name.lower(): number for answer, number in answers.items()})
    return answers


async def _claimed() -> Letter | None:
    row = await fetch_one(_CLAIM, LEASE)
    return None if row is None else Letter(**row)


async def _sent(letter: Letter, office: PostOffice) -> Answer:
    key = (letter.delivery_id, letter.attempt)
    try:
        said = await _handed_over(letter, office)
    except PostOfficeClosedError:
        await execute(_GIVE_BACK, *key)
        raise
    if said.answer is Answer.NOT_NOW and letter.attempt < TRIES:
        await execute(_PUT_OFF, *key, pause_after(letter.attempt), said.words)
    else:
        await execute(_CLOSE, *key, "sent" if said.answer is Answer.TAKEN else "failed", said.words)
    return said.answer


async def _handed_over(letter: Letter, office: PostOffice) -> Said:
    try:
        message = composed(letter, sender=office.settings.mail_from, service=office.settings.address)
    except ValueError as unfit:
        return Said(Answer.REFUSED, f"cannot be written: {type(unfit).__name__}")
    return await office.send(message)
