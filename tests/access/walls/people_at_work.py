"""Who stands around one officer: those who care for them, supervise them or vet them, here and in another force."""

from dataclasses import dataclass, field
from datetime import date

from access.identity import Grant, Identity
from access.roles import Role
from tests.builders import force_id, line, listed, officer, person, post

KENT = "E23000032"
SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ada of Avon, whom everything is about, and whoever asks about her, by what they are to her."""

    ada: int
    avon: int
    kent: int
    askers: dict[str, Identity] = field(default_factory=dict)


def acting(person_id: int, role: Role, force: int) -> Identity:
    """Return somebody who acts in a role that they were granted for a force."""
    return Identity(
        person_id,
        f"Person {person_id}",
        force,
        {Role.OFFICER: frozenset({force}), role: frozenset({force})},
        acting=Grant(1, role, force),
    )


def as_officer(person_id: int, force: int, *, supervises: bool = False) -> Identity:
    """Return somebody who acts in no role that was granted to them."""
    roles = {Role.OFFICER: frozenset({force})}
    if supervises:
        roles[Role.SUPERVISOR] = frozenset({force})
    return Identity(person_id, f"Person {person_id}", force, roles)


async def cast() -> Cast:
    """Enter everybody."""
    avon, kent = await force_id(), await force_id(KENT)
    ada, boss, other = await officer(), await officer("Bea", "Boss"), await officer("Otto", "Other")
    await line(ada, boss, since=SINCE)
    askers = {
        "herself": as_officer(ada, avon),
        "supervisor": as_officer(boss, avon, supervises=True),
        "colleague": as_officer(other, avon),
    }
    granted = (
        Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR, Role.VETTING_OFFICER, Role.LICENSING_DESK,
        Role.BOARD_MEMBER, Role.PRIVACY_OFFICER, Role.FORCE_LEAD,
    )  # fmt: skip
    for role in granted:
        askers[str(role)] = acting(await officer(str(role).title(), "Here"), role, avon)
        elsewhere = await person(str(role).title(), "Elsewhere")
        await post(elsewhere, force=KENT)
        askers[f"{role} of another force"] = acting(elsewhere, role, kent)
        askers[f"herself as {role}"] = acting(ada, role, avon)
    await listed()
    return Cast(ada, avon, kent, askers)
