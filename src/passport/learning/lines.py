"""What does one line of a learning system's extract say, or which verdict falls to it at once?

Written for speed: a file holds few distinct courses, days, words and hours, so each distinct cell is understood once
and a plain line costs a handful of lookups.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from foundation.intake.cells import folded, is_damaged, mended, tidy
from foundation.intake.dates import Dates, Reading
from foundation.intake.table import Line, Table
from foundation.intake.verdicts import RETURNED, Judgement, Verdict, ignored, rejected, suspicious
from passport.learning.facts import Holder
from passport.learning.mapping import LearningMapping

StagedRow = tuple[
    int, str | None, str | None, list[str] | None, int | None, int | None, date | None, int | None, str | None
]
"""Line, verdict, reason, cells; person, requirement, day, hundredths of an hour, course: a plain line has no verdict."""

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?\Z")
_DECIMAL = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?\Z")
HUNDREDTHS = 100
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines of a file are held against."""

    holders: Mapping[str, tuple[Holder, ...]]
    requirements: Mapping[str, int]
    in_hours: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says that can be kept."""

    person_id: int
    asked: int
    day: date
    hundredths: int | None


class LearningLines:
    """The lines of one file, read by one mapping."""

    def __init__(
        self, table: Table, mapping: LearningMapping, known: Known, dates: Dates, *, on: date
    ) -> None:
        self._table, self._mapping, self._known, self._on = table, mapping, known, on
        self._width, self._most = len(table.header), table.limits.cell
        self._damaged = table.survey.damaged
        self._payroll = re.compile(mapping.table.payroll_pattern)
        self._dates = dates
        self._places = table.places
        # What a cell means, once it has been understood and there was nothing to say about it.
        self._completions: set[str] = set()
        self._person: dict[str, int] = {}
        self._asked: dict[str, int] = {}
        self._completed: dict[str, date] = {}
        self._spent: dict[str, int | None] = {}
        self._references: dict[str, str] = {}

    def staged(self, lines: Iterable[Line]) -> Iterator[StagedRow]:
        """Read lines into rows."""
        places, unknown = self._places, -1
        user, course, completed = places["payroll"], places["course"], places["completed_on"]
        status, hours = places.get("status"), places.get("hours")
        for number, cells in lines:
            if len(cells) == self._width and not self._damaged and max(map(len, cells)) <= self._most:
                person, asked = self._person.get(cells[user]), self._asked.get(cells[course])
                day = self._completed.get(cells[completed])
                length = None if hours is None else self._spent.get(cells[hours], unknown)
                is_completion = status is None or cells[status] in self._completions
                if person and asked and day and length != unknown and is_completion:
                    yield (
                        number, None, None, None, person, asked, day, length, self._references[cells[course]]
                    )  # fmt: skip
                    continue
            yield self._the_long_way(number, cells)

    def _the_long_way(self, number: int, cells: list[str]) -> StagedRow:
        judgement = self._shape(cells) or self._none_of_ours(cells)
        said = judgement or self._said(cells)
        if not isinstance(said, Judgement):
            reference = self._references[cells[self._places["course"]]]
            return (
                number,
                None,
                None,
                None,
                said.person_id,
                said.asked,
                said.day,
                said.hundredths,
                reference,
            )
        raw = mended(cells, self._most) if said.verdict in RETURNED else None
        reason = mended([said.reason], self._most)[0]
        return (number, said.verdict.value, reason, raw, None, None, None, None, None)

    def _shape(self, cells: list[str]) -> Judgement | None:
        if not any(cell.strip() for cell in cells):
            return ignored("Nothing stands on this line")
        if len(cells) != self._width:
            return rejected(f"It has {len(cells)} cells where the header has {self._width}")
        if max(map(len, cells)) > self._most:
            return rejected(f"A cell is longer than {self._most:,} letters")
        if self._damaged and is_damaged(cells):
            return rejected(f"It holds bytes that are not {self._table.survey.encoding}")
        return None

    def _none_of_ours(self, cells: list[str]) -> Judgement | None:
        """Say whether a line is no completion, or of no interest; then nothing else about it matters."""
        if "status" in self._places:
            word = cells[self._places["status"]]
            judgement = self._status(tidy(word))
            if judgement is not None:
                return judgement
            self._completions.add(word)
        word = tidy(cells[self._places["course"]])
        other = self._mapping.other_courses.get(word)
        return ignored(f"{word.upper()[:40]}: {other}") if other is not None and word else None

    def _said(self, cells: list[str]) -> Said | Judgement:
        """Return what a line says; of several faults, what cannot be read comes before what must be asked."""
        places = self._places
        held = self._holders(tidy(cells[places["payroll"]]))
        asked = self._course(cells[places["course"]])
        day = self._day(cells[places["completed_on"]])
        hundredths = self._length(cells[places["hours"]]) if "hours" in places else None
        if hundredths is None and self._adds_up(cells[places["course"]]):
            hundredths = suspicious(
                "Hours add up to what this course is for, and the line gives none: how many?"
            )
        wrong = [one for one in (held, asked, day, hundredths) if isinstance(one, Judgement)]
        if wrong:
            return min(wrong, key=lambda one: one.verdict is not Verdict.REJECTED)
        if isinstance(held, Judgement) or isinstance(asked, Judgement):
            return wrong[0]
        if isinstance(day, Judgement) or isinstance(hundredths, Judgement):
            return wrong[0]
        person = self._holder(held, day, cells[places["payroll"]])
        return person if isinstance(person, Judgement) else Said(person, asked, day, hundredths)

    def _status(self, word: str) -> Judgement | None:
        if not word:
            return rejected("It has no status")
        is_completion = self._mapping.statuses.get(word)
        if is_completion is None:
            return suspicious(f"The mapping knows no status “{word[:40]}”: is it a completion?")
        return None if is_completion else ignored(f"“{word}” is not a completion")

    def _course(self, cell: str) -> int | Judgement:
        found = self._requirement(tidy(cell))
        self._references[cell] = tidy(cell).upper()
        # Where hours add up a line is plain only if it has some, and so none is taken for plain unlooked at.
        if not isinstance(found, Judgement) and not self._adds_up(cell):
            self._asked[cell] = found
        return found

    def _adds_up(self, cell: str) -> bool:
        return self._mapping.courses.get(tidy(cell)) in self._known.in_hours

    def _requirement(self, word: str) -> int | Judgement:
        if not word:
            return rejected("It has no course code")
        code = self._mapping.courses.get(word)
        if code is None:
            known = {folded(one): one for one in self._mapping.courses.words}
            near = get_close_matches(folded(word), known, n=1)
            guess = f"is it {known[near[0]]}" if near else "which requirement does it meet, if any"
            return suspicious(f"The mapping knows no course “{word[:40]}”: {guess}?")
        number = self._known.requirements.get(code)
        if number is None:
            return suspicious(
                f"The mapping takes {word[:40]} for {code}, which no policy asks for: what is it?"
            )
        return number

    def _day(self, cell: str) -> date | Judgement:
        found = self._day_of(self._dates.read(cell) if cell.strip() else None, tidy(cell)[:40])
        if not isinstance(found, Judgement):
            self._completed[cell] = found
        return found

    def _day_of(self, read: Reading | None, cell: str) -> date | Judgement:
        if read is None:
            return rejected("It has no day of completion")
        if read.day is None:
            return (
                rejected(f"Completed {read.fault}")
                if read.fault
                else suspicious(f"Completed {read.question}")
            )
        if read.day > self._on:
            return suspicious(f"Completed “{cell}”, after the day of this extract: when was it completed?")
        if read.day < self._mapping.table.earliest:
            return suspicious(f"Completed “{cell}”: is that the day?")
        return read.day

    def _length(self, cell: str) -> int | Judgement | None:
        found = self._hundredths(tidy(cell))
        if not isinstance(found, Judgement):
            self._spent[cell] = found
        return found

    def _hundredths(self, cell: str) -> int | Judgement | None:
        if not cell:
            return None
        found = None
        style = self._mapping.table.hours
        clock = _CLOCK.match(cell) if "hours and minutes" in style else None
        if clock:
            found = round((int(clock[1]) * MINUTES + int(clock[2])) * HUNDREDTHS / MINUTES)
        elif _DECIMAL.match(cell) and ("decimal" in style or style == "minutes"):
            number = float(cell.replace(",", "."))
            found = round(number * HUNDREDTHS / (MINUTES if style == "minutes" else 1))
        if found is None:
            return rejected(f"“{cell[:20]}” is no number of hours")
        return found or None

    def _holders(self, number: str) -> tuple[Holder, ...] | Judgement:
        if not number:
            return rejected("It has no payroll number")
        held = self._known.holders.get(number)
        if held:
            return held
        for prefix, meaning in self._mapping.table.user_prefixes.items():
            bare = number.removeprefix(prefix)
            if bare != number and self._payroll.fullmatch(bare):
                whose = (
                    "and that number is known: is it theirs" if bare in self._known.holders else "who is it"
                )
                return suspicious(f"“{number[:40]}”: “{prefix}” marks {meaning}, {whose}?")
        if not self._payroll.fullmatch(number):
            return rejected(f"“{number[:40]}” is not a payroll number of this force")
        return suspicious(f"Nobody with payroll number {number} is recorded: who is it?")

    def _holder(self, held: tuple[Holder, ...], day: date, cell: str) -> int | Judgement:
        """Return who held a number on a day; a number that was only ever one person's is theirs on any day."""
        everyone = {one.person_id for one in held}
        if len(everyone) == 1:
            self._person[cell] = held[0].person_id
            return held[0].person_id
        then = {one.person_id for one in held if one.since <= day and (one.until is None or day <= one.until)}
        if len(then) == 1:
            return then.pop()
        return suspicious(
            f"Payroll number {tidy(cell)} has had more than one holder: whose was it on that day?"
        )
