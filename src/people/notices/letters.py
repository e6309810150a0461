"""How does a notice read as an e-mail?"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

from foundation.clock import now

_HTML = """<!DOCTYPE html>
<html lang="en-GB"><body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5; color: #0b0c0c">
<h1 style="font-size: 20px">{headline}</h1>
{paragraphs}
<p><a href="{link}">Read it in your inbox</a></p>
<p style="font-size: 14px; color: #505a5f">{ending}</p>
</body></html>
"""
_ENDING = "This message was sent by Attested. Nobody reads answers to it."


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivery by e-mail; the attempt tells this sending of it from any other."""

    delivery_id: int
    attempt: int
    address: str
    headline: str
    body: str


def composed(letter: Letter, *, sender: str, service: str) -> EmailMessage:
    """Write the e-mail: the notice in the very words of the inbox, and the way there, nothing more about anybody.

    Its number never changes, so that whoever gets it twice after a crash sees one message.

    :raises ValueError: the address, or the sender's, is none.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = " ".join(letter.headline.split())
    message["Date"] = format_datetime(now())
    message["Message-ID"] = message_id(letter.delivery_id, sender=sender)
    message["Auto-Submitted"] = "auto-generated"
    link = f"{service}/inbox"
    message.set_content(f"{letter.body}\n\nRead it in your inbox: {link}\n\n{_ENDING}\n")
    message.add_alternative(_html(letter, link), subtype="html")
    return message


def message_id(delivery_id: int, *, sender: str) -> str:
    """Return the number of a delivery's e-mail, the same at every attempt."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "attested.test"
    return f"<notice-{delivery_id}@{domain}>"


def _html(letter: Letter, link: str) -> str:
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in letter.body.split("\n\n"))
    return _HTML.format(
        headline=escape(letter.headline), paragraphs=paragraphs, link=escape(link), ending=escape(_ENDING)
    )
