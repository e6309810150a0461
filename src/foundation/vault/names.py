"""Under which name may a file that somebody sent be shown, and given back?"""

import unicodedata
from urllib.parse import quote

from foundation.vault.kinds import FileKind

LONGEST_NAME = 120
NAMELESS = "file without a name"


def shown_name(name: str) -> str:
    """Return a file's own name without the folders it came from, and without signs that do not show."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return plain[:LONGEST_NAME] or NAMELESS


def disposition(name: str, kind: FileKind) -> str:
    """Return the header that has a browser save a file, never show it, under a name that ends as its content does."""
    whole = name if name.lower().endswith(kind.suffixes) else f"{name}{kind.suffix}"
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in " ._-") else "_" for sign in whole)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
