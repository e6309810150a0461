"""Who holds the roles that do not follow from the records?"""

from collections.abc import Iterator, Sequence

from access.roles import Role
from attested.seeding.days import WRITTEN
from attested.seeding.members import Desk, Member, Order
from attested.seeding.sheets import NULL, Into, Pages

# Which post of `workforce.APPOINTED` carries which role.
CARRIED = {
    "Head of Professional Standards": Role.RESPONSIBLE_OFFICER,
    "Head of People Services": Role.FORCE_LEAD,
    "Data Protection Officer": Role.PRIVACY_OFFICER,
    "Vetting Manager": Role.VETTING_OFFICER,
    "Vetting Adjudicator": Role.VETTING_OFFICER,
    "Occupational Health Adviser": Role.OCCUPATIONAL_HEALTH,
    "Wellbeing Coordinator": Role.WELLBEING_COORDINATOR,
    "Promotion Board Chair": Role.BOARD_MEMBER,
    "National Standards Liaison": Role.STANDARDS_BODY,
}


def write_roles(pages: Pages, members: Sequence[Member], desk: Desk, order: Order) -> None:
    """Grant the roles that do not follow from the records; one that needs a second person has had its own."""
    since = WRITTEN[order.on - 365]
    for person, role in _held(members, desk):
        force = NULL if role.is_national else order.force_id
        by = NULL if person == desk.decides else desk.decides
        second = f"{desk.agrees}\t{since} 10:00:00+00" if role.needs_approval else f"{NULL}\t{NULL}"
        pages.of(Into.ROLE).append(
            f"{person}\t{role}\t{force}\t{since}\t{since} 09:00:00+00\t{by}\t{second}\n"
        )


def _held(members: Sequence[Member], desk: Desk) -> Iterator[tuple[int, Role]]:
    yield desk.decides, Role.LICENSING_DESK
    yield desk.operator, Role.OPERATOR
    yield desk.learning, Role.LEARNING
    yield desk.agrees, Role.LICENSING_DESK
    by_title = {one.title: one.id for one in reversed(members)}
    yield from ((by_title[title], role) for title, role in CARRIED.items() if title in by_title)
