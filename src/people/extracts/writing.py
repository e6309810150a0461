"""Which records does an accepted extract supersede, and which take their place?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from people.extracts.rules import HeldPost, Known, Part, Stated, differences
from people.records import Fact

Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """What the records of one commit have in common."""

    force_id: int
    on: date
    at: datetime
    by: int | None
    units: Mapping[str, int]
    used_numbers: frozenset[tuple[str, str]]

    @property
    def day_before(self) -> date:
        """Return the last day of what ends with this extract."""
        return self.on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Writes:
    """The records to write: what is superseded, what is new of each kind, whose particulars are put right."""

    superseded: dict[Fact, list[int]] = field(default_factory=lambda: defaultdict(list))
    records: dict[Fact, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    people: list[Cells] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)


def writes(
    lines: Iterable[Stated], known: Mapping[str, Known], new: Mapping[str, int], commit: Commit
) -> Writes:
    """Say what to write for the lines of an extract; `new` gives the number of each person first seen."""
    found = Writes()
    for stated in lines:
        held = known.get(stated.payroll)
        supervisor = stated.supervisor or ""
        leader = known[supervisor].person_id if supervisor in known else new.get(supervisor)
        if held is None:
            _Person(found, commit, new[stated.payroll]).enter(stated, leader)
        else:
            _Person(found, commit, held.person_id).change(stated, held, leader)
    return found


class _Person:
    """The records of one person."""

    def __init__(self, found: Writes, commit: Commit, person_id: int) -> None:
        self._found, self._commit, self._id = found, commit, person_id
        found.touched.append(person_id)

    def enter(self, stated: Stated, leader: int | None) -> None:
        begun = stated.started_on or self._commit.on
        self._number("payroll", stated.payroll, begun)
        if stated.collar:
            self._number("collar", stated.collar, begun)
        self._post(stated, begun)
        if leader is not None:
            self._add(Fact.LINE, (leader, False), self._commit.on)
        if stated.absence:
            self._add(Fact.ABSENCE, (stated.absence.value,), self._commit.on)

    def change(self, stated: Stated, held: Known, leader: int | None) -> None:
        different = differences(stated, held, leader, force_id=self._commit.force_id)
        on = self._commit.on
        if different & {Part.NAME, Part.STARTED}:
            self._put_right(stated)
        if Part.PAYROLL in different:
            self._number("payroll", stated.payroll, on)
        if Part.COLLAR in different:
            self._change_collar(stated, held)
        if different & {Part.POST, Part.STARTED}:
            self._change_post(stated, held, different)
        if Part.LINE in different:
            self._change_line(held, leader)
        if Part.ABSENCE in different:
            self._change_absence(stated, held)

    def _change_collar(self, stated: Stated, held: Known) -> None:
        if held.collar:
            said = (self._commit.force_id, "collar", held.collar.value)
            self._end(Fact.IDENTIFIER, held.collar.id, said, held.collar.valid_from)
        if stated.collar:
            self._number("collar", stated.collar, self._commit.on)

    def _change_line(self, held: Known, leader: int | None) -> None:
        if held.line:
            self._end(Fact.LINE, held.line.id, (held.line.supervisor_id, False), held.line.valid_from)
        if leader is not None:
            self._add(Fact.LINE, (leader, False), self._commit.on)

    def _change_absence(self, stated: Stated, held: Known) -> None:
        if held.absence:
            self._end(Fact.ABSENCE, held.absence.id, (held.absence.kind.value,), held.absence.valid_from)
        if stated.absence:
            self._add(Fact.ABSENCE, (stated.absence.value,), self._commit.on)

    def _put_right(self, stated: Stated) -> None:
        self._found.people.append(
            (
                self._id,
                stated.family_name,
                stated.given_names,
                stated.known_as,
                stated.email,
                stated.started_on,
            )
        )

    def _number(self, scheme: str, value: str, begun: date) -> None:
        # Whoever had the number before keeps the days before.
        is_used = (scheme, value) in self._commit.used_numbers
        self._add(
            Fact.IDENTIFIER, (self._commit.force_id, scheme, value), self._commit.on if is_used else begun
        )

    def _change_post(self, stated: Stated, held: Known, different: frozenset[Part]) -> None:
        post, on = held.post, self._commit.on
        if post is None:
            after = held.last_post_ended_on
            began = (
                stated.started_on
                if stated.started_on and (after is None or stated.started_on > after)
                else on
            )
            self._post(stated, began)
            return
        begun = self._begun(stated, held, post)
        if Part.POST in different:
            self._end(Fact.POST, post.id, self._said(post), post.valid_from, begun=begun)
            self._post(stated, on)
        elif begun != post.valid_from:
            self._found.superseded[Fact.POST].append(post.id)
            self._add(Fact.POST, self._said(post), begun)

    @staticmethod
    def _begun(stated: Stated, held: Known, post: HeldPost) -> date:
        """Return the first day of a post whose start was recorded wrongly, where it is the person's first."""
        started, after = stated.started_on, held.last_post_ended_on
        is_first = post.valid_from == held.joined_on and (
            after is None or (started is not None and started > after)
        )
        return started if started is not None and is_first else post.valid_from

    def _said(self, post: HeldPost) -> Cells:
        return (
            post.force_id, self._commit.units[post.unit] if post.unit else None, post.kind.value,
            post.rank.value if post.rank else None, post.rank_basis.value, post.job_title, list(post.profiles),
            Decimal(post.fte_hundredths) / 100,
        )  # fmt: skip

    def _post(self, stated: Stated, begun: date) -> None:
        said = (
            self._commit.force_id, self._commit.units[stated.unit] if stated.unit else None, stated.kind.value,
            stated.rank.value if stated.rank else None, stated.rank_basis.value, stated.job_title,
            list(stated.profiles), Decimal(stated.fte_hundredths) / 100,
        )  # fmt: skip
        self._add(Fact.POST, said, begun)

    def _end(
        self, fact: Fact, record_id: int, said: Cells, since: date, *, begun: date | None = None
    ) -> None:
        """Supersede a record by one that ends the day before; one that began with the extract was never true."""
        self._found.superseded[fact].append(record_id)
        first = begun or since
        if first < self._commit.on:
            self._add(fact, said, first, self._commit.day_before)

    def _add(self, fact: Fact, said: Cells, since: date, until: date | None = None) -> None:
        self._found.records[fact].append((self._id, *said, since, until, self._commit.at, self._commit.by))
