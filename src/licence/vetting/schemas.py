"""What do programs send to vetting, and what are they told?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import msgspec

from foundation.forms import KEEPABLE, SAID
from licence.vetting.clearances import Held, Told
from licence.vetting.facts import Case
from licence.vetting.reading import Desk
from licence.vetting.rules import LONGEST_TEXT, Entry, Level, Outcome
from people.persons.facts import NamedPerson

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class NewCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """About whom a case is to be opened, and which colleague is to work on it; you are one of them, too."""

    person: Annotated[
        str,
        msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE, description="Their national identifier."),
    ]
    level: Level
    officer: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=40,
            pattern=KEEPABLE,
            description="Your own or a colleague’s national identifier.",
        ),
    ]


class NewEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added to a case; it stays as it is sent."""

    kind: Entry
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=SAID)]


class Colleague(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to work on a case, too."""

    officer: Annotated[
        str,
        msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE, description="Their national identifier."),
    ]


class Conclusion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a case is to end."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The number of a case that was opened."""

    number: int


@dataclass(frozen=True, slots=True)
class Concluded:
    """Whether the case is concluded; otherwise a second vetting officer on it has to agree."""

    is_concluded: bool


@dataclass(frozen=True, slots=True)
class CaseInList:
    """A case that you are on."""

    number: int
    national_id: str
    name: str
    level: Level
    opened_on: date
    outcome: Outcome | None
    proposed_outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class ProposalInList:
    """A colleague proposed for a case, who waits for your agreement or somebody else’s."""

    id: int
    case_number: int
    about: str
    officer: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class VettingDesk:
    """The cases you are on, and the proposals to which you may agree."""

    cases: Sequence[CaseInList]
    proposals: Sequence[ProposalInList]


@dataclass(frozen=True, slots=True)
class EntryDocument:
    """An entry in a case."""

    kind: Entry
    text: str
    recorded_by: str
    recorded_at: datetime
    disclosed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficerOnCase:
    """Somebody on a case; until somebody has agreed it opens nothing to them."""

    name: str
    since: date
    agreed_by: str | None


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A case as its officers see it."""

    number: int
    national_id: str
    name: str
    level: Level
    opened_on: date
    outcome: Outcome | None
    concluded_on: date | None
    told_on: date | None
    proposed_outcome: Outcome | None
    entries: Sequence[EntryDocument]
    officers: Sequence[OfficerOnCase]


@dataclass(frozen=True, slots=True)
class ClearanceInList:
    """Somebody's clearance: its level and its last day."""

    national_id: str
    name: str
    level: Level
    valid_until: date


@dataclass(frozen=True, slots=True)
class ClearancePage:
    """A page of clearances; `after` asks for the next one, and is missing on the last."""

    clearances: Sequence[ClearanceInList]
    after: str | None


@dataclass(frozen=True, slots=True)
class MyVetting:
    """Your own clearances, and how cases about you ended."""

    clearances: Sequence[Held]
    told: Sequence[Told]


def desk_document(desk: Desk) -> VettingDesk:
    """Tell what waits for a vetting officer."""
    people = desk.people
    return VettingDesk(
        [
            CaseInList(
                one.number,
                people[one.person_id].national_id,
                people[one.person_id].name,
                one.level,
                one.opened_on,
                one.outcome,
                one.proposed_outcome,
            )
            for one in desk.cases
        ],
        [
            ProposalInList(
                one.id,
                one.case_number,
                people[one.person_id].name,
                people[one.officer_id].name,
                people[one.opened_by].name,
                one.opened_at,
            )
            for one in desk.proposals
        ],
    )


def case_document(case: Case, people: Mapping[int, NamedPerson]) -> CaseDocument:
    """Tell a case whole."""
    return CaseDocument(
        number=case.number,
        national_id=people[case.person_id].national_id,
        name=people[case.person_id].name,
        level=case.level,
        opened_on=case.opened_on,
        outcome=case.outcome,
        concluded_on=case.concluded_on,
        told_on=case.told_on,
        proposed_outcome=case.proposed_outcome,
        entries=[
            EntryDocument(one.kind, one.text, people[one.recorded_by].name, one.recorded_at, one.disclosed_at)
            for one in case.material
        ],
        officers=[
            OfficerOnCase(
                people[one.officer_id].name,
                one.valid_from,
                people[one.agreed_by].name if one.agreed_by else None,
            )
            for one in case.assignments
        ],
    )
