"""Is a file attached once it is kept, given back to be saved alone, and gone for good when it is taken away?"""

import os
import time
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from foundation.audit import Actor
from foundation.database import execute, transaction
from foundation.vault.errors import ContentGoneError
from foundation.vault.kinds import FileKind
from foundation.vault.receiving import KeptFile
from foundation.vault.stores import vault
from passport.attachments.answering import handed_out
from passport.attachments.errors import NoReasonError, TakenAwayError
from passport.attachments.facts import Attachment, attachments
from passport.attachments.jobs import LEAST_AGE, tidy
from passport.attachments.writing import attach, take_away
from tests import builders
from tests.vaults import PDF, PNG

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ada(database: str, files_kept: Path) -> Actor:
    return Actor(await builders.person(), "Ada Okafor")


async def attached(actor: Actor, content: bytes = PDF, name: str = "certificate.pdf") -> Attachment:
    kept = KeptFile(await vault().put(content), len(content), FileKind.PDF, name)
    assert actor.person_id
    async with transaction() as connection:
        number = await attach(connection, kept, person_id=actor.person_id, actor=actor)
    return (await attachments([number]))[number]


async def taken_away(file: Attachment, actor: Actor, reason: str = "It shows somebody else") -> Attachment:
    async with transaction() as connection:
        await take_away(connection, file.id, reason=reason, actor=actor)
    return (await attachments([file.id]))[file.id]


def grow_old(folder: Path) -> None:
    """Make what lies in the vault older than the tidying spares."""
    then = time.time() - (LEAST_AGE + timedelta(minutes=1)).total_seconds()
    for one in folder.rglob("*"):
        os.utime(one, (then, then))


async def test_a_file_is_given_back_to_be_saved_and_never_shown(ada: Actor) -> None:
    answer = await handed_out(await attached(ada, name="My cert.pdf"))
    assert answer.content == PDF
    assert answer.media_type == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="My cert.pdf"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


async def test_a_file_that_was_taken_away_has_no_name_any_more_and_says_why(ada: Actor) -> None:
    gone = await taken_away(await attached(ada), ada)
    assert (gone.name, gone.gone_by, gone.gone_reason) == (None, ada.person_id, "It shows somebody else")
    assert not gone.is_there
    with pytest.raises(ContentGoneError):
        await handed_out(gone)


async def test_a_file_is_taken_away_once_and_for_a_reason(ada: Actor) -> None:
    file = await attached(ada)
    with pytest.raises(NoReasonError):
        await taken_away(file, ada, "  ")
    await taken_away(file, ada)
    with pytest.raises(TakenAwayError):
        await taken_away(file, ada)


@pytest.mark.parametrize(
    "change", ["size = 1", "person_id = person_id + 1", "sha256 = sha256 || '\\x00'", "name = 'other.pdf'"]
)
async def test_nothing_else_about_a_file_ever_changes(ada: Actor, change: str) -> None:
    await attached(ada)
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.IntegrityConstraintViolationError)):
        await execute(f"UPDATE passport.attachment SET {change}")  # noqa: S608 - the test's own words


async def test_content_goes_when_no_file_has_it_any_more(ada: Actor, files_kept: Path) -> None:
    one, same, other = await attached(ada), await attached(ada), await attached(ada, PNG)
    await taken_away(one, ada)
    grow_old(files_kept)
    assert await tidy() == 0
    await taken_away(same, ada)
    assert await tidy() == 1
    with pytest.raises(ContentGoneError):
        await vault().fetch(one.sha256)
    assert await vault().fetch(other.sha256) == PNG


async def test_content_on_its_way_to_a_row_is_spared(ada: Actor, files_kept: Path) -> None:
    sha256 = await vault().put(PDF)
    assert await tidy() == 0
    grow_old(files_kept)
    await vault().put(PDF)
    assert await tidy() == 0
    grow_old(files_kept)
    assert await tidy() == 1
    with pytest.raises(ContentGoneError):
        await vault().fetch(sha256)
