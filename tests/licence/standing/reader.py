"""How is a table of examples, written for people, read into facts?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from licence.standing.decisions import (
    Absence,
    Determination,
    DeterminationKind,
    Dispensation,
    DispensationKind,
    LicenceFacts,
    Post,
)
from licence.standing.history import Completions, Hours
from people.posts.rules import AbsenceKind, Kind, Period, Rank, RankBasis
from tests.licence.standing.examples_policy import IDS

DECIDED = {
    "granted": DeterminationKind.GRANT,
    "renewed": DeterminationKind.RENEW,
    "restricted": DeterminationKind.RESTRICT,
    "lifted": DeterminationKind.LIFT_RESTRICTION,
    "suspended": DeterminationKind.SUSPEND,
    "reinstated": DeterminationKind.REINSTATE,
    "revoked": DeterminationKind.REVOKE,
    "surrendered": DeterminationKind.SURRENDER,
}
DISPENSED = {"waiver of": DispensationKind.WAIVER, "force failed": DispensationKind.FORCE_FAILURE}

A_DATE = r"\d{1,2} [A-Z][a-z]+ \d{4}"
A_PERIOD = rf"from (?P<first>{A_DATE})(?: to (?P<last>{A_DATE}))?"
HOURS = r"(?: for (?P<hours>[\d.]+) hours)?"
PATTERNS = {
    "joined": rf"joined (?P<day>{A_DATE})",
    "post": rf"(?P<kind>{'|'.join(Kind)}) {A_PERIOD}(?: in (?P<profiles>.+?))?(?: as (?P<rank>.+))?",
    "decided": rf"(?P<verb>{'|'.join(DECIDED)}) (?P<day>{A_DATE})(?: (?:to|of) (?P<condition>.+))?",
    "absence": rf"(?P<kind>{'|'.join(AbsenceKind)}) {A_PERIOD}",
    "dispensed": rf"(?P<how>{'|'.join(DISPENSED)}) (?P<what>{'|'.join(IDS)}) {A_PERIOD}",
    "awaiting": rf"unverified (?P<what>{'|'.join(IDS)}) on (?P<day>{A_DATE}){HOURS}",
    "completed": rf"(?P<what>{'|'.join(IDS)}) on (?P<day>{A_DATE}){HOURS}",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a table."""

    case: str
    known: tuple[str, ...]
    on: date
    standing: str
    why: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """Facts as they are read, part by part."""

    joined_on: date | None = None
    posts: list[Post] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    determinations: list[Determination] = field(default_factory=list)
    dispensations: list[Dispensation] = field(default_factory=list)
    completions: dict[int, list[date]] = field(default_factory=dict)
    awaiting: dict[int, list[date]] = field(default_factory=dict)
    hours: dict[int, dict[date, float]] = field(default_factory=dict)
    hours_awaiting: dict[int, dict[date, float]] = field(default_factory=dict)


def day_of(words: str) -> date:
    return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007 - a day has no hour


def period_of(found: re.Match[str]) -> Period:
    return Period(day_of(found["first"]), day_of(found["last"]) if found["last"] else None)


def examples(folder: Path) -> Iterator[Example]:
    """Read every table of a folder; what a file says of everyone goes before what each line says."""
    for file in sorted(folder.glob("[a-z]*.md")):
        everyone: tuple[str, ...] = ()
        for line in file.read_text().splitlines():
            if line.startswith("Everyone: "):
                everyone = parts(line.removeprefix("Everyone: "))
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("|") and cells[0] != "case" and set(cells[0]) != {"-"}:
                case, known, on, standing, why, also = cells
                yield Example(case, (*everyone, *parts(known)), day_of(on), standing, parts(why), parts(also))


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def facts(sentences: Sequence[str]) -> LicenceFacts:
    """Read facts in words; a sentence that says nothing known is an error of the table."""
    known = Known()
    for sentence in sentences:
        read(sentence, known)
    return LicenceFacts(
        person_id=1,
        joined_on=known.joined_on,
        posts=tuple(known.posts),
        absences=tuple(known.absences),
        determinations=tuple(known.determinations),
        dispensations=tuple(known.dispensations),
        completions=Completions.of(known.completions),
        awaiting=Completions.of(known.awaiting),
        hours=Hours.of(known.hours),
        hours_awaiting=Hours.of(known.hours_awaiting),
    )


def read(sentence: str, known: Known) -> None:
    matches = [(name, found) for name, one in PATTERNS.items() if (found := re.fullmatch(one, sentence))]
    if len(matches) != 1:
        raise ValueError(sentence)
    name, found = matches[0]
    match name:
        case "joined":
            known.joined_on = day_of(found["day"])
        case "post":
            known.posts.append(post_of(found))
        case "decided":
            one = Determination(day_of(found["day"]), DECIDED[found["verb"]], found["condition"])
            known.determinations.append(one)
        case "absence":
            known.absences.append(Absence(period_of(found), AbsenceKind(found["kind"])))
        case "dispensed":
            how, what = DISPENSED[found["how"]], IDS[found["what"]]
            known.dispensations.append(Dispensation(what, how, period_of(found)))
        case "awaiting":
            completed(found, known.awaiting, known.hours_awaiting)
        case _:
            completed(found, known.completions, known.hours)


def completed(found: re.Match[str], days: dict[int, list[date]], hours: dict[int, dict[date, float]]) -> None:
    what, day = IDS[found["what"]], day_of(found["day"])
    days.setdefault(what, []).append(day)
    if found["hours"]:
        hours.setdefault(what, {})[day] = float(found["hours"])


def post_of(found: re.Match[str]) -> Post:
    kind = Kind(found["kind"])
    rank = Rank(found["rank"] or "constable") if kind in {Kind.OFFICER, Kind.SPECIAL_CONSTABLE} else None
    profiles = frozenset((found["profiles"] or "").split(" and ")) - {""}
    return Post(period_of(found), kind, rank, RankBasis.SUBSTANTIVE, profiles, force_id=1, unit_id=None)
