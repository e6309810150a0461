"""What the tests of the seals share."""

from pathlib import Path

import pytest

from tests.foundation.sealing.ledger import Ledger


@pytest.fixture
def ledger(database: str, tmp_path: Path) -> Ledger:
    """An empty audit, its key and its kept heads."""
    return Ledger(tmp_path, database)
