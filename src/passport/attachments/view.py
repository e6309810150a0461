"""How do pages put the files that are attached, and what may be attached?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foundation.settings import settings
from foundation.vault.kinds import ACCEPT
from foundation.vault.receiving import MEGABYTE
from passport.attachments.facts import Attachment


@dataclass(frozen=True, slots=True)
class Named:
    """A file with who attached it or, once it has gone, who took it away."""

    file: Attachment
    by: str

    @property
    def size(self) -> str:
        """Say in a few signs how large it is."""
        size = self.file.size
        return f"{size / MEGABYTE:.1f}MB" if size >= MEGABYTE else f"{max(1, round(size / 1000))}KB"


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be attached: of which kinds, as a browser's file box has them, and how many megabytes of it."""

    accept: str
    largest: int


def rules_of_files() -> Rules:
    """Return what may be attached here."""
    return Rules(ACCEPT, settings().attachment_megabytes)


def named(files: Iterable[Attachment], names: Mapping[int, str]) -> Sequence[Named]:
    """Return files with who attached them or took them away, by the names of people's numbers."""
    return [
        Named(one, names.get((one.added_by if one.is_there else one.gone_by) or 0, "the service"))
        for one in files
    ]
