"""How is a file given back: to be saved, never to be shown, whatever is in it?"""

from litestar.response import Response

from foundation.vault.errors import ContentGoneError
from foundation.vault.names import disposition
from foundation.vault.stores import vault
from passport.attachments.facts import Attachment

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


async def handed_out(file: Attachment) -> Response[bytes]:
    """Answer with a file's content. That whoever asks may have it, and that they ask, is settled before.

    :raises ContentGoneError: it has been taken away. :raises StoreUnreachableError: it cannot be fetched now.
    """
    if file.name is None:
        raise ContentGoneError
    return Response(
        await vault().fetch(file.sha256),
        media_type=file.kind.value,
        headers={
            "Content-Disposition": disposition(file.name, file.kind),
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
