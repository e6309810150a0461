"""Which browser do the tests use, and do they go without one?"""

import os
from pathlib import Path

import pytest

from system_parts import browser

WITHOUT = "ATTESTED_WITHOUT_BROWSER"
NAMED = "ATTESTED_CHROMIUM"


def browser_path() -> str:
    """Find a Chromium, or fail with what to do: a browser test that passes without a browser proves nothing."""
    found = browser()
    if found is None or not Path(found).exists():
        pytest.fail(
            f"There is no Chromium. Install it (apt-get install chromium), name one with {NAMED}=/path, "
            f"or leave the browser tests out with {WITHOUT}=1.",
            pytrace=False,
        )
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test that opens a browser, and leave them out where somebody said so."""
    browsing = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    for item in browsing:
        item.add_marker(pytest.mark.browser)
    if os.environ.get(WITHOUT) == "1":
        config.hook.pytest_deselected(items=browsing)
        items[:] = [item for item in items if item not in browsing]
