"""How is a calendar's address told to the person it is for?"""

from dataclasses import dataclass

from foundation.parts import Banner, Link
from foundation.settings import settings

PATH = "/passport/calendar"
PASSPORT = Link("My passport", "/passport")
ENDED = Banner("The address has ended. Calendars that use it find nothing any more.", succeeded=True)
PROGRAMS = (
    (
        "iPhone and iPad",
        "Settings, Apps, Calendar, Calendar Accounts, Add Account, Other, Add Subscribed Calendar",
    ),
    ("Google Calendar", "Other calendars, the plus sign, From URL (on a computer)"),
    ("Outlook", "Add calendar, Subscribe from web"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a calendar, as programs take it, and as a link that opens one."""

    https: str
    webcal: str


def address(secret: str) -> Address:
    """Return the address with a secret."""
    https = f"{settings().address}/calendar/{secret}/training.ics"
    return Address(https, f"webcal:{https.partition(':')[2]}")
