"""A force whose people need training, and those who plan it."""

from dataclasses import dataclass
from datetime import timedelta

from foundation.clock import today
from licence.planning.counting import count_coming
from licence.projection.sweep import sweep
from licence.standing.due import months_after
from tests.builders import evidence, grant, line, listed, officer, person, post
from tests.clients import grant_role
from tests.licence.team.teams import days_ago, under_national_policy

KENT = "E23000032"
CORE = ("FIRST-AID", "JRFT", "CODE-OF-ETHICS", "INFO-MGMT")


@dataclass(frozen=True, slots=True)
class Force:
    """Who plans, who leads, who supervises, and who needs what."""

    planner: int
    lead: int
    desk: int
    sergeant: int
    late: int
    soon: int
    protected: int


async def trained(
    given: str, safety: int, *, unit: str = "Response North", is_protected: bool = False
) -> int:
    """Enter an officer whose safety training was done so many days ago, and all else lately."""
    number = await person(given, protected=is_protected)
    await post(number, unit_name=unit)
    await grant(number, days_ago(400))
    for code in CORE:
        await evidence(number, code, days_ago(40))
    await evidence(number, "PPST", days_ago(safety))
    return number


async def a_force() -> Force:
    """Enter a force with one person late, one due in a month, one protected, and others in the month after next."""
    await under_national_policy()
    sergeant = await officer("Sunil", "Rao", rank="sergeant")
    planner, lead, desk = (
        await officer("Lena", "Learn"),
        await officer("Leo", "Lead"),
        await officer("Desi", "Desk"),
    )
    late = await trained("Lara", 380)
    soon = await trained("Sona", 335)
    protected = await trained("Prot", 335, unit="Covert", is_protected=True)
    after_next = months_after(today().replace(day=1), 2)
    for number in range(6):
        done = months_after(after_next + timedelta(days=number), -12)
        one = await trained(f"Later{number}", (today() - done).days, unit="Custody")
        await line(one, sergeant)
    for one in (late, soon):
        await line(one, sergeant)
    kent = await person("Ken", "Kent")
    await post(kent, force=KENT)
    await evidence(kent, "PPST", days_ago(335))
    await grant_role(planner, "learning and development", by=sergeant)
    await grant_role(lead, "force lead", by=sergeant)
    await grant_role(desk, "licensing desk", by=sergeant)
    await listed()
    await counted()
    return Force(planner, lead, desk, sergeant, late, soon, protected)


async def counted() -> int:
    """Let a night pass: everybody is decided, and what comes due is worked out."""
    await sweep(today())
    return await count_coming(today())


def in_days(days: int) -> str:
    """Return the month so many days from today, as an address has it."""
    return f"{today() + timedelta(days=days):%Y-%m}"
