"""What did one of the two type, and what is missing before it can be shared or signed?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.conversations.framework import IN_SHORT, framework
from passport.conversations.rules import (
    LARGEST,
    LONGEST_AGO,
    LONGEST_AHEAD,
    LONGEST_TEXT,
    LONGEST_WHAT,
    MOST_ACTIONS,
    Part,
    Stance,
)
from passport.conversations.shelf import Content, Draft, NewAction

BY = {"1": "In a week", "2": "In two weeks", "4": "In four weeks", "15": "By the next conversation"}
"""By when something may be agreed to be done, in weeks; a program may name any day."""
HELD = "date of the conversation"
SPARE_ROWS = 2


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Something to agree, as it was typed; `by` is a number of weeks, or the day that was kept."""

    what: str = ""
    falls_to: str = Part.OFFICER.value
    by: str = "4"


@dataclass(frozen=True, slots=True)
class TalkForm:
    """A conversation as it is being written."""

    version: int = 0
    entry: DateEntry = field(default_factory=DateEntry)
    words: Mapping[str, str] = field(default_factory=dict)
    covered: tuple[str, ...] = ()
    rows: tuple[ActionRow, ...] = ()
    done: tuple[int, ...] = ()

    def content(self, on: date) -> Content:
        """Return what is kept of it."""
        return Content(
            held_on=self.entry.meant,
            words={code: text for code, text in self.words.items() if text},
            covered=self.covered,
            actions=tuple(
                NewAction(row.what, Part(row.falls_to), day_of(row.by, on)) for row in self.rows if row.what
            ),
            done=self.done,
        )

    def too_long(self) -> tuple[FieldError, ...]:
        """Return what is longer than can be shared."""
        long_words = [
            FieldError(f"{framework().titles[code]} must be {LONGEST_TEXT:,} characters or fewer", box(code))
            for code, text in self.words.items()
            if len(text) > LONGEST_TEXT
        ]
        long_rows = [
            FieldError(f"What was agreed must be {LONGEST_WHAT} characters or fewer", f"what-{place}")
            for place, row in enumerate(self.rows)
            if len(row.what) > LONGEST_WHAT
        ]
        return (*long_words, *long_rows)

    def errors(self) -> tuple[FieldError, ...]:
        """Return what stands in the way of sharing, in the order of the questions."""
        found = []
        if self.entry.error:
            found.append(FieldError(self.entry.error, f"held-{self.entry.wrong[0]}"))
        elif self.entry.is_empty:
            found.append(FieldError("Enter the day on which you spoke", "held-day"))
        if not any(self.words.values()):
            found.append(FieldError("Say in short what you talked about", box(IN_SHORT)))
        return (*found, *self.too_long())


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """An answer as it is being written."""

    version: int = 0
    stance: Stance | None = None
    text: str = ""

    def content(self) -> Content:
        """Return what is kept of it."""
        return Content(words={IN_SHORT: self.text} if self.text else {}, stance=self.stance)

    def errors(self) -> tuple[FieldError, ...]:
        """Return what stands in the way of signing."""
        found = (
            (self.stance is None, "Select how you see it", "stance"),
            (
                self.stance is Stance.DIFFERS and not self.text,
                "Say what you see differently",
                "text",
            ),
            (len(self.text) > LONGEST_TEXT, f"It must be {LONGEST_TEXT:,} characters or fewer", "text"),
        )
        return tuple(FieldError(text, at) for is_wrong, text, at in found if is_wrong)


def box(code: str) -> str:
    """Return the name of a topic's box."""
    return f"words-{code or 'in-short'}"


def day_of(by: str, on: date) -> date:
    """Return the day that was chosen: so many weeks from today, or the day that was kept."""
    if by in BY:
        return on + timedelta(weeks=int(by))
    try:
        return max(on, min(date.fromisoformat(by), on + LONGEST_AHEAD))
    except ValueError:
        return on + timedelta(weeks=4)


def of_draft(draft: Draft, on: date) -> TalkForm:
    """Fill the form with what was saved; a new one begins with today."""
    content = draft.content
    rows = [ActionRow(one.what, one.falls_to.value, one.due_on.isoformat()) for one in content.actions]
    held_on = content.held_on or (on if draft.version == 0 else None)
    return TalkForm(
        draft.version,
        date_entry_of(held_on) if held_on else DateEntry(),
        content.words,
        content.covered,
        with_spare(rows),
        content.done,
    )


def of_answer(draft: Draft) -> AnswerForm:
    """Fill the form of an answer with what was saved."""
    return AnswerForm(draft.version, draft.content.stance, draft.content.words.get(IN_SHORT, ""))


def read_talk(answers: Mapping[str, str], on: date) -> TalkForm:
    """Read a conversation as it was typed."""
    entry = read_date_entry(*(typed(answers, f"held-{part}") for part in ("day", "month", "year")), name=HELD)
    codes = [IN_SHORT, *(one.code for one in framework().topics)]
    rows = [
        ActionRow(
            typed(answers, f"what-{place}"), _part(answers, place), typed(answers, f"by-{place}") or "4"
        )
        for place in range(MOST_ACTIONS)
    ]
    return TalkForm(
        read_version(answers),
        limited(entry, name=HELD, earliest=on - LONGEST_AGO, latest=on),
        {code: typed(answers, box(code)) for code in codes},
        tuple(code for code in codes if code and typed(answers, f"covered-{code}")),
        with_spare([row for row in rows if row.what]),
        tuple(_numbers(answers, "done-")),
    )


def read_answer(answers: Mapping[str, str]) -> AnswerForm:
    """Read an answer as it was typed."""
    stance = next((each for each in Stance if each == typed(answers, "stance")), None)
    return AnswerForm(read_version(answers), stance, typed(answers, "text"))


def read_action(answers: Mapping[str, str], on: date) -> NewAction:
    """Read something that was agreed."""
    return NewAction(typed(answers, "what-0"), Part(_part(answers, 0)), day_of(typed(answers, "by-0"), on))


def read_version(answers: Mapping[str, str]) -> int:
    """Return the version that somebody began from."""
    return _number(typed(answers, "version")) or 0


def read_number(answers: Mapping[str, str], name: str) -> int | None:
    """Return a number that was chosen, or none."""
    return _number(typed(answers, name))


def with_spare(rows: Sequence[ActionRow]) -> tuple[ActionRow, ...]:
    """Leave room for more."""
    spare = min(SPARE_ROWS, MOST_ACTIONS - len(rows))
    return (*rows, *[ActionRow()] * spare)


def _part(answers: Mapping[str, str], place: int) -> str:
    said = typed(answers, f"falls-{place}")
    return said if said in set(Part) else Part.OFFICER.value


def _numbers(answers: Mapping[str, str], before: str) -> Sequence[int]:
    found = (_number(name.removeprefix(before)) for name in answers if name.startswith(before))
    return sorted(number for number in found if number)[:200]


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return int(text) if is_number and int(text) <= LARGEST else None
