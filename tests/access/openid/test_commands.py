"""Can an operator say at the command line whom an account means, and which systems may call?"""

import pytest
from typer.testing import CliRunner

from attested.cli import app
from foundation.database import fetch
from tests.builders import AVON, officer
from tests.command import Attested

pytestmark = pytest.mark.anyio
ISSUER = "https://login.force.test"


async def _national_id(person_id: int) -> str:
    (row,) = await fetch("SELECT national_id FROM people.person WHERE id = $1", person_id)
    return str(row["national_id"])


async def test_an_account_is_linked_by_somebody_else_and_the_link_ended(
    database: str, managed: Attested
) -> None:
    ada, desk = await _national_id(await officer("Ada")), await _national_id(await officer("Desi"))
    known = ("link", ada, "--issuer", ISSUER, "--by", desk)
    made = managed.document(*known, "--subject", "ada-1")
    assert made == {"person": "Ada Okafor", "issuer": ISSUER, "subject": "ada-1", "is_ended": False}
    assert "is linked to no account" in managed(*known, "--end").stdout
    told = await fetch("SELECT event, actor_name FROM foundation.audit_event ORDER BY id")
    assert [tuple(row) for row in told] == [
        ("account linked", "Desi Okafor"),
        ("account unlinked", "Desi Okafor"),
    ]


async def test_a_system_is_registered_listed_and_ended(database: str, managed: Attested) -> None:
    desk = await _national_id(await officer("Desi"))
    named = ("--client-id", "avon-hr", "--issuer", ISSUER, "--by", desk, "--force", AVON)
    made = managed.document("client", "register", "Avon HR", *named, "--role", "hr feed")
    assert (made["name"], made["role"], made["client_id"]) == ("Avon HR", "HR feed", "avon-hr")
    assert (
        "may call no longer" in managed("client", "end", "avon-hr", "--issuer", ISSUER, "--by", desk).stdout
    )
    listed = managed("client", "list").stdout
    assert "Avon HR: HR feed, avon-hr" in listed
    assert "ended" in listed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("link", "one", "--by", "two"), "either --subject or --end"),
        (("link", "one", "--by", "two", "--end", "--subject", "x"), "either --subject or --end"),
        (("link", "one", "--by", "two", "--subject", "x"), "name the identity provider"),
        (("client", "register", "Avon HR", "--client-id", "x", "--force", AVON, "--by", "y", "--role", "operator"),
         "one of: HR feed, learning feed, incident feed"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_before_anything_is_opened(words: tuple[str, ...], told: str) -> None:
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words)
    assert done.exit_code == 2
    assert told in done.output
