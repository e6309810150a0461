"""The command that brings the database to the latest page of its history."""

from attested.commands.opening import opened
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses, servers
from foundation.migrate import Migrated
from foundation.migrate import migrate as bring_up_to_date
from foundation.settings import settings


def migrate(*, as_json: AsJson = False) -> None:
    """Bring the database to the latest page of its history. Safe to run again, and from two places at once."""
    import uvloop  # noqa: PLC0415 - only this command and opening.py run a loop

    with servers(settings().attested_data) as addresses:
        found = uvloop.run(_migrate(addresses))
    if as_json:
        document(found)
    elif found.added:
        console.print(f"Added {len(found.added)}: {', '.join(found.added)}")
    else:
        console.print(f"Up to date: {found.before[-1]}")


async def _migrate(addresses: Addresses) -> Migrated:
    async with opened(addresses, up_to_date=False):
        return await bring_up_to_date()
