"""What did those write, record and answer lately whom one may be in a demonstration? Done as people do it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from foundation.audit import Actor
from foundation.database import fetch_one
from foundation.vault.kinds import FileKind
from foundation.vault.receiving import KeptFile
from foundation.vault.stores import vault
from passport.cpd.actions import own, share, verify, write
from passport.cpd.filing import add_file
from passport.cpd.rules import Words
from passport.learning.actions import record
from passport.learning.errors import AlreadyEvidencedError
from passport.learning.writing import NewEvidence

COURSE, HOURS = "DA-MATTERS", Decimal(7)
WHERE = "Course of a neighbouring force"
TITLE = "What a witness taught me about waiting"
SAID = "We talked it through after the trial. It shows in the last two statements."


@dataclass(frozen=True, slots=True)
class Pair:
    """An officer and whoever supervises them, as the audit names them."""

    officer: Actor
    supervisor: Actor


async def write_of(pair: Pair, on: date) -> None:
    """Let an officer record a course with its certificate, and reflect, with notes beside it, on what their supervisor verifies; once."""
    officer, supervisor = pair.officer.person_id, pair.supervisor.person_id
    if officer is None or supervisor is None:
        return
    if await fetch_one("SELECT 1 FROM passport.attachment WHERE person_id = $1", officer):
        return
    words = Words(
        TITLE,
        on - timedelta(days=9),
        "I took a statement from a man who had seen the collision, and finished it in twenty minutes.",
        "In court he said things that I had never asked about. He had wanted to; I had not waited.",
        "I ask the last question twice, and I count to ten before I close the book.",
        Decimal("1.5"),
        ("CVF-RESPECT", "CVF-ANALYSE"),
    )
    number = await write(pair.officer, words)
    notes = certificate("Who asks last, waits longest. Count to ten.", heading="Notes from court")
    await add_file(pair.officer, number, await _kept(notes, "notes from court.pdf"))
    await share(pair.officer, number, reader_id=supervisor, as_supervisor=True)
    await verify(pair.supervisor, await own(pair.officer, number), as_supervisor=True, words=SAID)
    await _record(pair.officer, officer, on)


async def _record(officer: Actor, person_id: int, on: date) -> None:
    day = on - timedelta(days=5)
    content = certificate(f"{officer.name} attended: Domestic abuse matters, {day:%d %B %Y}, 7 hours")
    kept = await _kept(content, "certificate.pdf")
    found = NewEvidence(person_id, COURSE, day, WHERE, HOURS, "Certificate 2026/118")
    try:
        await record(found, actor=officer, on=on, files=(kept,))
    except AlreadyEvidencedError:
        return


async def _kept(content: bytes, name: str) -> KeptFile:
    return KeptFile(await vault().put(content), len(content), FileKind.PDF, name)


def certificate(line: str, *, heading: str = "Certificate of attendance") -> bytes:
    """Return a page with a heading and one line on it, as a PDF (ISO 32000-1, 7.5): five objects, and where each begins."""
    text = line.replace("\\", "").replace("(", "").replace(")", "").encode("latin-1", "replace")
    head = b"BT /F1 16 Tf 60 740 Td (%b) Tj" % heading.encode("latin-1")
    drawn = head + b" /F1 11 Tf 0 -32 Td (" + text + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, begins = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        begins.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    rest = b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(body) + rest % (table, len(body))
