"""A sergeant and the people they supervise, under the national policy."""

from datetime import date, timedelta

from foundation.clock import today
from passport.policy.actions import set_up
from tests.builders import evidence, grant, line, listed, officer, person, post
from tests.house.tree import ROOT

NATIONAL = ROOT / "policies" / "2026-1-national.toml"
OTHERWISE_MET = ("FIRST-AID", "JRFT", "CODE-OF-ETHICS", "INFO-MGMT", "CED", "DRIVE-RESPONSE", "DA-MATTERS")


def days_ago(days: int) -> date:
    """Return a day so many days before today."""
    return today() - timedelta(days=days)


async def under_national_policy() -> None:
    """Put the shipped policy into force, since before anything here happened."""
    await set_up(text=NATIONAL.read_text(encoding="utf-8"), on=date(2020, 1, 1))


async def report(
    supervisor: int,
    given: str,
    family: str = "Okafor",
    *,
    safety: int | None = 100,
    profiles: tuple[str, ...] = ("response", "taser"),
) -> int:
    """Enter an officer with a licence who reports to somebody; their safety training was done so many days ago."""
    number = await person(given, family)
    await post(number, profiles=profiles)
    await line(number, supervisor)
    await grant(number, days_ago(400))
    for code in OTHERWISE_MET:
        await evidence(number, code, days_ago(100))
    if safety is not None:
        await evidence(number, "PPST", days_ago(safety))
    return number


async def a_team(name: str = "Sunil") -> int:
    """Enter a sergeant with a team of all sorts, and return the sergeant."""
    sergeant = await officer(name, "Rao", rank="sergeant")
    await report(sergeant, "Ada")
    await report(sergeant, "Siobhán", "O’Shaughnessy-Ní Dhomhnaill", safety=345)
    await report(sergeant, "Zofia", "Łukasiewicz", safety=370)
    await report(sergeant, "Lara", "Lapsed", safety=600)
    never = await person("Nora", "Never")
    await post(never)
    await line(never, sergeant)
    for code, days in (("CODE-OF-ETHICS", 100), ("INFO-MGMT", 100), ("FIRST-AID", 320)):
        await evidence(never, code, days_ago(days))
    clerk = await person("Pat", "Clerk")
    await post(clerk, kind="staff", rank=None)
    await line(clerk, sergeant)
    await listed()
    return sergeant
