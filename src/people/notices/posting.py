"""What does the mail server say to a letter?"""

from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from types import TracebackType
from typing import Self

import aiosmtplib

from foundation.settings import Settings

PATIENCE = 10.0  # seconds for each answer of the mail server
LASTING = 500  # from this reply code on, trying again would bring the same answer (RFC 5321, section 4.2.1)


class Answer(StrEnum):
    """What became of a letter."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_NOW = "not now"


@dataclass(frozen=True, slots=True)
class Said:
    """The mail server's answer, and its words where it did not take the letter."""

    answer: Answer
    words: str | None = None


class PostOfficeClosedError(Exception):
    """The mail server takes no letter at all at the moment; none is to blame, and all are to wait."""


@dataclass(slots=True)
class PostOffice:
    """One connection to the mail server, for as many letters as there are."""

    settings: Settings
    _client: aiosmtplib.SMTP | None = field(default=None, init=False)

    async def __aenter__(self) -> Self:
        """Connect with the first letter only."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        await self._hang_up()

    async def send(self, message: EmailMessage) -> Said:
        """Hand over a letter.

        :raises PostOfficeClosedError: the server cannot be reached, or does not accept us as a sender.
        """
        client = self._client = self._client or await self._connected()
        try:
            await client.send_message(message)
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPHeloError) as refusal:
            await self._hang_up()
            raise PostOfficeClosedError(_words(refusal)) from refusal
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            return _answer(refusal.recipients[0])
        except aiosmtplib.SMTPResponseException as refusal:
            return _answer(refusal)
        except (aiosmtplib.SMTPNotSupported, UnicodeError, ValueError) as refusal:
            return Said(Answer.REFUSED, _words(refusal))
        except (aiosmtplib.SMTPException, OSError) as failure:
            # It may have taken the letter and gone before it could say so: the number tells the second from the first.
            await self._hang_up()
            return Said(Answer.NOT_NOW, _words(failure))
        return Said(Answer.TAKEN)

    async def _connected(self) -> aiosmtplib.SMTP:
        chosen = self.settings
        client = aiosmtplib.SMTP(
            hostname=chosen.smtp_host,
            port=chosen.smtp_port,
            username=chosen.smtp_user,
            password=chosen.smtp_password.get_secret_value() if chosen.smtp_password else None,
            start_tls=chosen.smtp_start_tls,
            timeout=PATIENCE,
        )
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as failure:
            client.close()
            raise PostOfficeClosedError(_words(failure)) from failure
        return client

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):
            client.close()


def _answer(refusal: aiosmtplib.SMTPResponseException) -> Said:
    answer = Answer.REFUSED if refusal.code >= LASTING else Answer.NOT_NOW
    return Said(answer, _words(refusal))


def _words(failure: BaseException) -> str:
    if isinstance(failure, aiosmtplib.SMTPResponseException):
        return f"{failure.code} {failure.message}"[:500]
    return f"{type(failure).__name__}: {failure}"[:500]
