"""Where does e-mail go on a machine without a mail server? Into a folder, one file each, for people to look at."""

import asyncio
import signal
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from secrets import token_hex

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class MailSink:
    """Keeps every letter, and prints one line for each."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a letter; the server's word is given when it is whole on disk, under a name that sorts by arrival."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        arrived = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{token_hex(2)}"
        arrived.with_suffix(".part").write_bytes(content)
        arrived.with_suffix(".part").rename(arrived.with_suffix(".eml"))
        subject = " ".join(str(message_from_bytes(content, policy=default)["subject"]).split())  # unfolded
        print(f"Mail to {', '.join(envelope.rcpt_tos)}: {subject}", flush=True)  # noqa: T201 - its purpose
        return "250 kept"


async def keep_mail(port: int, folder: Path, stopping: asyncio.Event) -> None:
    """Take mail on a loopback port until asked to stop."""
    sink = MailSink(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(sink, hostname="attested", ident="Attested mail sink"), LOOPBACK, port
    )
    async with server:
        await stopping.wait()


async def _main(port: int, folder: Path) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await keep_mail(port, folder, stopping)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), Path(sys.argv[2])))
