"""A real mail server for the tests, which can be told to be awkward."""

import os
import signal
from asyncio import WriteTransport, get_running_loop
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """Takes every letter until it is told otherwise: a reply for a step of the protocol, or what to do after DATA."""

    replies: dict[str, str] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    # Called with the letter taken and not yet acknowledged.
    after_data: Callable[[SMTP], None] | None = None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        for part in (address, "RCPT"):
            if part in self.replies:
                return self.replies[part]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        if "DATA" in self.replies:
            return self.replies["DATA"]
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=default))
        if self.after_data is not None:
            self.after_data(server)
        return "250 taken"

    @property
    def numbers(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [str(letter["Message-ID"]) for letter in self.letters]


def hang_up(server: SMTP) -> None:
    """Take the letter, and go before saying so."""
    assert isinstance(server.transport, WriteTransport)
    server.transport.abort()


def killing(pid: int) -> Callable[[SMTP], None]:
    """Take the letter, and see its sender die before it hears so."""

    def kill(_server: SMTP) -> None:
        os.kill(pid, signal.SIGKILL)

    return kill


@asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[MailServer, int]]:
    """Serve on a free loopback port, and return it."""
    taking = MailServer()
    server = await get_running_loop().create_server(
        lambda: SMTP(taking, hostname="mail.test", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    async with server:
        yield taking, server.sockets[0].getsockname()[1]
