"""Whatever is sent on a machine without a mail server can be looked at."""

import asyncio
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import aiosmtplib
import pytest

from attested.mail_sink import LOOPBACK, keep_mail

pytestmark = pytest.mark.anyio


async def test_every_letter_is_kept_whole_and_named_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port = found.getsockname()[1]
    stopping, folder = asyncio.Event(), tmp_path / "mail"
    sink = asyncio.create_task(keep_mail(port, folder, stopping))
    await asyncio.sleep(0)
    for number in (1, 2):
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = (
            "a@b.test",
            f"ada{number}@avon.test",
            f"Due {number}",
        )
        letter.set_content("Words")
        await aiosmtplib.send(letter, hostname=LOOPBACK, port=port, start_tls=False)
    stopping.set()
    await sink
    kept = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.iterdir())]
    assert [letter["Subject"] for letter in kept] == ["Due 1", "Due 2"]
    assert capsys.readouterr().out.splitlines() == [
        "Mail to ada1@avon.test: Due 1",
        "Mail to ada2@avon.test: Due 2",
    ]
