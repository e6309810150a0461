"""Has whoever asks this content already? Then its tag alone is the answer (RFC 9110, section 13.1.2)."""

import hashlib
from typing import Final, TypeVar

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec

Document = TypeVar("Document")
UserT = TypeVar("UserT")

ABOUT_PEOPLE: Final = "private, no-store"
"""What is about people is kept by nothing in between, and by a program only as long as it works on it."""

ASK_AGAIN: Final = "private, no-cache"
"""What is about nobody may be kept, and is asked for again by its tag."""

UNCHANGED = {304: ResponseSpec(None, description="Still what the tag in `If-None-Match` stands for.")}


def tagged(
    request: Request[UserT, None, State], document: Document, *, cache: str = ABOUT_PEOPLE
) -> Response[Document]:
    """Answer with a tag of the content, or with the tag alone where the asker has that content already."""
    tag = f'"{hashlib.sha256(msgspec.json.encode(document)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(document, headers=headers)
