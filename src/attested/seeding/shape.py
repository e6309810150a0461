"""What does a police force look like: who serves in it, in which units, at which ranks, trained for what?

Proportions are those of England and Wales in March 2025 where they are published (domain sections 1.1 and 1.2), and
made up where they are not.
"""

from dataclasses import dataclass

from people.posts.rules import Kind, Rank

OFFICERS, SPECIALS, PCSOS, VOLUNTEERS = 0.595, 0.023, 0.030, 0.022
"""Shares of everyone in the workforce; the rest are staff."""

LEAVERS = 0.03
"""The share of everyone on record who has left."""

RANKS = (
    (Rank.CHIEF_SUPERINTENDENT, 0.0028),
    (Rank.SUPERINTENDENT, 0.0068),
    (Rank.CHIEF_INSPECTOR, 0.0150),
    (Rank.INSPECTOR, 0.0490),
    (Rank.SERGEANT, 0.1500),
)
"""The share of officers at each rank below the chief officers, highest first; all others are constables."""

COUNTY_CHIEFS = (Rank.CHIEF_CONSTABLE, Rank.DEPUTY_CHIEF_CONSTABLE, Rank.ASSISTANT_CHIEF_CONSTABLE)
LONDON_CHIEFS = {
    "metropolitan": (Rank.COMMISSIONER, Rank.DEPUTY_COMMISSIONER, Rank.ASSISTANT_COMMISSIONER,
                     Rank.DEPUTY_ASSISTANT_COMMISSIONER, Rank.COMMANDER),
    "city-of-london": (Rank.COMMISSIONER, Rank.ASSISTANT_COMMISSIONER, Rank.COMMANDER),
}  # fmt: skip
CHIEFS = 0.0014
SMALLEST_WITH_DEPUTY = 300

AREAS = ("North", "South", "East", "West", "Central", "North East", "South West", "North West", "South East",
         "Riverside", "Coastal", "Borders")  # fmt: skip
OFFICERS_TO_AREA = 350


@dataclass(frozen=True, slots=True)
class Function:
    """A part of a force: the weight of it among officers, staff and others, and what its officers are trained for.

    `profiles` are pairs of a role profile and the share of the officers there who have it.
    """

    name: str
    officers: float = 0
    staff: float = 0
    pcsos: float = 0
    specials: float = 0
    titles: tuple[str, ...] = ("Administrator",)
    profiles: tuple[tuple[str, float], ...] = ()
    by_area: bool = False

    def weight(self, kind: Kind) -> float:
        """Return its weight among people of a kind; volunteers serve where PCSOs do."""
        match kind:
            case Kind.OFFICER:
                return self.officers
            case Kind.SPECIAL_CONSTABLE:
                return self.specials
            case Kind.STAFF:
                return self.staff
            case _:
                return self.pcsos


FUNCTIONS = (
    Function("Response", 34, 2, 0, 75, ("Station Enquiry Officer",),
             (("response", 1), ("taser", 0.45), ("public order", 0.12)), by_area=True),
    Function("Neighbourhood", 12, 2, 100, 25, ("Community Engagement Officer",),
             (("neighbourhood", 1), ("taser", 0.15), ("public order", 0.08)), by_area=True),
    Function("CID", 16, 10, titles=("Civilian Investigator", "Case Progression Officer"),
             profiles=(("investigation", 0.9),), by_area=True),
    Function("Public Protection", 11, 9, titles=("Civilian Investigator", "Safeguarding Co-ordinator"),
             profiles=(("public protection", 1),)),
    Function("Roads Policing", 4, 2, titles=("Collision Analyst",),
             profiles=(("roads policing", 1), ("taser", 0.6))),
    Function("Armed Response", 4.5, 0.5, titles=("Armourer",), profiles=(("firearms", 0.95), ("taser", 1))),
    Function("Custody", 3, 9, titles=("Detention Officer",), profiles=(("custody", 1),)),
    Function("Operations Support", 4, 2, titles=("Event Planner",),
             profiles=(("public order", 1), ("public order command", 0.4), ("taser", 0.4))),
    Function("Intelligence", 4, 9, titles=("Crime Analyst", "Intelligence Researcher")),
    Function("Serious and Organised Crime", 3, 3, titles=("Financial Investigator",),
             profiles=(("investigation", 1),)),
    Function("Contact Management", 1.5, 24, titles=("Call Handler", "Dispatcher")),
    Function("Professional Standards", 1.4, 2, titles=("Vetting Officer", "Complaints Officer")),
    Function("Learning and Development", 1.6, 3, titles=("Trainer", "Training Administrator")),
    Function("Forensic Services", 0, 6, titles=("Crime Scene Investigator", "Digital Forensic Investigator")),
    Function("People Services", 0, 6, titles=("HR Adviser", "Payroll Officer")),
    Function("Digital Services", 0, 6, titles=("Service Desk Engineer", "Systems Analyst")),
    Function("Finance and Estates", 0, 5, titles=("Finance Officer", "Estates Officer", "Fleet Technician")),
)  # fmt: skip
HEADQUARTERS = Function("Chief Officers' Team")

STAFF_TO_LEADER = 8
LEADERS_TO_MANAGER = 6
TEAM = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a force, with its share of everyone and what it is for."""

    id: int
    name: str
    function: Function
    share: float


def areas_of(officers: int) -> tuple[str, ...]:
    """Return the areas that a force of this size is divided into."""
    return AREAS[: max(1, min(len(AREAS), round(officers / OFFICERS_TO_AREA)))]


def units_of(officers: int, first_id: int) -> tuple[Unit, ...]:
    """Return the units of a force with so many officers; the chief officers' comes first."""
    named = [(HEADQUARTERS.name, HEADQUARTERS, 1.0)]
    areas = areas_of(officers)
    for function in FUNCTIONS:
        if function.by_area:
            named += [(f"{function.name} {area}", function, 1 / len(areas)) for area in areas]
        else:
            named.append((function.name, function, 1.0))
    return tuple(Unit(first_id + place, *one) for place, one in enumerate(named))


def ranks_of(officers: int, slug: str) -> list[Rank]:
    """Return the rank of every officer of a force, highest first."""
    ranks = _chiefs(officers, slug)
    for rank, share in RANKS:
        ranks += [rank] * round(share * officers)
    return ranks[:officers] + [Rank.CONSTABLE] * (officers - len(ranks))


def _chiefs(officers: int, slug: str) -> list[Rank]:
    """Return one of each of the highest and as many of the lowest chief officers as the force's size asks for."""
    titles = LONDON_CHIEFS.get(slug, COUNTY_CHIEFS)
    if officers < SMALLEST_WITH_DEPUTY:
        return [titles[0]]
    last = max(1, round(officers * CHIEFS) - len(titles) + 1)
    return [*titles[:-1], *[titles[-1]] * last]


@dataclass(frozen=True, slots=True)
class Strength:
    """How many of each kind a force has."""

    officers: int
    specials: int
    pcsos: int
    volunteers: int
    staff: int

    @property
    def kinds(self) -> tuple[tuple[Kind, int], ...]:
        """Return every kind but officers, with how many there are."""
        return (
            (Kind.SPECIAL_CONSTABLE, self.specials),
            (Kind.PCSO, self.pcsos),
            (Kind.VOLUNTEER, self.volunteers),
            (Kind.STAFF, self.staff),
        )


def strength_of(people: int) -> Strength:
    """Divide a force's people by kind."""
    officers, specials, pcsos, volunteers = (
        round(people * share) for share in (OFFICERS, SPECIALS, PCSOS, VOLUNTEERS)
    )
    staff = people - officers - specials - pcsos - volunteers
    return Strength(officers, specials, pcsos, volunteers, staff)


def apportioned(total: int, weights: list[float]) -> list[int]:
    """Share out a whole number in proportion, by largest remainder, so that nothing is left over."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
