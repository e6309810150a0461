"""In which words is it told that somebody broke the glass? Never with anybody's name: an e-mail is read by others too."""

from datetime import date, datetime

from foundation.wording import as_date_and_time
from people.notices.rules import NewNotice, Rung


def to_privacy_officer(officer_id: int, glass_id: int, reason: str, *, on: date) -> NewNotice:
    """Tell whoever answers for privacy that a pane was broken, at once and without anybody's name."""
    return NewNotice(
        officer_id,
        f"GLASS-REVIEW:{glass_id}",
        on,
        Rung.TOLD,
        "A record was opened in an emergency",
        f"Somebody broke the glass before one record of your force. The reason they gave: {reason}.\n\n"
        "Say within 24 hours whether it was right.",
    )


def to_subject(subject_id: int, glass_id: int, reason: str, opened_at: datetime, *, on: date) -> NewNotice:
    """Tell the person that their passport was opened; who it was, they see where everybody who looked is listed."""
    return NewNotice(
        subject_id,
        f"GLASS:{glass_id}",
        on,
        Rung.TOLD,
        "Your passport was opened in an emergency",
        f"Somebody who could not otherwise see it opened your passport on {as_date_and_time(opened_at)}, for an hour at "
        f"most. The reason they gave: {reason}.\n\nThe privacy officer of your force says whether it was right.",
    )


def to_breaker(breaker_id: int, glass_id: int, *, is_upheld: bool, on: date) -> NewNotice:
    """Tell whoever broke the glass what the review said; the reviewer's words are on the page."""
    said = "was right" if is_upheld else "was not right"
    return NewNotice(
        breaker_id,
        f"GLASS-MINE:{glass_id}",
        on,
        Rung.TOLD,
        f"The review says that breaking the glass {said}",
        "A privacy officer has looked at why you opened a record in an emergency.",
    )


def overdue(officer_id: int, glass_id: int, *, on: date) -> NewNotice:
    """Tell whoever answers for privacy that a review has been missing for a day."""
    return NewNotice(
        officer_id,
        f"GLASS-REVIEW:{glass_id}:overdue",
        on,
        Rung.TOLD,
        "A review is overdue",
        "Somebody opened a record in an emergency more than 24 hours ago, and nobody has said whether it was right.",
    )
