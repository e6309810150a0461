"""The command that brings the database to the latest page of its history."""

from attested.commands.opening import brought_up_to_date
from attested.commands.telling import AsJson, console, document
from attested.local import servers
from foundation.settings import settings


def migrate(*, as_json: AsJson = False) -> None:
    """Bring the database to the latest page of its history. Safe to run again, and from two places at once."""
    import uvloop  # noqa: PLC0415 - only this command and opening.py run a loop

    with servers(settings().attested_data) as addresses:
        found = uvloop.run(brought_up_to_date(addresses))
    if as_json:
        document(found)
    elif found.added:
        console.print(f"Added {len(found.added)}: {', '.join(found.added)}")
    else:
        console.print(f"Up to date: {found.before[-1]}")
