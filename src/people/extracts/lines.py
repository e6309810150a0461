"""What does one line of a personnel extract say, or why can it not be read?"""

import re
from datetime import date
from difflib import get_close_matches

from foundation.intake.cells import folded, is_damaged, tidy
from foundation.intake.dates import Dates
from foundation.intake.table import Table
from foundation.intake.verdicts import Judgement, ignored, rejected, suspicious
from people.extracts.mapping import RANKED, HeldRank, HrMapping
from people.extracts.rules import Part, Stated
from people.posts.rules import AbsenceKind, Kind, RankBasis

# Letters with their marks, and what stands between the parts of a name.
_NAME = re.compile(r"[^\W\d_]['’`.\-\s\w()]*\Z")
_PART_OF = {
    "started_on": Part.STARTED,
    "collar": Part.COLLAR,
    "supervisor": Part.LINE,
    "absence": Part.ABSENCE,
}
EARLIEST = date(1950, 1, 1)
WHOLE = 100


class _Unfit(Exception):
    """A line has been judged before its end was reached."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.reason)
        self.judgement = judgement


class HrLines:
    """The lines of one file, read by one mapping."""

    def __init__(self, table: Table, mapping: HrMapping, dates: Dates, *, on: date) -> None:
        self._table, self._mapping, self._dates, self._on = table, mapping, dates, on
        self._width, self._places = len(table.header), table.places
        self._parts = frozenset(part for name, part in _PART_OF.items() if name in table.places)
        self._payroll = re.compile(mapping.table.payroll_pattern)
        self._forces = {folded(name) for name in mapping.table.force_names}

    def read(self, line: int, cells: list[str]) -> Stated | Judgement:
        """Return what a line says, or the verdict on it."""
        unfit = self._shape(cells)
        if unfit is not None:
            return unfit
        try:
            return self._stated(line, cells)
        except _Unfit as found:
            return found.judgement

    def _shape(self, cells: list[str]) -> Judgement | None:
        if not any(cell.strip() for cell in cells):
            return ignored("Nothing stands on this line")
        if len(cells) != self._width:
            return rejected(f"It has {len(cells)} cells where the header has {self._width}")
        longest = self._table.limits.cell
        if max(map(len, cells)) > longest:
            return rejected(f"A cell is longer than {longest:,} letters")
        if self._table.survey.damaged and is_damaged(cells):
            return rejected(f"It holds bytes that are not {self._table.survey.encoding}")
        return None

    def _cell(self, cells: list[str], name: str) -> str:
        place = self._places.get(name)
        return tidy(cells[place]) if place is not None else ""

    def _stated(self, line: int, cells: list[str]) -> Stated:
        payroll = self._number(cells)
        self._check_force(cells)
        family_name, given_names = self._names(cells)
        kind = self._kind(cells)
        held = self._rank(cells, kind)
        unit, profiles = self._unit(cells)
        title = self._cell(cells, "rank")
        return Stated(
            line=line,
            payroll=payroll,
            family_name=family_name,
            given_names=given_names,
            known_as=self._cell(cells, "known_as") or None,
            email=self._cell(cells, "email") or None,
            kind=kind,
            rank=held.rank if held else None,
            rank_basis=held.basis if held else RankBasis.SUBSTANTIVE,
            job_title=None if held else title or None,
            unit=unit,
            profiles=profiles,
            fte_hundredths=self._fte(cells),
            started_on=self._started_on(cells),
            collar=self._collar(cells),
            supervisor=self._supervisor(cells),
            absence=self._absence(cells),
            parts=self._parts,
        )

    def _number(self, cells: list[str]) -> str:
        payroll = self._cell(cells, "payroll")
        if not payroll:
            raise _Unfit(rejected("It has no payroll number"))
        if not self._payroll.fullmatch(payroll):
            raise _Unfit(rejected(f"“{payroll[:40]}” is not a payroll number of this force"))
        return payroll

    def _check_force(self, cells: list[str]) -> None:
        named = self._cell(cells, "force")
        if named and self._forces and folded(named) not in self._forces:
            raise _Unfit(suspicious(f"It names “{named}”: does this line belong to another force?"))

    def _names(self, cells: list[str]) -> tuple[str, str]:
        whole = self._cell(cells, "name")
        if "name" in self._places:
            family, given = self._divided(whole)
        else:
            family, given = self._cell(cells, "family_name"), self._cell(cells, "given_names")
        if not family or not given:
            raise _Unfit(rejected("A name is missing"))
        for name in (family, given):
            if not _NAME.match(name):
                raise _Unfit(suspicious(f"Is “{name[:60]}” a person's name?"))
        return family, given

    def _divided(self, whole: str) -> tuple[str, str]:
        order = self._mapping.table.name_order
        if order == "family, given":
            family, _, given = whole.partition(",")
            return family.strip(), given.strip()
        if order == "given family":
            given, _, family = whole.rpartition(" ")
            return family, given
        family, _, given = whole.partition(" ")
        return family, given

    def _kind(self, cells: list[str]) -> Kind:
        word = self._cell(cells, "kind")
        kind = self._mapping.kinds.get(word)
        if kind is None:
            raise _Unfit(self._unknown("kind of person", word, self._mapping.kinds.words))
        return kind

    def _rank(self, cells: list[str], kind: Kind) -> HeldRank | None:
        if kind not in RANKED:
            return None
        word = self._cell(cells, "rank")
        rank = self._mapping.ranks.get(word)
        if rank is None:
            raise _Unfit(self._unknown("rank", word, self._mapping.ranks.words))
        return rank

    def _unit(self, cells: list[str]) -> tuple[str | None, tuple[str, ...]]:
        word = self._cell(cells, "unit")
        if not word:
            return None, ()
        profiles = self._mapping.units.get(word)
        if profiles is None:
            raise _Unfit(self._unknown("unit", word, self._mapping.units.words))
        return word, profiles

    def _unknown(self, what: str, word: str, words: tuple[str, ...]) -> Judgement:
        if not word:
            return rejected(f"It has no {what}")
        by_fold = {folded(one): one for one in words}
        near = get_close_matches(folded(word), by_fold, n=1)
        guess = f"is it “{tidy(by_fold[near[0]])}”?" if near else "what is it?"
        return suspicious(f"The mapping knows no {what} “{word[:60]}”: {guess}")

    def _started_on(self, cells: list[str]) -> date | None:
        if "started_on" not in self._places:
            return None
        cell = self._cell(cells, "started_on")
        if not cell:
            raise _Unfit(rejected("It has no start date"))
        read = self._dates.read(cell)
        if read.day is None:
            fault = (
                rejected(f"Start date {read.fault}")
                if read.fault
                else suspicious(f"Start date {read.question}")
            )
            raise _Unfit(fault)
        if read.day > self._on:
            raise _Unfit(
                suspicious(f"Start date “{cell}” lies after the day of this extract: have they started?")
            )
        if read.day < EARLIEST:
            raise _Unfit(suspicious(f"Start date “{cell}”: is anybody in service since then?"))
        return read.day

    def _collar(self, cells: list[str]) -> str | None:
        number = self._cell(cells, "collar").replace(" ", "").upper()
        for prefix in self._mapping.table.collar_prefixes:
            if number.startswith(prefix.upper()):
                return number[len(prefix) :] or None
        return number or None

    def _supervisor(self, cells: list[str]) -> str | None:
        number = self._cell(cells, "supervisor")
        if number and not self._payroll.fullmatch(number):
            raise _Unfit(suspicious(f"“{number[:40]}” is no payroll number: who supervises them?"))
        return number or None

    def _fte(self, cells: list[str]) -> int:
        cell = self._cell(cells, "fte")
        if not cell:
            return WHOLE
        try:
            share = float(cell.rstrip("% ").replace(",", "."))
        except ValueError:
            share = 0
        # 0.8, 80% and 80 are the same share of full time; 1 is all of it.
        is_percentage = cell.endswith("%") or share > 1
        hundredths = share if is_percentage else share * WHOLE
        if not 0 < hundredths <= WHOLE or not round(hundredths):  # “NaN” and “inf” are numbers too
            raise _Unfit(rejected(f"“{cell[:20]}” is not a share of full time"))
        return round(hundredths)

    def _absence(self, cells: list[str]) -> AbsenceKind | None:
        word = self._cell(cells, "absence")
        if not word:
            return None
        kind = self._mapping.absences.get(word)
        if kind is None:
            raise _Unfit(self._unknown("absence", word, self._mapping.absences.words))
        return kind
