"""In which words are people told of conversations? Never with any of theirs: an e-mail is read by others too."""

from collections.abc import Collection
from datetime import date

from foundation.wording import as_date
from passport.conversations.facts import Stands
from passport.conversations.rules import Flag, Unled
from people.notices.rules import NewNotice, Rung

_WHY = {
    Unled.NOBODY: "Nobody is recorded as supervising {name}",
    Unled.GONE: "Whoever is recorded as supervising {name} is no longer in post",
    Unled.AWAY: "Whoever supervises {name} is away, and nobody covers for them",
}


def shared(person_id: int, number: int, *, held_on: date, on: date) -> NewNotice:
    """Tell the person that what was written of a conversation can be read and answered."""
    return NewNotice(
        person_id,
        f"CONVERSATION-SHARED:{number}",
        on,
        Rung.TOLD,
        "A development conversation was shared with you",
        f"Your supervisor has written down the conversation of {as_date(held_on)}. Read it, say how you see it, and sign it.",
    )


def answered(supervisor_id: int, number: int, *, held_on: date, on: date) -> NewNotice:
    """Tell the supervisor that the other party has answered."""
    return NewNotice(
        supervisor_id,
        f"CONVERSATION-ANSWERED:{number}",
        on,
        Rung.TOLD,
        "A development conversation was answered and signed",
        f"The conversation of {as_date(held_on)} has an answer. Neither of you can change it now; either can add to it.",
    )


def flagged(flag: Flag, one: Stands, to: Collection[int], *, on: date) -> NewNotice:
    """Tell whoever has to see to it what is late, or that nobody can hold it: its days, and nothing else."""
    due_on = one.next.due_on or on
    headline, body = _WORDS[flag](one, as_date(due_on))
    rung = Rung.TOLD if flag is Flag.UNLED else Rung.OVERDUE
    return NewNotice(one.person_id, flag, due_on, rung, headline, body, to=frozenset(to))


def _overdue(one: Stands, day: str) -> tuple[str, str]:
    last = f"The last was on {as_date(one.next.held_on)}." if one.next.held_on else "None is recorded yet."
    return (
        f"{one.name}: a development conversation was due on {day}",
        f"{last} The supervisor prepares it from My team; it takes a few minutes.",
    )


def _still(one: Stands, day: str) -> tuple[str, str]:
    return (
        f"{one.name}: a development conversation is still overdue",
        f"It was due on {day}, and their supervisor was told. See to it that there is time for it.",
    )


def _unled(one: Stands, day: str) -> tuple[str, str]:
    why = _WHY[one.above.unled or Unled.NOBODY].format(name=one.name)
    return (
        f"{one.name}: nobody can hold their development conversation",
        f"{why}. The next conversation is due on {day}. Record a supervisor, or cover, in the HR system.",
    )


_WORDS = {Flag.OVERDUE: _overdue, Flag.STILL: _still, Flag.UNLED: _unled}
