"""What does `attested run` say of the demonstration: what was made, what came of the samples, and whom one may be?"""

from rich.table import Table

from attested.commands.telling import console
from attested.demo import visitors
from attested.first_run import Prepared, prepare
from foundation.clock import today
from foundation.settings import settings
from foundation.wording import as_count, as_number

OFFERED = 4
"""A few are printed; the sign-in page offers all of them."""


async def greet(*, as_json: bool) -> None:
    """Prepare the demonstration where nobody is yet, and say whom one may be; where people sign in, do neither."""
    if settings().oidc_issuer is not None:
        return
    prepared = await prepare(today())
    if as_json:
        return
    if prepared is not None:
        _tell(prepared)
    found = (await visitors())[:OFFERED]
    if found:
        _say("Sign in as:")
    for visitor in found:
        _say(f"  {visitor.name}: {visitor.what}")


def _say(words: str) -> None:
    console.print(words, markup=False, highlight=False, soft_wrap=True)


def _tell(prepared: Prepared) -> None:
    _say(f"Made up a force of {as_count(prepared.people, 'person', 'people')}.")
    for found in prepared.reports:
        _say(f"Imported {found.file_name} of another force; every line is accounted for:")
        table = Table(box=None, show_header=False, show_footer=True)
        table.add_column(footer=as_number(found.lines), justify="right")
        table.add_column(footer="lines in the file")
        for verdict, count in found.counts.items():
            table.add_row(as_number(count), verdict)
        console.print(table)
    _say(
        f"{as_count(prepared.licences, 'first licence')} granted, {as_count(prepared.decided, 'standing')} decided, "
        f"{as_count(prepared.notices, 'notice')} given."
    )
