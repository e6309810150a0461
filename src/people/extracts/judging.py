"""Which verdict falls to each line of a personnel extract, seen beside the other lines and what is recorded?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from foundation.intake.verdicts import Judgement, Verdict, suspicious
from people.extracts.rules import Known, Part, Stated, differences, in_words, loops

NEW_PERSON = -1
"""Stands for a supervisor who will be recorded with this very extract."""
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a force's people on the day of the extract: by payroll number, and who holds which collar."""

    force_id: int
    people: Mapping[str, Known]
    collars: Mapping[str, int]


class Judging:
    """One extract's lines. `numbers` are all the payroll numbers in it, those on lines that cannot be kept included."""

    def __init__(self, lines: Iterable[Stated], recorded: Recorded, numbers: frozenset[str]) -> None:
        self.verdicts: dict[int, Judgement] = {}
        self.accepted: dict[str, Stated] = {}
        self._recorded, self._numbers = recorded, numbers
        self._payrolls = {known.person_id: payroll for payroll, known in recorded.people.items()}
        self._leave_out_repeated(lines)
        # What is asked about one line may raise a question about another: until no more questions are raised.
        while questions := self._questions():
            for payroll, judgement in questions.items():
                self.verdicts[self.accepted.pop(payroll).line] = judgement
        for stated in self.accepted.values():
            self.verdicts[stated.line] = self._compared(stated)

    @property
    def waiting_for_supervisor(self) -> int:
        """Count the people kept without a line, because their supervisor's own line is in question."""
        return sum(
            stated.supervisor is not None and self._supervisor_id(stated) is None
            for stated in self.accepted.values()
        )

    def _leave_out_repeated(self, lines: Iterable[Stated]) -> None:
        groups: dict[str, list[Stated]] = defaultdict(list)
        for stated in lines:
            groups[stated.payroll].append(stated)
        for payroll, group in groups.items():
            first, *others = group
            if any(replace(other, line=first.line) != first for other in others):
                numbers = _listed(str(one.line) for one in group)
                for one in group:
                    self.verdicts[one.line] = suspicious(
                        f"Lines {numbers} say different things of {payroll}: which holds?"
                    )
                continue
            self.accepted[payroll] = first
            for other in others:
                self.verdicts[other.line] = Judgement(Verdict.DUPLICATE, f"The same as line {first.line}")

    def _questions(self) -> dict[str, Judgement]:
        return self._about_loops() | self._about_collars() | self._about_supervisors() | self._about_records()

    def _about_collars(self) -> dict[str, Judgement]:
        times = Counter(stated.collar for stated in self.accepted.values() if stated.collar)
        found = {}
        for payroll, stated in self.accepted.items():
            if stated.collar and times[stated.collar] > 1:
                found[payroll] = suspicious(
                    f"Collar number {stated.collar} is on {times[stated.collar]} lines: whose is it?"
                )
            elif stated.collar and self._is_another_persons(payroll, stated.collar):
                found[payroll] = suspicious(
                    f"Collar number {stated.collar} is recorded as somebody else's: whose is it?"
                )
        return found

    def _is_another_persons(self, payroll: str, collar: str) -> bool:
        holder = self._recorded.collars.get(collar)
        known = self._recorded.people.get(payroll)
        if holder is None or (known is not None and known.person_id == holder):
            return False
        theirs = self.accepted.get(self._payrolls.get(holder, ""))
        return theirs is None or theirs.collar == collar

    def _about_supervisors(self) -> dict[str, Judgement]:
        return {
            payroll: suspicious(f"Supervisor {stated.supervisor} is not known here: who supervises them?")
            for payroll, stated in self.accepted.items()
            if stated.supervisor and stated.supervisor not in self._numbers
            and stated.supervisor not in self._recorded.people
        }  # fmt: skip

    def _about_records(self) -> dict[str, Judgement]:
        found = {}
        for payroll, stated in self.accepted.items():
            known = self._recorded.people.get(payroll)
            if known is None:
                continue
            if known.post is not None and known.post.force_id != self._recorded.force_id:
                found[payroll] = suspicious(
                    "They are recorded in a post of another force: have they come back?"
                )
            elif known.has_later and self._different(stated, known):
                found[payroll] = suspicious(
                    "Something newer than this extract is recorded: is it older than it says?"
                )
        return found

    def _about_loops(self) -> dict[str, Judgement]:
        supervisors = {
            payroll: self._payrolls[known.line.supervisor_id]
            for payroll, known in self._recorded.people.items()
            if known.line is not None and known.line.supervisor_id in self._payrolls
        }
        for payroll, stated in self.accepted.items():
            if Part.LINE not in stated.parts:
                continue
            supervisors.pop(payroll, None)
            if stated.supervisor and self._supervisor_id(stated) is not None:
                supervisors[payroll] = stated.supervisor
        return {
            payroll: suspicious(
                f"The line comes back: {_listed((*loop, loop[0]), ' → ')}. Who supervises them?"
            )
            for loop in loops(supervisors)
            for payroll in loop
            if payroll in self.accepted and self.accepted[payroll].supervisor
        }

    def _supervisor_id(self, stated: Stated) -> int | None:
        supervisor = stated.supervisor or ""
        if supervisor in self._recorded.people:
            return self._recorded.people[supervisor].person_id
        return NEW_PERSON if supervisor in self.accepted else None

    def _different(self, stated: Stated, known: Known) -> frozenset[Part]:
        return differences(stated, known, self._supervisor_id(stated), force_id=self._recorded.force_id)

    def _compared(self, stated: Stated) -> Judgement:
        known = self._recorded.people.get(stated.payroll)
        if known is None:
            return Judgement(Verdict.NEW, "")
        different = self._different(stated, known)
        if not different:
            return Judgement(Verdict.UNCHANGED, "")
        return Judgement(Verdict.CHANGED, f"Another {in_words(different)}")


def _listed(words: Iterable[str], between: str = ", ") -> str:
    found = list(words)
    return between.join(found) if len(found) <= SHOWN else f"{between.join(found[:SHOWN])}{between}…"
