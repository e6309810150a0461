"""Which file came with a form, which one is meant, and how is it asked why one is taken away?"""

from collections.abc import Iterable, Mapping

from litestar.datastructures import UploadFile
from litestar.response import Template

from access.shell import PageRequest, shell_for
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError, Link
from foundation.problems import NotFoundError
from passport.attachments.facts import Attachment

LONGEST_REASON = 500


async def sent_with(request: PageRequest) -> UploadFile | None:
    """Return the file that came with a form, to be closed by whoever asks."""
    upload = (await request.form()).get("file")
    return upload if isinstance(upload, UploadFile) else None


def meant(files: Iterable[Attachment], file_id: int) -> Attachment:
    """Return one of some files.

    :raises NotFoundError: it is none of them, or has been taken away.
    """
    found = next((one for one in files if one.id == file_id and one.is_there), None)
    if found is None:
        raise NotFoundError
    return found


def read_reason(answers: Mapping[str, object]) -> tuple[str, tuple[FieldError, ...]]:
    """Return why a file is taken away, as it was typed, and what is wrong with that."""
    reason = typed(answers, "reason").replace("\r\n", "\n")
    if not reason:
        return reason, (FieldError("Enter why, for whoever reads it later", "reason"),)
    if len(reason) > LONGEST_REASON:
        return reason, (FieldError(f"It must be {LONGEST_REASON} characters or fewer", "reason"),)
    return reason, ()


def ask_why(
    request: PageRequest,
    file: Attachment,
    back: Link,
    *,
    errors: tuple[FieldError, ...] = (),
    reason: str = "",
) -> Template:
    """Ask why a file is taken away from what lies at an address."""
    return page(
        "attachments/remove.html",
        shell_for(request, "Why do you take the file away?", back=back, errors=errors),
        status=400 if errors else 200,
        file=file,
        action=f"{back.href}/files/{file.id}/removal",
        back=back.href,
        reason=reason,
        wrong={error.field_id: error.text for error in errors},
    )
