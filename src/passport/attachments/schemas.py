"""How are attached files told to programs, and how do programs send one?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from litestar.datastructures import UploadFile
from litestar.params import PathParameter

from foundation.forms import SAID
from foundation.requests import EXACT
from foundation.vault.kinds import FileKind
from passport.attachments.asking import LONGEST_REASON
from passport.attachments.facts import Attachment

FileNumber = Annotated[
    int, PathParameter(name="file_id", ge=1, le=EXACT, description="The number of the file.")
]


class NewAttachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file to attach: a PDF, JPEG, PNG, WebP or HEIC, told by its content."""

    file: UploadFile


class RemovalReason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a file is taken away."""

    reason: Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=LONGEST_REASON, pattern=SAID, description="Why; it stays for good."
        ),
    ]


@dataclass(frozen=True, slots=True)
class FileDocument:
    """A file attached to something; its name goes with it when it is taken away."""

    number: int
    name: str | None
    kind: FileKind
    size: int
    sha256: str
    added_at: datetime
    gone_at: datetime | None
    gone_reason: str | None


def file_document(file: Attachment) -> FileDocument:
    """Tell of a file."""
    return FileDocument(
        file.id,
        file.name,
        file.kind,
        file.size,
        file.sha256.hex(),
        file.added_at,
        file.gone_at,
        file.gone_reason,
    )
